-- conflicting_pair: two enrollments of one student that CALPADS does not accept together.
--
-- One is a record to be sent; the other is a record as CALPADS has it now (`current`) or will have
-- it (`expected`). In the state `target`, both are SIS records. Enrollments overlap when each
-- starts before the other ends.
--
-- rule:     SENR0027, SENR0178, SENR0586, SENR0587
-- grain:    one row per rule, record and other record in a state
-- key:      rule, state, record_id, other_record_id
-- reads:    enrollment_state
-- stored:   no

create or replace view recon.conflicting_pair as

with

pair_rules as (

    select 'SENR0027' as rule
    union all
    select 'SENR0178' as rule
    union all
    select 'SENR0586' as rule
    union all
    select 'SENR0587' as rule

)

select
    pair_rules.rule,
    one.side,
    other.state,
    one.student_key,
    one.action_id,
    one.record_id,
    other.action_id as other_action_id,
    other.class as other_class,
    other.record_id as other_record_id

from recon.enrollment_state as one
inner join recon.enrollment_state as other
    on
        one.side = other.side
        and one.student_key = other.student_key
        and one.record_id <> other.record_id
cross join pair_rules

where
    (one.state = 'target' or (one.state = 'expected' and one.action_id is not null))
    and (
        (
            pair_rules.rule = 'SENR0027'
            and one.is_primary
            and other.is_primary
            and one.reporting_lea = other.reporting_lea
            and one.enrollment_start_date < other.span_end
            and other.enrollment_start_date < one.span_end
        )
        or (
            pair_rules.rule = 'SENR0178'
            and one.school_of_attendance = other.school_of_attendance
            and not one.is_no_show
            and not other.is_no_show
            and one.enrollment_start_date < other.span_end
            and other.enrollment_start_date < one.span_end
        )
        -- either record may be the graduate's
        or (
            pair_rules.rule = 'SENR0586'
            and one.is_graduation
            and other.is_bound_by_graduation
            and other.enrollment_exit_date > one.enrollment_exit_date
        )
        or (
            pair_rules.rule = 'SENR0586'
            and other.is_graduation
            and one.is_bound_by_graduation
            and one.enrollment_exit_date > other.enrollment_exit_date
        )
        or (
            pair_rules.rule = 'SENR0587'
            and one.is_graduation
            and other.enrollment_exit_date is null
            and other.enrollment_start_date > one.enrollment_start_date
        )
        or (
            pair_rules.rule = 'SENR0587'
            and other.is_graduation
            and one.enrollment_exit_date is null
            and one.enrollment_start_date > other.enrollment_start_date
        )
    );
