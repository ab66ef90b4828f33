-- open_program: what is open in CALPADS for the students of SIS records without a pair.
--
-- An open record may be one of an equal pair, so this looks at all lines of CALPADS.
--
-- grain:    one row per student, school, program and service
-- key:      ssid, school_of_attendance, program, service
-- reads:    sprg_line, pair
-- stored:   no

create or replace view compare.open_program as

with

lone_students as (

    select distinct ssid

    from compare.pair

    where ods_line is null

)

select distinct
    line.ssid,
    line.school_of_attendance,
    line.education_program_code as program,
    coalesce(line.education_service_code, '') as service

from lone_students
inner join staging.sprg_line as line on lone_students.ssid = line.ssid

where
    line.side = 'ods'
    and line.education_program_membership_end_date_text is null;
