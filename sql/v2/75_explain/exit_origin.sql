-- exit_origin: why the exit of a record to be sent is not just the one that the SIS holds.
--
-- grain:    one row per record of the SIS side that would be sent and whose exit has such a reason
-- key:      sis_line
-- reads:    proposed_record, target_exit, sis_record, run_parameters
-- stored:   no

create or replace view recon.exit_origin as

with

exits as (

    select
        proposed.sis_line,
        proposed.student_key,
        proposed.enrollment_status_code,
        coalesce(proposed.enrollment_start_date >= parameters.school_year_start, false)
            as is_of_this_year,
        proposed.enrollment_exit_date,
        proposed.student_exit_reason_code,
        target_exit.exit_outcome,
        sis.enrollment_exit_date as own_exit_date,
        sis.student_exit_reason_code as own_exit_reason

    from recon.proposed_record as proposed
    inner join recon.target_exit on proposed.sis_line = target_exit.sis_line
    inner join recon.sis_record as sis on proposed.sis_line = sis.sis_line
    cross join reference.run_parameters as parameters

    where
        target_exit.exit_outcome not in ('AS-GIVEN', 'OWN-EXIT')
        or proposed.student_exit_reason_code is distinct from sis.student_exit_reason_code

)

select
    sis_line,
    student_key,
    exit_outcome,
    own_exit_reason,
    case
        when exit_outcome = 'ODS-EXIT'
            then
                'The SIS has this enrollment of an earlier school year open; it takes the exit that'
                || ' CALPADS shows.'
        when exit_outcome = 'CLOSE-OUT'
            then
                'The SIS has it open; '
                || case
                    when is_of_this_year
                        then 'the year-end close-out ends it on the last school day, '
                    else
                        'an earlier school year must be closed, so it ends on that year''s last '
                        || 'school day, '
                end
                || cast(enrollment_exit_date as varchar) || ', with ' || student_exit_reason_code
                || case student_exit_reason_code
                    when 'E155' then ' (the student stays at the school).'
                    when 'E156' then ' (grade 12, not finished yet).'
                    when 'E170' then ' (a secondary or non-ADA enrollment).'
                    when 'E230' then ' (it has a completion status).'
                    else ' (prekindergarten).'
                end
        when exit_outcome not in ('AS-GIVEN', 'OWN-EXIT') and own_exit_date is not null
            then
                'The SIS''s exit on ' || cast(own_exit_date as varchar)
                || ' lies after the as-of date and is not sent yet.'
        when exit_outcome = 'SET-ASIDE'
            then 'Its completion status has no exit date and is not sent yet.'
        when exit_outcome = 'PRIOR-YEAR-OPEN'
            then 'The SIS has it open, and how it ended in that earlier year cannot be derived.'
        when exit_outcome = 'SENIOR-UNDECIDED'
            then 'It stays open at the year''s end: grade 12 without completion status.'
        when exit_outcome = 'PROMOTION-UNDECIDED'
            then
                'It stays open at the year''s end: the student leaves for another school, without '
                || 'completion status.'
        when exit_outcome = 'START-AFTER-LAST-DAY'
            then 'It starts after the last school day and stays open.'
        else
            'It is sent with ' || student_exit_reason_code || ': '
            || case
                when enrollment_status_code = '20'
                    then 'a secondary enrollment''s exit is always E170'
                when enrollment_status_code = '50' then 'a non-ADA enrollment''s exit is E170'
                when student_exit_reason_code = 'E450' then 'a prekindergarten exit is E450'
                else 'a completion status means E230'
            end
            || case
                when own_exit_reason is null then ' (the SIS gives no reason).'
                else ', whatever reason the SIS holds (' || own_exit_reason || ').'
            end
    end as origin

from exits;
