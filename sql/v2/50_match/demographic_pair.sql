-- demographic_pair: the latest pair of each student, if a demographic field or the local student ID
-- differs in it.
--
-- Names may still be the same in their plain form. If the SIS has given out new local student IDs,
-- they do not count.
--
-- grain:    one row per such pair
-- key:      ods_line, sis_line
-- reads:    sis_to_compare, ods_enrollment, sis_enrollment, local_id_change
-- stored:   yes

create or replace view recon.demographic_pair as

with

latest_pairs as (

    select
        student_key,
        max(enrollment_start_date) as enrollment_start_date

    from recon.sis_to_compare

    where ods_line is not null

    group by student_key

)

select
    sis_to_compare.ods_line,
    sis_to_compare.sis_line

from latest_pairs
inner join recon.sis_to_compare
    on
        latest_pairs.student_key = sis_to_compare.student_key
        and latest_pairs.enrollment_start_date = sis_to_compare.enrollment_start_date
inner join staging.ods_enrollment as ods on sis_to_compare.ods_line = ods.source_line
inner join staging.sis_enrollment as sis on sis_to_compare.sis_line = sis.source_line
left join recon.local_id_change on sis_to_compare.student_lea = local_id_change.student_lea

where
    sis_to_compare.student_gender_code is distinct from ods.student_gender_code
    -- each demographic field: or sis.<field> is distinct from ods.<field>
    or sis.student_legal_first_name is distinct from ods.student_legal_first_name
    or sis.student_legal_middle_name is distinct from ods.student_legal_middle_name
    or sis.student_legal_last_name is distinct from ods.student_legal_last_name
    or sis.student_legal_name_suffix is distinct from ods.student_legal_name_suffix
    or sis.student_alias_first_name is distinct from ods.student_alias_first_name
    or sis.student_alias_middle_name is distinct from ods.student_alias_middle_name
    or sis.student_alias_last_name is distinct from ods.student_alias_last_name
    or sis.student_birth_date is distinct from ods.student_birth_date
    or sis.student_birth_city is distinct from ods.student_birth_city
    or sis.student_birth_state_province_code is distinct from ods.student_birth_state_province_code
    or sis.student_birth_country_code is distinct from ods.student_birth_country_code
    -- end (make lock writes these lines)
    or (
        sis_to_compare.local_student_id is distinct from ods.local_student_id
        and not coalesce(local_id_change.has_new_local_ids, false)
    );
