-- proposed_school: the school list's entry for the school of each record to be sent.
--
-- The list holds an independently reporting charter, whose LEA code is its school code, under the
-- district around it; of several entries the one that closed last counts, or never did.
--
-- grain:    one row per record whose school is on the list
-- key:      action_id
-- reads:    proposed_record, school
-- stored:   no

create or replace view recon.proposed_school as

with

entries as (

    select
        proposed.action_id,
        school.low_grade,
        school.high_grade,
        school.school_type,
        school.open_date,
        school.close_date,
        row_number() over (
            partition by proposed.action_id
            order by
                school.close_date desc nulls first,
                school.reporting_lea asc
        ) as place

    from recon.proposed_record as proposed
    inner join reference.school as school
        on
            proposed.school_of_attendance = school.school_of_attendance
            and (
                proposed.reporting_lea = school.reporting_lea
                or proposed.reporting_lea = proposed.school_of_attendance
            )

)

select
    action_id,
    low_grade,
    high_grade,
    school_type,
    open_date,
    close_date

from entries

where place = 1;
