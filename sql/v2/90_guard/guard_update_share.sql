-- guard_update_share: a field that differs in so many records that its translation may be wrong.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    enrollment_match, agreeing_record, field_difference, run_parameters
-- stored:   no

create or replace view recon.guard_update_share as

with

matched_records as (

    select
        student_lea,
        count(*) as records

    from (
        select student_lea from recon.enrollment_match
        where match_result in ('AGREES', 'EXIT-DIFFERS', 'OTHER-DIFFERENCE')
        union all
        select student_lea from recon.agreeing_record
    ) as matched

    group by student_lea

),

value_pairs as (

    select
        student_lea,
        column_name,
        coalesce(ods_value, 'blank') || ' in CALPADS, '
        || coalesce(target_value, 'blank') || ' in the SIS' as value_pair,
        count(*) as pair_records

    from recon.field_difference

    -- exits differ for good reasons, and so do the fields that go with them
    where
        column_name not in (
            'enrollment_exit_date',
            'student_exit_reason_code',
            'student_school_completion_status_code',
            'expected_receiver_school_of_attendance',
            'student_met_all_uc_csu_requirements_indicator',
            'student_golden_state_seal_merit_diploma_indicator',
            'student_seal_of_biliteracy_indicator',
            'graduation_exemption_indicator'
        )

    group by
        student_lea,
        column_name,
        coalesce(ods_value, 'blank') || ' in CALPADS, '
        || coalesce(target_value, 'blank') || ' in the SIS'

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

    from value_pairs

)

select
    'update_share' as guard,
    case when ranked_pairs.student_lea <> '' then ranked_pairs.student_lea end as reporting_lea,
    ranked_pairs.column_name as subject,
    cast(ranked_pairs.records as bigint) as found,
    matched_records.records as out_of,
    ranked_pairs.value_pair as detail

from ranked_pairs
inner join matched_records on ranked_pairs.student_lea = matched_records.student_lea
cross join reference.run_parameters as parameters

where
    ranked_pairs.place = 1
    and ranked_pairs.records > 20
    and ranked_pairs.records > matched_records.records * parameters.max_update_share;
