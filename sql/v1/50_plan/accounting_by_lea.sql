-- accounting_by_lea: the accounting of each LEA of a run of several.
--
-- Lines of no LEA of the run (out of scope, or their LEA cannot be read) have none; in a run of one
-- LEA all have none.
--
-- grain:    one row per side, LEA and class
-- key:      side, reporting_lea, class
-- reads:    ods_class, posted_since, sis_class
-- stored:   no

create or replace view recon.accounting_by_lea as

select
    'ods' as side,
    case when ods_class.student_lea <> '' then ods_class.student_lea end as reporting_lea,
    ods_class.class,
    count(*) as lines

from recon.ods_class
left join recon.posted_since on ods_class.ods_line = posted_since.ods_line

where posted_since.ods_line is null

group by
    ods_class.student_lea,
    ods_class.class

union all

select
    'sis' as side,
    case when student_lea <> '' then student_lea end as reporting_lea,
    class,
    count(*) as lines

from recon.sis_class

group by
    student_lea,
    class;
