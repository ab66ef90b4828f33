-- guard_doubled_lines: a SIS extract in which so many lines occur twice that a join may double
-- them.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    sis_identical_line, sis_scoped
-- stored:   no

create or replace view recon.guard_doubled_lines as

with

counts as (

    select
        count(*) as lines,
        count(identical.sis_line) as doubled_lines

    from recon.sis_scoped as sis
    left join recon.sis_identical_line as identical on sis.sis_line = identical.sis_line

)

select
    'doubled_lines' as guard,
    cast(null as varchar) as reporting_lea,
    'lines' as subject,
    doubled_lines as found,
    lines as out_of,
    cast(null as varchar) as detail

from counts

where
    doubled_lines > 20
    and doubled_lines > lines * 0.05;
