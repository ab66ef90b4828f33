-- enrollment_match: pairs of both sides with the same operational key, and what each pair shows.
--
-- The compared fields are those whose role in the layout is `enrollment`; two blanks are equal.
-- Each side has these fields as one text, so one comparison shows whether a pair differs. The texts
-- of pairs that differ are kept for field_difference.
--
-- grain:    one row per pair, and per record in scope that only one side has
-- key:      ods_line, sis_line
-- reads:    ods_to_compare, target_enrollment, repeated_key
-- stored:   yes

create or replace view recon.enrollment_match as

with

ods_in_scope as (

    select
        ods.ods_line,
        ods.student_lea,
        ods.local_student_id,
        ods.enrollment_exit_date,
        ods.compared_values,
        repeated.student_key is not null as is_repeated

    from recon.ods_to_compare as ods
    left join recon.repeated_key as repeated
        on
            ods.student_key = repeated.student_key
            and ods.school_of_attendance = repeated.school_of_attendance
            and cast(ods.enrollment_start_date as varchar) = repeated.start_date

    where ods.scope_reason is null

)

select
    ods.ods_line,
    target.sis_line,
    coalesce(target.student_lea, ods.student_lea) as student_lea,
    case
        when target.not_sent_reason is not null then target.not_sent_reason
        when ods.is_repeated or target.is_key_twice then 'KEY-TWICE'
        when target.sis_line is null then 'ODS-ALONE'
        when target.ssid is null then 'SSID-MISSING'
        when ods.ods_line is null then 'SIS-ALONE'
        when
            target.enrollment_exit_date_unreadable is not null
            or (
                target.enrollment_exit_date is not null
                and target.enrollment_exit_date is distinct from ods.enrollment_exit_date
            ) then 'EXIT-DIFFERS'
        when target.compared_values <> ods.compared_values then 'OTHER-DIFFERENCE'
        else 'AGREES'
    end as match_result,
    coalesce(target.local_student_id <> ods.local_student_id, false) as has_other_local_id,
    coalesce(
        target.exit_outcome = 'AS-GIVEN'
        and target.enrollment_exit_date is not null
        and ods.enrollment_exit_date is not null,
        false
    ) as is_closed_on_both,
    target.enrollment_exit_date - ods.enrollment_exit_date as exit_shift_days,
    case when target.compared_values <> ods.compared_values then ods.compared_values end
        as ods_values,
    case when target.compared_values <> ods.compared_values then target.compared_values end
        as target_values

from ods_in_scope as ods
full outer join recon.target_enrollment as target on ods.ods_line = target.ods_line;
