-- listed_line: the pairs and lines that the list shows: all but those that ask for no look.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    line_class, class_reason
-- stored:   no

create or replace view compare.listed_line as

with

lines as (

    select
        line_class.side,
        line_class.source_line,
        line_class.other_line,
        line_class.class,
        line_class.reason,
        class_reason.position as reason_position

    from compare.line_class
    inner join reference.class_reason as class_reason
        on
            line_class.class = class_reason.class
            and line_class.reason = class_reason.reason

    where class_reason.is_listed

)

select
    source_line as ods_line,
    other_line as sis_line,
    class,
    reason,
    reason_position
from lines
where side = 'ods'
union all
select
    other_line as ods_line,
    source_line as sis_line,
    class,
    reason,
    reason_position
from lines
where
    side = 'sis'
    and other_line is null;
