-- line_class: each line of both extracts in exactly one class, with the reason.
--
-- grain:    one row per line of both extracts
-- key:      side, source_line
-- reads:    ranked_line, unclear_key, equal_pair, checked_class, class_reason
-- stored:   no

create or replace view compare.line_class as

with

lines_left_out as (

    select
        ranked_line.side,
        ranked_line.source_line,
        coalesce(ranked_line.reason, 'UNCLEAR-OTHER-SIDE') as reason

    from compare.ranked_line
    left join compare.unclear_key as unclear_key on ranked_line.pair_key = unclear_key.pair_key

    where
        ranked_line.reason is not null
        or unclear_key.pair_key is not null

)

select
    'ods' as side,
    ods_line as source_line,
    sis_line as other_line,
    class,
    reason
from compare.checked_class
where ods_line is not null
union all
select
    'sis' as side,
    sis_line as source_line,
    ods_line as other_line,
    class,
    reason
from compare.checked_class
where sis_line is not null
union all
select
    'ods' as side,
    ods_line as source_line,
    sis_line as other_line,
    'same' as class,
    'SAME' as reason
from compare.equal_pair
union all
select
    'sis' as side,
    sis_line as source_line,
    ods_line as other_line,
    'same' as class,
    'SAME' as reason
from compare.equal_pair
union all
select
    lines_left_out.side,
    lines_left_out.source_line,
    cast(null as bigint) as other_line,
    class_reason.class,
    lines_left_out.reason
from lines_left_out
inner join reference.class_reason as class_reason
    on
        lines_left_out.reason = class_reason.reason
        and class_reason.is_of_every_file;
