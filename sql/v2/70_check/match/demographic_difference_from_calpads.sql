-- demographic_difference_from_calpads: names, birth dates and similar fields that differ between
-- the two sides.
--
-- A SENR file does not change them (a SINF file does), so nothing is sent for them. They belong to
-- the student, not to the enrollment, so the student's latest pair is compared. Upper and lower
-- case are the same, names are in their plain form, and a field that is blank in the SIS is not
-- compared.
--
-- rule:     DEMOGRAPHIC-DIFFERENCE
-- severity: notice
-- since:    always
-- fix:      if the SIS is right, send a SINF file; if CALPADS is right, correct the SIS; then run
--           again with new extracts
-- grain:    one row per pair of records and field
-- key:      ods_line, sis_line, field
-- reads:    record_class, ods_enrollment, sis_enrollment, sis_record, plain_name,
--           layout
-- stored:   yes

create or replace view recon.demographic_difference_from_calpads as

with

latest_pairs as (

    select
        student_key,
        max(enrollment_start_date) as enrollment_start_date

    from recon.sis_record

    where ods_line is not null

    group by student_key

),

field_values as (

    select
        record_class.ods_line,
        record_class.sis_line,
        layout.column_name as field,
        case layout.column_name
            when 'student_legal_first_name' then ods.student_legal_first_name
            when 'student_legal_middle_name' then ods.student_legal_middle_name
            when 'student_legal_last_name' then ods.student_legal_last_name
            when 'student_legal_name_suffix' then ods.student_legal_name_suffix
            when 'student_alias_first_name' then ods.student_alias_first_name
            when 'student_alias_middle_name' then ods.student_alias_middle_name
            when 'student_alias_last_name' then ods.student_alias_last_name
            when 'student_birth_date' then strftime(ods.student_birth_date, '%Y%m%d')
            when 'student_gender_code' then ods.student_gender_code
            when 'student_birth_city' then ods.student_birth_city
            when 'student_birth_state_province_code' then ods.student_birth_state_province_code
            when 'student_birth_country_code' then ods.student_birth_country_code
        end as ods_value,
        case layout.column_name
            when 'student_legal_first_name' then sis.student_legal_first_name
            when 'student_legal_middle_name' then sis.student_legal_middle_name
            when 'student_legal_last_name' then sis.student_legal_last_name
            when 'student_legal_name_suffix' then sis.student_legal_name_suffix
            when 'student_alias_first_name' then sis.student_alias_first_name
            when 'student_alias_middle_name' then sis.student_alias_middle_name
            when 'student_alias_last_name' then sis.student_alias_last_name
            when 'student_birth_date' then strftime(sis.student_birth_date, '%Y%m%d')
            when 'student_gender_code' then sis_record.student_gender_code
            when 'student_birth_city' then sis.student_birth_city
            when 'student_birth_state_province_code' then sis.student_birth_state_province_code
            when 'student_birth_country_code' then sis.student_birth_country_code
        end as sis_value

    from recon.record_class
    inner join staging.ods_enrollment as ods on record_class.ods_line = ods.source_line
    inner join staging.sis_enrollment as sis on record_class.sis_line = sis.source_line
    inner join recon.sis_record on record_class.sis_line = sis_record.sis_line
    inner join latest_pairs
        on
            sis_record.student_key = latest_pairs.student_key
            and sis_record.enrollment_start_date = latest_pairs.enrollment_start_date
    inner join reference.layout as layout on layout.role = 'demographic'

    where -- for speed: most pairs agree exactly, and only the others are compared field by field
        sis.student_legal_first_name is distinct from ods.student_legal_first_name
        or sis.student_legal_middle_name is distinct from ods.student_legal_middle_name
        or sis.student_legal_last_name is distinct from ods.student_legal_last_name
        or sis.student_legal_name_suffix is distinct from ods.student_legal_name_suffix
        or sis.student_alias_first_name is distinct from ods.student_alias_first_name
        or sis.student_alias_middle_name is distinct from ods.student_alias_middle_name
        or sis.student_alias_last_name is distinct from ods.student_alias_last_name
        or sis.student_birth_date is distinct from ods.student_birth_date
        or sis_record.student_gender_code is distinct from ods.student_gender_code
        or sis.student_birth_city is distinct from ods.student_birth_city
        or sis.student_birth_state_province_code
        is distinct from ods.student_birth_state_province_code
        or sis.student_birth_country_code is distinct from ods.student_birth_country_code

)

select
    field_values.ods_line,
    field_values.sis_line,
    field_values.field

from field_values
left join staging.plain_name as ods_name
    on
        ods_name.side = 'ODS'
        and field_values.ods_line = ods_name.source_line
        and field_values.field = ods_name.field
left join staging.plain_name as sis_name
    on
        sis_name.side = 'SIS'
        and field_values.sis_line = sis_name.source_line
        and field_values.field = sis_name.field

where
    coalesce(sis_name.plain_name, field_values.sis_value) <> ''
    and upper(coalesce(sis_name.plain_name, field_values.sis_value))
    is distinct from upper(coalesce(ods_name.plain_name, field_values.ods_value));
