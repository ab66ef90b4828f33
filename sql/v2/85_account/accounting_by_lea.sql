-- accounting_by_lea: how many lines of each extract are in each class, for each LEA of the run.
--
-- Records that have posted since the ODS extract was made are not lines of it, but `records` counts
-- them too. `reporting_lea` is blank in a run of one LEA. In a run of several, it is blank for
-- lines that belong to no LEA of the run: they are out of scope, or their LEA cannot be read.
--
-- grain:    one row per side, LEA and class
-- key:      side, reporting_lea, class
-- reads:    ods_class, posted_since, sis_class
-- stored:   yes

create or replace view recon.accounting_by_lea as

select
    'ods' as side,
    case when ods_class.student_lea <> '' then ods_class.student_lea end as reporting_lea,
    ods_class.class,
    count(case when posted_since.ods_line is null then 1 end) as lines,
    count(*) as records

from recon.ods_class
left join recon.posted_since on ods_class.ods_line = posted_since.ods_line

group by
    ods_class.student_lea,
    ods_class.class

union all

select
    'sis' as side,
    case when student_lea <> '' then student_lea end as reporting_lea,
    class,
    count(*) as lines,
    count(*) as records

from recon.sis_class

group by
    student_lea,
    class;
