-- comparison_leaves_or_holds_record: records that the comparison itself leaves alone or puts on
-- hold.
--
-- A record that stays gets one piece of advice: it is not listed here if another check has a
-- warning for it.
--
-- rule:     KEEP-LIST, PRIOR-YEAR-ODS-ONLY, FUTURE-ODS-ONLY, LEFTOVER-NO-SHOW, FUTURE-START,
--           PRIOR-YEAR-SIS-ONLY, SCOPE-EDGE, ODS-COMPLETER, LAST-RECORD-HISTORY,
--           LAST-RECORD-SECONDARY, SSID-MISSING
-- severity: KEEP-LIST: notice, PRIOR-YEAR-ODS-ONLY: notice, FUTURE-ODS-ONLY: notice,
--           LEFTOVER-NO-SHOW: notice, FUTURE-START: notice, PRIOR-YEAR-SIS-ONLY: notice,
--           SCOPE-EDGE: fatal, ODS-COMPLETER: fatal, LAST-RECORD-HISTORY: fatal,
--           LAST-RECORD-SECONDARY: fatal, SSID-MISSING: fatal
-- since:    always
-- fix:      KEEP-LIST: nothing to do; once the record may be removed, take it off the keep list and
--           run again. PRIOR-YEAR-ODS-ONLY: nothing to do if that year is right; to add and remove
--           records of earlier school years too, run again with --change-years all.
--           FUTURE-ODS-ONLY: if the student is not coming, run again after the start date, or
--           delete the record in CALPADS. LEFTOVER-NO-SHOW: nothing to do; a later run removes it
--           once CALPADS has another record of the student. FUTURE-START: nothing to do if the
--           start date is right; run again once the student has started. PRIOR-YEAR-SIS-ONLY:
--           nothing to do if that year is right; to add and remove records of earlier school years
--           too, run again with --change-years all. SCOPE-EDGE: run with all schools and years that
--           the student attended, or remove the school from do_not_report in senr.toml; if the
--           record is right, add it to the keep list; then run again. ODS-COMPLETER: if the student
--           did complete school, enter the enrollment in the SIS or add the record to the keep
--           list; if not, delete it in CALPADS and download the ODS extract again; then run again.
--           LAST-RECORD-HISTORY: enter the enrollment in the SIS, or add the record to the keep
--           list; if the student never had this enrollment, ask CALPADS what to do; then run again.
--           LAST-RECORD-SECONDARY: enter the student's enrollment in the SIS, or add the record to
--           the keep list; otherwise correct it by hand in CALPADS and download the ODS extract
--           again; then run again. SSID-MISSING: look up the student in CALPADS, or request a new
--           SSID there; enter it in the SIS, then export and run again
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    classified_record, scope_edge, prior_year_ods_open_not_in_sis,
--           e155_not_returned_after_summer, rule
-- stored:   no

create or replace view recon.comparison_leaves_or_holds_record as

with

lines_with_a_warning as (

    select still_open.ods_line

    from recon.prior_year_ods_open_not_in_sis as still_open
    inner join reference.rule as rule on rule.code = 'PRIOR-YEAR-ODS-OPEN'

    where rule.severity <> 'off'

    union

    select not_returned.ods_line

    from recon.e155_not_returned_after_summer as not_returned
    inner join reference.rule as rule on rule.code = 'E155-NOT-RETURNED'

    where
        rule.severity <> 'off'
        and not_returned.sis_line is null

)

select
    record.ods_line,
    record.sis_line,
    case when record.outcome = 'SSID-MISSING' then 'ssid' else 'enrollment_start_date' end
        as field,
    record.outcome as rule,
    scope_edge.cause

from recon.classified_record as record
left join recon.scope_edge
    on record.outcome = 'SCOPE-EDGE' and record.ods_line = scope_edge.ods_line
left join lines_with_a_warning as warned on record.ods_line = warned.ods_line

where
    record.class in ('kept', 'not_sent', 'held')
    and record.outcome <> 'KEY-TWICE'
    -- a record that stays is listed once, with the warning that says what to do
    and (record.class <> 'kept' or warned.ods_line is null);
