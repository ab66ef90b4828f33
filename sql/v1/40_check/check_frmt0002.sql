-- check_frmt0002: records to be sent with a date that is not a real one written YYYYMMDD.
--
-- rule:     FRMT0002
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    proposed_field, layout
-- stored:   no

create or replace view recon.check_frmt0002 as

select
    'FRMT0002' as rule,
    proposed_field.student_key,
    proposed_field.ods_line,
    proposed_field.sis_line,
    proposed_field.column_name as field,
    proposed_field.value

from recon.proposed_field
inner join reference.layout as layout on proposed_field.column_name = layout.column_name

where
    layout.type = 'DT'
    and (
        not regexp_full_match(proposed_field.value, '[0-9]{8}')
        or (
            proposed_field.value is not null
            and try_strptime(proposed_field.value, '%Y%m%d') is null
        )
    );
