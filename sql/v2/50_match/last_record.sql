-- last_record: the record that must stay when all of a student's ODS records would be removed.
--
-- CALPADS does not delete a student's last enrollment; it becomes a no-show (N470) instead.
--
-- grain:    one row per student whose ODS records would all be removed
-- key:      student_key
-- reads:    ods_alone, ods_to_compare, enrollment_match, target_enrollment, code, run_parameters
-- stored:   yes

create or replace view recon.last_record as

with

removable_records as (

    select
        ods_alone.ods_line,
        ods_alone.student_key,
        ods_alone.school_of_attendance,
        ods_alone.enrollment_start_date,
        ods_alone.enrollment_exit_date,
        ods_alone.enrollment_exit_date_unreadable,
        ods_alone.enrollment_status_code,
        coalesce(exit_reason.is_only_year_end, false) as is_only_year_end,
        coalesce(
            ods_alone.enrollment_start_date - ods_alone.enrollment_exit_date
            between 0 and exit_reason.no_show_days,
            false
        ) as is_no_show

    from recon.ods_alone
    left join reference.code as exit_reason
        on
            exit_reason.code_set = 'exit_reason'
            and ods_alone.student_exit_reason_code = exit_reason.code

    where
        ods_alone.kept_reason is null
        and ods_alone.held_reason is null

),

students_left_without as (

    select removable_records.student_key

    from (select distinct student_key from removable_records) as removable_records
    inner join recon.ods_to_compare as ods on removable_records.student_key = ods.student_key
    left join removable_records as removable_line on ods.ods_line = removable_line.ods_line

    where ods.is_in_calpads

    group by removable_records.student_key

    having count(*) = count(removable_line.ods_line)

),

ranked_records as (

    select
        removable_records.student_key,
        removable_records.ods_line,
        removable_records.enrollment_status_code,
        removable_records.enrollment_start_date,
        removable_records.enrollment_exit_date,
        removable_records.enrollment_exit_date_unreadable,
        removable_records.is_only_year_end,
        removable_records.is_no_show,
        row_number() over (
            partition by removable_records.student_key
            order by
                removable_records.is_no_show desc,
                case when removable_records.enrollment_status_code = '20' then 1 else 0 end asc,
                removable_records.enrollment_start_date desc,
                removable_records.school_of_attendance desc,
                removable_records.ods_line asc
        ) as preference

    from removable_records
    inner join students_left_without
        on removable_records.student_key = students_left_without.student_key

),

students_with_an_add as (

    select distinct target.student_key

    from recon.enrollment_match
    inner join recon.target_enrollment as target on enrollment_match.sis_line = target.sis_line

    where enrollment_match.match_result = 'SIS-ALONE'

)

select
    last_records.student_key,
    last_records.ods_line,
    case
        when last_records.is_no_show then 'LEFTOVER-NO-SHOW'
        when last_records.enrollment_status_code = '20' then 'LAST-RECORD-SECONDARY'
        when students_with_an_add.student_key is not null then 'NO-SHOW'
        when
            last_records.enrollment_start_date >= parameters.school_year_start
            and (
                (
                    last_records.enrollment_exit_date is null
                    and last_records.enrollment_exit_date_unreadable is null
                )
                or last_records.is_only_year_end
            ) then 'NO-SHOW'
        else 'LAST-RECORD-HISTORY'
    end as outcome

from ranked_records as last_records
cross join reference.run_parameters as parameters
left join students_with_an_add on last_records.student_key = students_with_an_add.student_key

where last_records.preference = 1;
