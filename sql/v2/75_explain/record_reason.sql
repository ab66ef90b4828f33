-- record_reason: why each record is sent, kept or not sent, or holds its student.
--
-- The class is the one that the record has by itself, as if its student were not held.
--
-- grain:    one row per row of record_class that is not the same on both sides
-- key:      ods_line, sis_line
-- reads:    pair_reason, lone_reason, left_reason
-- stored:   yes

create or replace view recon.record_reason as

with

reasons as (

    select * from recon.pair_reason
    union all
    select * from recon.lone_reason
    union all
    select * from recon.left_reason

)

select
    ods_line,
    sis_line,
    student_key,
    class,
    reason,
    explanation

from reasons;
