-- record_span: all enrollments of the students who have a record on one side only, or a finding, in
-- words.
--
-- Parts of sentences: `place` says at which school and from when, `ending` says until when, and
-- `span` says both.
--
-- grain:    one row per record of either side
-- key:      side, source_line
-- reads:    explained_record
-- stored:   yes

create or replace view recon.record_span as

with

phrases as (

    select
        side,
        source_line,
        student_key,
        ssid,
        school_of_attendance,
        enrollment_start_date,
        coalesce(cast(enrollment_start_date as varchar), enrollment_start_date_unreadable, '')
            as start_date,
        school_year_start,
        enrollment_exit_date,
        student_exit_reason_code,
        student_school_completion_status_code,
        scope_reason,
        -- a record in scope without a class is the same on both sides
        coalesce(class, case when scope_reason is null then 'same' end) as class,
        coalesce(outcome, case when scope_reason is null then 'AGREES' end) as outcome,
        'at ' || coalesce(school_of_attendance, 'no school') || ' from '
        || coalesce(
            cast(enrollment_start_date as varchar), enrollment_start_date_unreadable, 'no date'
        ) as place,
        coalesce(
            'to '
            || coalesce(cast(enrollment_exit_date as varchar), enrollment_exit_date_unreadable)
            || coalesce(' with ' || student_exit_reason_code, ''),
            'open'
        ) || case when enrollment_status_code = '20' then ', secondary' else '' end as ending

    from recon.explained_record

),

spans as (

    select
        *,
        place || case when ending like 'open%' then ', ' else ' ' end || ending as span

    from phrases

)

select * from spans;
