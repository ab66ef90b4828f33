-- exit_origin: why the exit that a record is sent with is not simply the exit in the SIS.
--
-- `origin_sentence` is a code in sentences.csv.
--
-- grain:    one row per SIS record that would be sent with an exit of another origin
-- key:      sis_line
-- reads:    proposed_record, target_exit, sis_to_compare, run_parameters
-- stored:   yes

create or replace view recon.exit_origin as

select
    proposed.sis_line,
    proposed.student_key,
    target_exit.exit_outcome,
    sis.enrollment_exit_date as own_exit_date,
    sis.student_exit_reason_code as own_exit_reason,
    case
        when target_exit.exit_outcome = 'ODS-EXIT' then 'ODS-EXIT'
        when target_exit.exit_outcome = 'CLOSE-OUT'
            then
                case
                    when proposed.enrollment_start_date >= parameters.school_year_start
                        then 'YEAR-END-'
                    else 'EARLIER-YEAR-'
                end
                || case
                    when proposed.student_exit_reason_code in ('E155', 'E156', 'E170', 'E230')
                        then proposed.student_exit_reason_code
                    else 'E450'
                end
        when
            target_exit.exit_outcome not in ('AS-GIVEN', 'OWN-EXIT')
            and sis.enrollment_exit_date is not null
            then 'EXIT-NOT-YET'
        when target_exit.exit_outcome = 'SET-ASIDE' then 'SET-ASIDE'
        when target_exit.exit_outcome = 'PRIOR-YEAR-OPEN' then 'PRIOR-YEAR-OPEN'
        when target_exit.exit_outcome = 'SENIOR-UNDECIDED' then 'SENIOR-UNDECIDED'
        when target_exit.exit_outcome = 'PROMOTION-UNDECIDED' then 'PROMOTION-UNDECIDED'
        when target_exit.exit_outcome = 'START-AFTER-LAST-DAY' then 'START-AFTER-LAST-DAY'
        when proposed.enrollment_status_code = '20' then 'SENT-AS-SECONDARY'
        when proposed.enrollment_status_code = '50' then 'SENT-AS-NON-ADA'
        when proposed.student_exit_reason_code = 'E450' then 'SENT-AS-PREKINDERGARTEN'
        else 'SENT-AS-COMPLETER'
    end as origin_sentence

from recon.proposed_record as proposed
inner join recon.target_exit on proposed.sis_line = target_exit.sis_line
inner join recon.sis_to_compare as sis on proposed.sis_line = sis.sis_line
cross join reference.run_parameters as parameters

where
    target_exit.exit_outcome not in ('AS-GIVEN', 'OWN-EXIT')
    or proposed.student_exit_reason_code is distinct from sis.student_exit_reason_code;
