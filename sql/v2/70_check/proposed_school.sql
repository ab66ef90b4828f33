-- proposed_school: the school list's entry for the school of each record that would be sent.
--
-- grain:    one row per record whose school is on the list
-- key:      action_id
-- reads:    proposed_record, listed_school
-- stored:   no

create or replace view recon.proposed_school as

select
    proposed.action_id,
    listed_school.low_grade,
    listed_school.high_grade,
    listed_school.school_type,
    listed_school.open_date,
    listed_school.close_date

from recon.proposed_record as proposed
inner join recon.listed_school
    on
        proposed.reporting_lea = listed_school.reporting_lea
        and proposed.school_of_attendance = listed_school.school_of_attendance;
