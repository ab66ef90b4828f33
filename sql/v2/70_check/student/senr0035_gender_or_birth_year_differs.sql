-- senr0035_gender_or_birth_year_differs: records to be sent whose SSID has another gender or birth
-- year in CALPADS, or in another record to be sent.
--
-- A blank does not count as different. ODS records that CALPADS no longer has count too, because a
-- deleted record does not change the gender and birth date of the SSID.
--
-- rule:     SENR0035
-- severity: fatal
-- since:    always
-- fix:      make sure that the SSID is this student's; if it is, correct the SIS, or correct
--           CALPADS with a SINF file and wait until it has posted; then download the ODS extract
--           again and run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    record_to_check, ods_to_compare
-- stored:   no

create or replace view recon.senr0035_gender_or_birth_year_differs as

with

students_in_doubt as (

    select
        student_key,
        min(student_gender_code) <> max(student_gender_code) as has_two_genders,
        min(year(student_birth_date)) <> max(year(student_birth_date)) as has_two_years

    from recon.record_to_check

    group by student_key

    having
        min(student_gender_code) <> max(student_gender_code)
        or min(year(student_birth_date)) <> max(year(student_birth_date))

),

differences as (

    select
        record_to_check.action_id,
        coalesce(ods.student_gender_code <> record_to_check.student_gender_code, false)
            as is_another_gender,
        coalesce(year(ods.student_birth_date) <> year(record_to_check.student_birth_date), false)
            as is_another_year

    from recon.record_to_check
    inner join recon.ods_to_compare as ods on record_to_check.student_key = ods.student_key

    where
        ods.student_gender_code <> record_to_check.student_gender_code
        or year(ods.student_birth_date) <> year(record_to_check.student_birth_date)

    union all

    select
        record_to_check.action_id,
        coalesce(
            students_in_doubt.has_two_genders
            and record_to_check.student_gender_code is not null,
            false
        ) as is_another_gender,
        coalesce(
            students_in_doubt.has_two_years
            and record_to_check.student_birth_date is not null,
            false
        ) as is_another_year

    from recon.record_to_check
    inner join students_in_doubt on record_to_check.student_key = students_in_doubt.student_key

)

select distinct
    action_id,
    'student_gender_code' as field

from differences

where is_another_gender

union all

select distinct
    action_id,
    'student_birth_date' as field

from differences

where is_another_year;
