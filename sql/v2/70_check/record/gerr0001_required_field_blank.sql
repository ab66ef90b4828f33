-- gerr0001_required_field_blank: records to be sent with a blank in a required field.
--
-- The SSID is required in a removal and a no-show; no other record without an SSID is ever sent.
-- The birth country is required for primary, secondary and short-term enrollments only.
--
-- rule:     GERR0001
-- severity: fatal
-- since:    always
-- fix:      fill in the field on the student's or the enrollment's page in the SIS, or add it to
--           the export, then export and run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    proposed_field, proposed_record, layout
-- stored:   no

create or replace view recon.gerr0001_required_field_blank as

select
    proposed_field.action_id,
    proposed_field.column_name as field

from recon.proposed_field
inner join reference.layout as layout on proposed_field.column_name = layout.column_name
left join recon.proposed_record as proposed
    on
        proposed_field.column_name = 'student_birth_country_code'
        and proposed_field.action_id = proposed.action_id

where
    proposed_field.value is null
    and (
        (
            layout.required = 'yes'
            and (
                layout.column_name <> 'student_birth_country_code'
                or proposed.enrollment_status_code in ('10', '20', '30')
            )
        )
        or (layout.column_name = 'ssid' and proposed_field.class in ('remove', 'no_show'))
    );
