-- person_line: who is on each line that may be of one person under two SSIDs, or of two persons
-- under one SSID.
--
-- Names are in their plain form, in upper case. `is_alone` says that only this side has the
-- enrollment.
--
-- grain:    one row per row of doubtful_line
-- key:      side, source_line
-- reads:    doubtful_line, sis_to_compare, ods_to_compare, classified_record, sis_enrollment,
--           ods_enrollment, name_replacement
-- stored:   yes

create or replace view recon.person_line as

select
    'SIS' as side,
    sis.sis_line as source_line,
    sis.ods_line,
    sis.sis_line,
    sis.student_key,
    sis.student_lea,
    -- null if it cannot be read
    case when regexp_full_match(sis.reporting_lea, '[0-9]{7}') then sis.reporting_lea end
        as readable_lea,
    sis.ssid,
    sis.local_student_id,
    sis.school_of_attendance,
    sis.enrollment_start_date,
    staged.student_birth_date,
    upper(
        translate(staged.student_legal_first_name, plain.characters, plain.plain_characters)
    ) as first_name,
    upper(
        translate(staged.student_legal_last_name, plain.characters, plain.plain_characters)
    ) as last_name,
    lone.sis_line is not null as is_alone

from recon.doubtful_line
inner join recon.sis_to_compare as sis on doubtful_line.source_line = sis.sis_line
inner join staging.sis_enrollment as staged on doubtful_line.source_line = staged.source_line
cross join recon.name_replacement as plain
left join recon.classified_record as lone
    on
        doubtful_line.source_line = lone.sis_line
        and lone.ods_line is null
        and lone.outcome <> 'KEY-TWICE'

where doubtful_line.side = 'SIS'

union all

select
    'CALPADS' as side,
    ods.ods_line as source_line,
    ods.ods_line,
    sis.sis_line,
    ods.student_key,
    ods.student_lea,
    case when regexp_full_match(ods.reporting_lea, '[0-9]{7}') then ods.reporting_lea end
        as readable_lea,
    ods.ssid,
    ods.local_student_id,
    ods.school_of_attendance,
    ods.enrollment_start_date,
    staged.student_birth_date,
    upper(
        translate(staged.student_legal_first_name, plain.characters, plain.plain_characters)
    ) as first_name,
    upper(
        translate(staged.student_legal_last_name, plain.characters, plain.plain_characters)
    ) as last_name,
    lone.ods_line is not null as is_alone

from recon.doubtful_line
inner join recon.ods_to_compare as ods on doubtful_line.source_line = ods.ods_line
inner join staging.ods_enrollment as staged on doubtful_line.source_line = staged.source_line
left join recon.sis_to_compare as sis on ods.ods_line = sis.ods_line
cross join recon.name_replacement as plain
left join recon.classified_record as lone
    on
        doubtful_line.source_line = lone.ods_line
        and lone.sis_line is null
        and lone.outcome <> 'KEY-TWICE'

where doubtful_line.side = 'CALPADS';
