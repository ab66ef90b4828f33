-- scoped_line: each line of both extracts, with the reason why it is left out of the comparison.
--
-- A line whose key cannot be read, or that asks for a deletion, has nothing to be compared with.
-- Some extracts show what other LEAs reported, and that is compared too.
--
-- grain:    one row per line of both extracts
-- key:      side, source_line
-- reads:    compared_line, compare_parameters, do_not_report
-- stored:   no

create or replace view compare.scoped_line as

select
    line.side,
    line.source_line,
    line.ssid,
    line.pair_key,
    line.newest_day,
    line.is_ended,
    line.plain_values,
    case
        when
            line.reporting_lea <> parameters.lea
            and not (line.side = 'ods' and parameters.holds_other_leas)
            then 'OTHER-LEA'
        when do_not_report.school_of_attendance is not null then 'SCHOOL-LEFT-OUT'
        when line.side = 'sis' and line.is_change_line then 'CHANGE-LINE'
        when line.pair_key is null then 'NO-KEY'
    end as reason

from staging.compared_line as line
cross join reference.compare_parameters as parameters
left join reference.do_not_report as do_not_report
    on line.school_of_attendance = do_not_report.school_of_attendance;
