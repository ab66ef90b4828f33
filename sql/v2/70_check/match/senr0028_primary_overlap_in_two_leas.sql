-- senr0028_primary_overlap_in_two_leas: SIS enrollments that overlap one of the student's in
-- another LEA of the run.
--
-- Both are primary, and both are as CALPADS should show them, whether or not they are sent. CALPADS
-- accepts them; the two LEAs must find out which school the student attends.
--
-- rule:     SENR0028
-- severity: warning
-- since:    always
-- fix:      find out with the other LEA which school the student attended on those days; the LEA
--           whose enrollment is wrong closes or deletes it in its SIS; the overlap does not put the
--           student on hold
-- grain:    one row per offending record and other record
-- key:      ods_line, sis_line, field, other_record_id
-- reads:    sis_to_compare, target_enrollment, enrollment_state
-- stored:   no

create or replace view recon.senr0028_primary_overlap_in_two_leas as

with

-- for speed: few students are in two LEAs, and in a run of one LEA there are none
ssids_of_two_leas as (

    select ssid

    from recon.sis_to_compare

    where
        student_lea <> ''
        and ssid is not null
        and scope_reason is null
        and not_sent_reason is null

    group by ssid

    having min(student_lea) <> max(student_lea)

),

primary_records as (

    select
        target.ssid,
        target.student_lea,
        state.ods_line,
        state.sis_line,
        state.record_id,
        state.enrollment_start_date,
        state.span_end

    from ssids_of_two_leas
    inner join recon.target_enrollment as target on ssids_of_two_leas.ssid = target.ssid
    inner join recon.enrollment_state as state on target.sis_line = state.sis_line

    where
        target.not_sent_reason is null
        and state.state = 'target'
        and state.is_primary

)

select
    one.ods_line,
    one.sis_line,
    'enrollment_start_date' as field,
    other.record_id as other_record_id

from primary_records as one
inner join primary_records as other
    on
        one.ssid = other.ssid
        and one.student_lea <> other.student_lea

where
    one.enrollment_start_date < other.span_end
    and other.enrollment_start_date < one.span_end;
