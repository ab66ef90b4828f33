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
-- reads:    demographic_pair, ods_enrollment, sis_enrollment, sis_to_compare, layout, plain_name,
--           local_id_change
-- stored:   yes

create or replace view recon.demographic_difference_from_calpads as

with

field_values as (

    select
        pair.ods_line,
        pair.sis_line,
        layout.column_name as field,
        case layout.column_name
            when 'local_student_id' then ods.local_student_id
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
            when 'local_student_id' then sis.local_student_id
            when 'student_legal_first_name' then sis.student_legal_first_name
            when 'student_legal_middle_name' then sis.student_legal_middle_name
            when 'student_legal_last_name' then sis.student_legal_last_name
            when 'student_legal_name_suffix' then sis.student_legal_name_suffix
            when 'student_alias_first_name' then sis.student_alias_first_name
            when 'student_alias_middle_name' then sis.student_alias_middle_name
            when 'student_alias_last_name' then sis.student_alias_last_name
            when 'student_birth_date' then strftime(sis.student_birth_date, '%Y%m%d')
            when 'student_gender_code' then sis_to_compare.student_gender_code
            when 'student_birth_city' then sis.student_birth_city
            when 'student_birth_state_province_code' then sis.student_birth_state_province_code
            when 'student_birth_country_code' then sis.student_birth_country_code
        end as sis_value

    from recon.demographic_pair as pair
    inner join staging.ods_enrollment as ods on pair.ods_line = ods.source_line
    inner join staging.sis_enrollment as sis on pair.sis_line = sis.source_line
    inner join recon.sis_to_compare on pair.sis_line = sis_to_compare.sis_line
    left join recon.local_id_change on sis_to_compare.student_lea = local_id_change.student_lea
    inner join reference.layout as layout
        on
            layout.role = 'demographic'
            or (
                layout.column_name = 'local_student_id'
                and not coalesce(local_id_change.has_new_local_ids, false)
            )

)

select
    field_values.ods_line,
    field_values.sis_line,
    field_values.field

from field_values
left join recon.plain_name as ods_name
    on
        ods_name.side = 'ODS'
        and field_values.ods_line = ods_name.source_line
        and field_values.field = ods_name.field
left join recon.plain_name as sis_name
    on
        sis_name.side = 'SIS'
        and field_values.sis_line = sis_name.source_line
        and field_values.field = sis_name.field

where
    coalesce(sis_name.plain_name, field_values.sis_value) <> ''
    and upper(coalesce(sis_name.plain_name, field_values.sis_value))
    is distinct from upper(coalesce(ods_name.plain_name, field_values.ods_value));
