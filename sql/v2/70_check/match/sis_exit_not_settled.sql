-- sis_exit_not_settled: SIS records that stay open because their exit could not be derived or is
-- not sent yet.
--
-- rule:     PRIOR-YEAR-OPEN, SENIOR-UNDECIDED, PROMOTION-UNDECIDED, START-AFTER-LAST-DAY,
--           EXIT-AFTER-LAST-DAY
-- severity: PRIOR-YEAR-OPEN: fatal, SENIOR-UNDECIDED: warning, PROMOTION-UNDECIDED: warning,
--           START-AFTER-LAST-DAY: warning, EXIT-AFTER-LAST-DAY: warning
-- since:    always
-- fix:      PRIOR-YEAR-OPEN: close the enrollment in the SIS with its true date and reason, or
--           enter that year's last school day under [calendar] in senr.toml, then run again.
--           SENIOR-UNDECIDED: enter the completion status in the SIS; if the student comes back,
--           enter 12 as the next grade or set grade_12 to E156 in senr.toml; then run again.
--           PROMOTION-UNDECIDED: in the SIS, enter completion status 480 and the receiver school,
--           or the true exit; if the student stays, export this school as the next school, or the
--           same grade as the next grade; then run again. START-AFTER-LAST-DAY: check the start
--           date in the SIS and the last day under [calendar] in senr.toml, correct the one that is
--           wrong, then run again. EXIT-AFTER-LAST-DAY: check the exit date in the SIS and the last
--           day under [calendar] in senr.toml, correct the one that is wrong, then run again
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    target_enrollment
-- stored:   no

create or replace view recon.sis_exit_not_settled as

select
    ods_line,
    sis_line,
    'enrollment_exit_date' as field,
    exit_outcome as rule

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
