-- agreeing_student: the students on whom both sides plainly agree.
--
-- Every line of such a student in either extract is in an agreeing pair, none of them is in doubt,
-- the latest pair has the same demographic fields on both sides, and no other student has the local
-- student ID. Nothing is sent or listed for these students, so the comparison leaves them out.
--
-- grain:    one row per student
-- key:      student_key
-- reads:    agreeing_pair, agreeing_sequence, ssid_count, local_id_count, ods_enrollment,
--           sis_enrollment
-- stored:   yes

create or replace view recon.agreeing_student as

with

students as (

    select
        student_key,
        student_lea,
        ssid,
        reporting_lea,
        local_student_id,
        count(*) as records

    from recon.agreeing_pair

    group by
        student_key,
        student_lea,
        ssid,
        reporting_lea,
        local_student_id

),

sequence as (

    select
        ods_line,
        sis_line,
        student_key,
        is_last,
        is_in_doubt

    from recon.agreeing_sequence

),

students_in_doubt as (

    select distinct student_key

    from sequence

    where is_in_doubt

),

same_persons as (

    select pair.student_key

    from sequence as pair
    inner join staging.ods_enrollment as ods on pair.ods_line = ods.source_line
    inner join staging.sis_enrollment as sis on pair.sis_line = sis.source_line

    where
        pair.is_last
        -- each demographic field: and sis.<field> is not distinct from ods.<field>
        and sis.student_legal_first_name is not distinct from ods.student_legal_first_name
        and sis.student_legal_middle_name is not distinct from ods.student_legal_middle_name
        and sis.student_legal_last_name is not distinct from ods.student_legal_last_name
        and sis.student_legal_name_suffix is not distinct from ods.student_legal_name_suffix
        and sis.student_alias_first_name is not distinct from ods.student_alias_first_name
        and sis.student_alias_middle_name is not distinct from ods.student_alias_middle_name
        and sis.student_alias_last_name is not distinct from ods.student_alias_last_name
        and sis.student_birth_date is not distinct from ods.student_birth_date
        and sis.student_birth_city is not distinct from ods.student_birth_city
        and sis.student_birth_state_province_code
        is not distinct from ods.student_birth_state_province_code
        and sis.student_birth_country_code is not distinct from ods.student_birth_country_code
        -- end (make lock writes these lines)

)

select
    students.student_key,
    students.student_lea,
    students.records

from students
inner join recon.ssid_count
    on
        students.ssid = ssid_count.ssid
        -- for speed: a number alone must not join students
        and students.records
        = case when ssid_count.ods_lines = ssid_count.sis_lines then ssid_count.ods_lines end
inner join recon.local_id_count
    on
        students.reporting_lea = local_id_count.reporting_lea
        and students.local_student_id = local_id_count.local_student_id
        and students.records
        = case
            when local_id_count.ods_lines = local_id_count.sis_lines then local_id_count.ods_lines
        end
inner join same_persons on students.student_key = same_persons.student_key
left join students_in_doubt as in_doubt on students.student_key = in_doubt.student_key

where in_doubt.student_key is null;
