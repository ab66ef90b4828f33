-- pair_evidence: how many students CALPADS has with two records that it does not say whether it
-- accepts.
--
-- HANDOVER-DAY: an enrollment of status 10 starts on the day on which another of status 10 ends in
-- the LEA. SENR0178: a no-show at the school of another enrollment, on one of its days. Only
-- records of this and the last school year count; of a pair, the later change counts.
--
-- grain:    one row per rule
-- key:      rule
-- reads:    enrollment_state, add_around_no_show, evidence_line, rule
-- stored:   yes

create or replace view recon.pair_evidence as

with

-- for speed: what no record to be sent needs to know is not read
wanted as (

    select distinct 'HANDOVER-DAY' as rule

    from recon.enrollment_state as starting
    inner join recon.enrollment_state as ending
        on
            starting.student_key = ending.student_key
            and starting.record_id <> ending.record_id
            and starting.enrollment_start_date = ending.enrollment_exit_date

    where
        starting.state = 'expected'
        and ending.state = 'expected'

    union all

    select distinct 'SENR0178' as rule

    from recon.add_around_no_show

),

pairs as (

    select
        wanted.rule,
        later.ssid,
        later.last_date_updated,
        earlier.last_date_updated as other_date_updated

    from wanted
    inner join recon.evidence_line as earlier
        on
            wanted.rule = 'HANDOVER-DAY'
            and earlier.student_exit_reason_code not in ('N470', 'E155', 'E156')
            and earlier.enrollment_status_code = '10'
    inner join recon.evidence_line as later
        on
            earlier.ssid = later.ssid
            and earlier.reporting_lea = later.reporting_lea
            and earlier.exit_date = later.start_date
            and earlier.ods_line <> later.ods_line

    where
        later.enrollment_status_code = '10'
        and later.student_exit_reason_code is distinct from 'N470'

    union all

    select
        wanted.rule,
        no_show.ssid,
        no_show.last_date_updated,
        other.last_date_updated as other_date_updated

    from wanted
    inner join recon.evidence_line as no_show
        on
            wanted.rule = 'SENR0178'
            and no_show.student_exit_reason_code = 'N470'
    inner join recon.evidence_line as other
        on
            no_show.ssid = other.ssid
            and no_show.school_of_attendance = other.school_of_attendance
            and no_show.ods_line <> other.ods_line

    where
        other.student_exit_reason_code is distinct from 'N470'
        and no_show.start_date between other.start_date and coalesce(other.exit_date, '99991231')

)

select
    pairs.rule,
    count(distinct pairs.ssid) as students

from pairs
inner join reference.rule as rule on pairs.rule = rule.code

where
    rule.since is null
    or replace(greatest(pairs.last_date_updated, pairs.other_date_updated), '-', '')
    >= strftime(rule.since, '%Y%m%d')

group by pairs.rule;
