-- sis_exit_not_settled: SIS records whose exit could not be settled.
--
-- rule:     PRIOR-YEAR-OPEN, SENIOR-UNDECIDED, PROMOTION-UNDECIDED, START-AFTER-LAST-DAY,
--           EXIT-AFTER-LAST-DAY
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    target_enrollment
-- stored:   no

create or replace view recon.sis_exit_not_settled as

select
    exit_outcome as rule,
    student_key,
    ods_line,
    sis_line,
    'enrollment_exit_date' as field,
    strftime(enrollment_exit_date, '%Y%m%d') as value

from recon.target_enrollment

where
    not_sent_reason is null
    and exit_outcome in (
        'PRIOR-YEAR-OPEN',
        'SENIOR-UNDECIDED',
        'PROMOTION-UNDECIDED',
        'START-AFTER-LAST-DAY',
        'EXIT-AFTER-LAST-DAY'
    );
