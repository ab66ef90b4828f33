-- scope_edge_under_another_lea: SIS records at the school of an ODS-alone record that they overlap,
-- but under another LEA code of the run.
--
-- Both sides are on hold: the LEA code in the SIS may be mistyped.
--
-- rule:     SCOPE-EDGE
-- severity: fatal
-- since:    always
-- fix:      run with all schools and years that the student attended, or remove the school from
--           do_not_report in senr.toml; if the record is right, add it to the keep list; then run
--           again
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    scope_edge, sis_to_compare
-- stored:   no

create or replace view recon.scope_edge_under_another_lea as

select distinct
    sis.ods_line,
    sis.sis_line,
    'reporting_lea' as field,
    scope_edge.cause

from recon.scope_edge
inner join recon.sis_to_compare as sis on scope_edge.sis_line = sis.sis_line

where scope_edge.cause = 'LEA-CODE';
