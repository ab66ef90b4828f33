-- pair_class: the class of each pair of SELA, and of each line without one, with the reason.
--
-- The newest status of both sides decides. elas_pairs.csv has the class of each pair of different
-- statuses that says what to do; of the others one is wrong, or CALPADS is ahead.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    status_pair, status_fit, compare_parameters, elas_pair, elas_succession
-- stored:   yes

create or replace view compare.pair_class as

with

same_status as (

    select
        ods_line,
        sis_line,
        case
            when sis_start is null and calpads_start is not null
                then 'date_differs DATE-BLANK-IN-SIS'
            when
                coalesce(sis_start, date '0001-01-01') <> coalesce(calpads_start, date '0001-01-01')
                then
                    case sis_status
                        when 'TBD' then 'date_differs DATE-TBD'
                        else 'date_differs DATE'
                    end
            when is_language_same then 'same SAME'
            when sis_language = '' then 'blank_in_sis LANGUAGE-BLANK-IN-SIS'
            when is_of_other_lea then 'update LANGUAGE-OTHER-LEA'
            when sis_language in ('00', 'eng', 'ase') and sis_status <> 'EO'
                then 'not_sendable LANGUAGE-NOT-FOR-STATUS'
            else 'update LANGUAGE'
        end as class_and_reason

    from compare.status_pair

    where calpads_status = sis_status

),

other_status as (

    select
        pair.ods_line,
        pair.sis_line,
        case
            when pair.sis_line is null and pair.is_of_other_lea
                then 'not_in_sis NOT-IN-SIS-OTHER-LEA'
            when pair.sis_line is null then 'not_in_sis NOT-IN-SIS'
            when not pair.is_sis_status_known then 'not_compared STATUS-UNKNOWN'
            when elas_pair.reason = 'FIRST-STATUS' and fit.is_before_first
                then 'unseen FIRST-STATUS-FOREIGN'
            when
                elas_pair.class = 'next_status'
                and coalesce(pair.sis_start <= pair.calpads_start, pair.sis_start is null)
                then 'not_sendable START-NOT-LATER'
            when pair.sis_status = 'RFEP' and elas_pair.class = 'next_status'
                then
                    case
                        when not parameters.has_enrollments then 'next_status NEXT-STATUS-UNCHECKED'
                        when fit.is_inside then 'next_status NEXT-STATUS'
                        else 'not_sendable START-OUTSIDE-ENROLLMENT'
                    end
            when
                coalesce(elas_pair.class, 'disputed') = 'disputed'
                and (
                    pair.calpads_start > pair.sis_start
                    or (pair.sis_start is null and succession.status_to is not null)
                )
                then 'calpads_ahead CALPADS-AHEAD'
            else
                coalesce(elas_pair.class, 'correction')
                || ' '
                || coalesce(elas_pair.reason, 'CORRECTION')
        end as class_and_reason

    from compare.status_pair as pair
    cross join reference.compare_parameters as parameters
    left join compare.status_fit as fit on pair.sis_line = fit.sis_line
    left join reference.elas_pair as elas_pair
        on
            pair.calpads_status = elas_pair.calpads_status
            and pair.sis_status = elas_pair.sis_status
    left join reference.elas_succession as succession
        on
            pair.sis_status = succession.status_from
            and pair.calpads_status = succession.status_to
            and succession.correction_reason is null

    where pair.calpads_status <> pair.sis_status

)

select
    ods_line,
    sis_line,
    split_part(class_and_reason, ' ', 1) as class,
    split_part(class_and_reason, ' ', 2) as reason
from same_status
union all
select
    ods_line,
    sis_line,
    split_part(class_and_reason, ' ', 1) as class,
    split_part(class_and_reason, ' ', 2) as reason
from other_status;
