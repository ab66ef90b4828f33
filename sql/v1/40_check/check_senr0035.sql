-- check_senr0035: records to be sent whose SSID CALPADS holds with another gender or birth year.
--
-- Blank is not another.
--
-- rule:     SENR0035
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, calpads_state
-- stored:   no

create or replace view recon.check_senr0035 as

select
    'SENR0035' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'student_gender_code' as field,
    proposed.student_gender_code as value

from recon.proposed_record as proposed

where
    proposed.class <> 'remove'
    and exists (
        select state.ods_line
        from recon.calpads_state as state
        where
            state.student_key = proposed.student_key
            and state.state = 'current'
            and state.student_gender_code <> proposed.student_gender_code
    )

union all

select
    'SENR0035' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'student_birth_date' as field,
    strftime(proposed.student_birth_date, '%Y%m%d') as value

from recon.proposed_record as proposed

where
    proposed.class <> 'remove'
    and exists (
        select state.ods_line
        from recon.calpads_state as state
        where
            state.student_key = proposed.student_key
            and state.state = 'current'
            and year(state.student_birth_date) <> year(proposed.student_birth_date)
    );
