-- unconfirmed_record: records to be sent although CALPADS does not document whether it accepts
-- them.
--
-- These are an exit taken away, a start on the day on which another enrollment ends, an added
-- enrollment with a no-show at the same school on one of its days, and every record that must
-- follow one of these. What the ODS extract shows that CALPADS accepts is not one of them.
--
-- grain:    one row per record
-- key:      action_id
-- reads:    proposed_record, ods_to_compare, handover_record, add_around_no_show, settled_rule,
--           precedence_path
-- stored:   yes

create or replace view recon.unconfirmed_record as

with

exits_taken_away as (

    select proposed.action_id

    from recon.proposed_record as proposed
    inner join recon.ods_to_compare as ods on proposed.ods_line = ods.ods_line

    where
        proposed.class = 'update'
        and proposed.enrollment_exit_date_text is null
        and (
            ods.enrollment_exit_date is not null
            or ods.enrollment_exit_date_unreadable is not null
        )

),

unconfirmed as (

    select action_id from exits_taken_away
    union
    select action_id from recon.handover_record
    where
        not exists (
            select settled_rule.rule
            from recon.settled_rule
            where settled_rule.rule = 'HANDOVER-DAY'
        )
    union
    select action_id from recon.add_around_no_show
    where not exists (
        select settled_rule.rule from recon.settled_rule
        where settled_rule.rule = 'SENR0178'
    )

)

select action_id from unconfirmed
union
select precedence_path.later_action_id as action_id

from unconfirmed
inner join recon.precedence_path on unconfirmed.action_id = precedence_path.earlier_action_id;
