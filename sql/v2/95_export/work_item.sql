-- work_item: every open problem as a work list shows it: who, what, what both sides have, what to
-- do.
--
-- `calpads_has` and `sis_has` are what each side itself has: the end of the enrollment, then the
-- field; of a record on one side only, the other one says what it has instead. The LEA is blank if
-- it cannot be read in a run of several LEAs, and the school is blank if the record has none.
--
-- grain:    one row per rule, student, record and field
-- key:      rule, student_key, ods_line, sis_line, field
-- reads:    open_problem, harm, own_record, school_name, nearest_record, value_in_words, layout
-- stored:   no

create or replace view recon.work_item as

select
    problem.rule,
    problem.student_key,
    problem.ods_line,
    problem.sis_line,
    problem.field,
    layout.name as field_name,
    problem.severity,
    problem.is_held,
    harm.position as harm_order,
    harm.name as harm,
    coalesce(sis.student_lea, ods.student_lea, '') as reporting_lea,
    coalesce(sis.school_of_attendance, ods.school_of_attendance, '') as school_of_attendance,
    school_name.name as school_name,
    coalesce(sis.name, ods.name) as student_name,
    coalesce(sis.local_student_id, ods.local_student_id) as local_student_id,
    coalesce(sis.ssid, ods.ssid) as ssid,
    coalesce(sis.start_date, ods.start_date) as start_date,
    problem.statement,
    coalesce(ods.ending, nearest.other_side, 'no such enrollment')
    || coalesce('; ' || words.calpads_has, '') as calpads_has,
    coalesce(sis.ending, nearest.other_side, 'no such enrollment')
    || coalesce('; ' || words.sis_has, '') as sis_has,
    problem.fix

from recon.open_problem as problem
inner join reference.harm on problem.harm = harm.code
left join recon.own_record as ods
    on ods.side = 'CALPADS' and problem.ods_line = ods.source_line
left join recon.own_record as sis
    on sis.side = 'SIS' and problem.sis_line = sis.source_line
left join recon.school_name
    on
        coalesce(sis.student_lea, ods.student_lea) = school_name.reporting_lea
        and coalesce(sis.school_of_attendance, ods.school_of_attendance)
        = school_name.school_of_attendance
left join recon.nearest_record as nearest
    on
        nearest.side = case when problem.ods_line is null then 'SIS' else 'CALPADS' end
        and nearest.source_line = coalesce(problem.ods_line, problem.sis_line)
        and (problem.ods_line is null or problem.sis_line is null)
left join recon.value_in_words as words
    on
        problem.ods_line is not distinct from words.ods_line
        and problem.sis_line is not distinct from words.sis_line
        and problem.field = words.field
left join reference.layout as layout on problem.field = layout.column_name;
