-- guard_fatal_lines: a side with so many lines that have a fatal finding of their own that a column
-- of its extract may be wrong.
--
-- A finding on an enrollment that both sides have is the SIS's. Students who only lack an SSID do
-- not count: there are many in the first days of school.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    finding, accounting_by_lea, ods_to_compare, sis_to_compare, run_parameters
-- stored:   no

create or replace view recon.guard_fatal_lines as

with

fatal_lines as (

    select distinct
        'sis' as side,
        sis.student_lea,
        finding.sis_line as source_line

    from recon.finding
    inner join recon.sis_to_compare as sis on finding.sis_line = sis.sis_line

    where
        finding.severity = 'fatal'
        and finding.rule <> 'SSID-MISSING'

    union

    select distinct
        'ods' as side,
        ods.student_lea,
        finding.ods_line as source_line

    from recon.finding
    inner join recon.ods_to_compare as ods on finding.ods_line = ods.ods_line

    where
        finding.sis_line is null
        and finding.severity = 'fatal'
        and finding.rule <> 'SSID-MISSING'

),

fatal_counts as (

    select
        side,
        student_lea,
        count(*) as lines

    from fatal_lines

    group by
        side,
        student_lea

),

line_counts as (

    select
        side,
        coalesce(reporting_lea, '') as student_lea,
        cast(sum(records) as bigint) as lines

    from recon.accounting_by_lea

    where class <> 'out_of_scope'

    group by
        side,
        coalesce(reporting_lea, '')

)

select
    'fatal_lines' as guard,
    case when fatal_counts.student_lea <> '' then fatal_counts.student_lea end as reporting_lea,
    fatal_counts.side as subject,
    fatal_counts.lines as found,
    line_counts.lines as out_of,
    cast(null as varchar) as detail

from fatal_counts
inner join line_counts
    on
        fatal_counts.side = line_counts.side
        and fatal_counts.student_lea = line_counts.student_lea
cross join reference.run_parameters as parameters

where
    fatal_counts.lines > 20
    and fatal_counts.lines > line_counts.lines * parameters.max_held_share;
