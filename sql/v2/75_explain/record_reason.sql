-- record_reason: why each record is sent, stays in CALPADS, is not sent, or puts its student on
-- hold.
--
-- The class is the record's own, as if the student were not on hold. The explanation is the
-- sentences of the reason, with the record's values instead of the {names}.
--
-- grain:    one row per row of record_class, except those of the class same
-- key:      ods_line, sis_line
-- reads:    reason_template, record_span, nearest_record, proposed_record, exit_origin,
--           pair_difference, run_parameters
-- stored:   yes

create or replace view recon.record_reason as

with

-- a record without an exit reason says so; other blanks belong to sentences it does not have
named_values as (

    select
        templates.ods_line,
        templates.sis_line,
        templates.student_key,
        templates.class,
        templates.reason,
        templates.template,
        cast(parameters.as_of as varchar) as as_of,
        coalesce(span.span, '') as span,
        coalesce(
            year(span.school_year_start) || '-' || (year(span.school_year_start) + 1), ''
        ) as school_year,
        coalesce(span.student_school_completion_status_code, '') as completion_status,
        coalesce(nearest.other_side, '') as other_side,
        coalesce(nearest.other_reason, '') as other_reason,
        coalesce(
            cast(proposed.enrollment_exit_date as varchar), proposed.enrollment_exit_date_text, ''
        ) as exit_date,
        coalesce(proposed.student_exit_reason_code, 'no exit reason') as exit_reason,
        coalesce(cast(exit_origin.own_exit_date as varchar), '') as sis_exit_date,
        coalesce(
            case
                when exit_origin.sis_line is null then proposed.student_exit_reason_code
                else exit_origin.own_exit_reason
            end,
            'no exit reason'
        ) as sis_exit_reason,
        coalesce(difference.ods_exit_date, '') as ods_exit_date,
        coalesce(
            case
                when difference.is_exit_reason_different then difference.ods_exit_reason
                else proposed.student_exit_reason_code
            end,
            'no exit reason'
        ) as ods_exit_reason,
        coalesce(difference.other_fields, '') as other_fields

    from recon.reason_template as templates
    cross join reference.run_parameters as parameters
    left join recon.record_span as span
        on
            span.side = case when templates.ods_line is null then 'SIS' else 'CALPADS' end
            and span.source_line = coalesce(templates.ods_line, templates.sis_line)
    left join recon.nearest_record as nearest
        on span.side = nearest.side and span.source_line = nearest.source_line
    left join recon.proposed_record as proposed
        on
            templates.ods_line is not distinct from proposed.ods_line
            and templates.sis_line is not distinct from proposed.sis_line
    left join recon.exit_origin on templates.sis_line = exit_origin.sis_line
    left join recon.pair_difference as difference
        on
            templates.ods_line = difference.ods_line
            and templates.sis_line = difference.sis_line

)

select
    ods_line,
    sis_line,
    student_key,
    class,
    reason,
    replace(
        replace(
            replace(
                replace(
                    replace(
                        replace(
                            replace(
                                replace(
                                    replace(
                                        replace(
                                            replace(
                                                replace(
                                                    replace(
                                                        template, '{as_of}', as_of
                                                    ), '{span}', span
                                                ), '{school_year}', school_year
                                            ), '{completion_status}', completion_status
                                        ), '{other_side}', other_side
                                    ), '{other_reason}', other_reason
                                ), '{exit_date}', exit_date
                            ), '{exit_reason}', exit_reason
                        ), '{sis_exit_date}', sis_exit_date
                    ), '{sis_exit_reason}', sis_exit_reason
                ), '{ods_exit_date}', ods_exit_date
            ), '{ods_exit_reason}', ods_exit_reason
        ), '{other_fields}', other_fields
    ) as explanation

from named_values;
