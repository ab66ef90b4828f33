-- frmt0001_value_too_long: records to be sent with a value that is longer than its field.
--
-- The length is in characters. Other rules find a code, a school, an LEA or a district that is too
-- long: they say that it can be translated.
--
-- rule:     FRMT0001
-- severity: fatal
-- since:    always
-- fix:      shorten the value in the SIS to the length that the record layout allows, then export
--           and run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    proposed_field, layout
-- stored:   no

create or replace view recon.frmt0001_value_too_long as

select
    proposed_field.action_id,
    proposed_field.column_name as field,
    case
        when
            proposed_field.column_name
            in ('school_of_attendance_nps', 'expected_receiver_school_of_attendance')
            then 'SCHOOL-CODE'
    end as cause

from recon.proposed_field
inner join reference.layout as layout on proposed_field.column_name = layout.column_name

where
    length(proposed_field.value) > layout.max_length
    -- FRMT0002 finds a date that is too long
    and layout.type is distinct from 'DT'
    -- KEY-FORMAT finds these
    and proposed_field.column_name not in ('reporting_lea', 'school_of_attendance')
    -- GERR0002 and SENR0192 find these, but not on removals
    and (
        proposed_field.class = 'remove'
        or (
            layout.code_set is null
            and proposed_field.column_name <> 'district_of_geographic_residence_code'
        )
    );
