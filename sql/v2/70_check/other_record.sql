-- other_record: the other record of each finding on two records of a student.
--
-- If there are several, it is the first by school and start. The record is as CALPADS will have it
-- after all files, or as the SIS has it if the finding is on a record that may not be sent. The
-- cause says why the run does not change it: it is out of scope, or it stays for a reason.
--
-- grain:    one row per rule, record and field with another record
-- key:      rule, ods_line, sis_line, field
-- reads:    offense, enrollment_state, classified_record
-- stored:   yes

create or replace view recon.other_record as

with

-- for speed: most findings are on records to be sent, which are few
other_records as (

    select
        offense.rule,
        offense.ods_line,
        offense.sis_line,
        offense.field,
        other.record_id as other_record_id,
        other.school_of_attendance,
        other.enrollment_start_date,
        other.enrollment_exit_date,
        coalesce(other.scope_reason, kept.outcome) as cause

    from recon.offense
    inner join recon.enrollment_state as other on offense.other_record_id = other.record_id
    left join recon.classified_record as kept
        on other.ods_line = kept.ods_line and kept.class = 'kept'

    where
        other.state = 'expected'
        and offense.action_id is not null

    union all

    select
        offense.rule,
        offense.ods_line,
        offense.sis_line,
        offense.field,
        other.record_id as other_record_id,
        other.school_of_attendance,
        other.enrollment_start_date,
        other.enrollment_exit_date,
        cast(null as varchar) as cause

    from recon.offense
    inner join recon.enrollment_state as other on offense.other_record_id = other.record_id

    where
        other.state = 'target'
        and offense.action_id is null
        -- for one person under two SSIDs, the other record is not another enrollment
        and offense.rule <> 'SSID-MISMATCH'

),

named_records as (

    select
        *,
        concat_ws(' ', school_of_attendance, strftime(enrollment_start_date, '%Y%m%d'))
        || '-' || coalesce(strftime(enrollment_exit_date, '%Y%m%d'), 'open') as value

    from other_records

),

ranked_records as (

    select
        *,
        row_number() over (
            partition by rule, ods_line, sis_line, field order by value, other_record_id
        ) as other_rank

    from named_records

)

select
    rule,
    ods_line,
    sis_line,
    field,
    other_record_id,
    school_of_attendance,
    enrollment_start_date,
    enrollment_exit_date,
    cause,
    value

from ranked_records

where other_rank = 1;
