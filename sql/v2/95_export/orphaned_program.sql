-- orphaned_program: the programs and language statuses in CALPADS that the files leave outside the
-- student's enrollments.
--
-- A participation must be inside one enrollment at the school; one that is open is inside if it
-- starts there, because CALPADS closes it on the exit date. Eligibility must overlap an enrollment
-- and not end after its exit. A status that started during an enrollment in the LEA should still
-- do. Only what fits before the files have posted is listed. Without the extracts of SPRG and SELA
-- there is no row.
--
-- grain:    one row per line of the SPRG or SELA extract that is left outside
-- key:      file_type, file_name, line_number
-- reads:    sent_student_span, program, language_status
-- stored:   yes

create or replace view recon.orphaned_program as

with

programs as (

    select
        'SPRG' as file_type,
        program.file_name,
        program.line_number,
        enrollments.student_key,
        enrollments.ssid,
        program.school_of_attendance,
        program.program as code,
        program.membership,
        program.start_date,
        program.end_date,
        enrollments.state,
        case program.membership
            when 'participation'
                then
                    program.start_date >= enrollments.first_day
                    and program.start_date <= enrollments.last_day
                    and coalesce(program.end_date, program.start_date) <= enrollments.last_day
            else
                program.start_date <= enrollments.last_day
                and coalesce(program.end_date, enrollments.last_day)
                between enrollments.first_day and enrollments.last_day
        end as is_fitting

    from recon.sent_student_span as enrollments
    inner join staging.program as program
        on
            enrollments.ssid = program.ssid
            and enrollments.school_of_attendance = program.school_of_attendance

),

statuses as (

    select
        'SELA' as file_type,
        status.file_name,
        status.line_number,
        enrollments.student_key,
        enrollments.ssid,
        status.school_of_attendance,
        status.status as code,
        cast(null as varchar) as membership,
        status.start_date,
        cast(null as date) as end_date,
        enrollments.state,
        status.start_date between enrollments.first_day and enrollments.last_day as is_fitting

    from recon.sent_student_span as enrollments
    inner join staging.language_status as status
        on
            enrollments.ssid = status.ssid
            and enrollments.reporting_lea = status.reporting_lea

),

fits as (

    select * from programs
    union all
    select * from statuses

)

select
    file_type,
    file_name,
    line_number,
    student_key,
    ssid,
    school_of_attendance,
    code,
    membership,
    start_date,
    end_date

from fits

group by
    file_type,
    file_name,
    line_number,
    student_key,
    ssid,
    school_of_attendance,
    code,
    membership,
    start_date,
    end_date

having
    bool_or(state = 'current' and is_fitting)
    and not bool_or(state = 'expected' and is_fitting);
