-- exit_pair_incomplete: records to be sent with an exit date but no exit reason, or the reverse.
--
-- The field is the one that is missing. A date that cannot be read is given, and FRMT0002's.
--
-- rule:     EXIT-PAIR
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.exit_pair_incomplete as

select
    'EXIT-PAIR' as rule,
    student_key,
    ods_line,
    sis_line,
    case
        when student_exit_reason_code is null then 'student_exit_reason_code'
        else 'enrollment_exit_date'
    end as field,
    cast(null as varchar) as value

from recon.proposed_record

where
    class <> 'remove'
    and (
        (enrollment_exit_date_text is not null and student_exit_reason_code is null)
        or (enrollment_exit_date_text is null and student_exit_reason_code is not null)
    );
