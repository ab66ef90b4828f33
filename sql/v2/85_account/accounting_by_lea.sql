-- accounting_by_lea: how many lines of each extract went where, LEA by LEA in a run of several.
--
-- Records posted since the ODS extract was made are no lines of it, but `records` counts them too.
-- Lines of no LEA of the run (out of scope, or their LEA cannot be read) have no LEA; in a run of
-- one LEA none has.
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
