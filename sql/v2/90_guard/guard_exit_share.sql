-- guard_exit_share: an exit field that differs in so many enrollments closed on both sides that the
-- whole column may be wrong.
--
-- The detail is the most common pair of values, or for a date the most common shift in days.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    enrollment_match, agreeing_record, exit_difference, run_parameters
-- stored:   no

create or replace view recon.guard_exit_share as

with

leavers as (

    select
        student_lea,
        count(distinct ods_line) as records

    from recon.exit_difference

    where is_summer_leaver

    group by student_lea

),

closed_records as (

    select
        closed.student_lea,
        count(*) - coalesce(min(leavers.records), 0) as records

    from (
        select student_lea from recon.enrollment_match
        where is_closed_on_both
        union all
        select student_lea from recon.agreeing_record
        where enrollment_exit_date is not null and not is_exit_from_calpads
    ) as closed
    left join leavers on closed.student_lea = leavers.student_lea

    group by closed.student_lea

),

pair_counts as (

    select
        student_lea,
        column_name,
        coalesce(cast(shift_days as varchar), value_pair) as value_pair,
        count(*) as pair_records

    from recon.exit_difference

    where not is_summer_leaver

    group by
        student_lea,
        column_name,
        coalesce(cast(shift_days as varchar), value_pair)

),

ranked_pairs as (

    select
        student_lea,
        column_name,
        value_pair,
        sum(pair_records) over (partition by student_lea, column_name) as records,
        row_number() over (
            partition by student_lea, column_name
            order by
                pair_records desc,
                value_pair asc
        ) as place

    from pair_counts

)

select
    'exit_share' as guard,
    case when ranked_pairs.student_lea <> '' then ranked_pairs.student_lea end as reporting_lea,
    ranked_pairs.column_name as subject,
    cast(ranked_pairs.records as bigint) as found,
    closed_records.records as out_of,
    ranked_pairs.value_pair as detail

from ranked_pairs
inner join closed_records on ranked_pairs.student_lea = closed_records.student_lea
cross join reference.run_parameters as parameters

where
    ranked_pairs.place = 1
    and ranked_pairs.records > 20
    and ranked_pairs.records > closed_records.records * parameters.max_update_share;
