-- reason_template: the reason of each record, and its sentences from sentences.csv with their
-- {names}.
--
-- grain:    one row per row of record_class, except those of the class same
-- key:      ods_line, sis_line
-- reads:    pair_reason, lone_reason, left_reason, sentence
-- stored:   no

create or replace view recon.reason_template as

with

reasons as (

    select * from recon.pair_reason
    union all
    select * from recon.lone_reason
    union all
    select * from recon.left_reason

)

select
    reasons.ods_line,
    reasons.sis_line,
    reasons.student_key,
    reasons.class,
    reasons.reason,
    concat_ws(
        ' ',
        first_words.sentence,
        second_words.sentence,
        third_words.sentence,
        fourth_words.sentence
    ) as template

from reasons
left join reference.sentence as first_words on reasons.first_sentence = first_words.code
left join reference.sentence as second_words on reasons.second_sentence = second_words.code
left join reference.sentence as third_words on reasons.third_sentence = third_words.code
left join reference.sentence as fourth_words on reasons.fourth_sentence = fourth_words.code;
