-- status_pair: the newest status of each student on both sides, with what decides its class.
--
-- Before 2023-09-19 languages had codes of two characters, which say nothing next to today's three.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    pair, sela_line, compare_parameters, compared_field, code
-- stored:   no

create or replace view compare.status_pair as

with

statuses as (

    select
        side,
        source_line,
        reporting_lea,
        english_language_acquisition_status_code as status,
        english_language_acquisition_status_start_date as start_date,
        lower(primary_language_code) as language

    from staging.sela_line

),

both_statuses as (

    select
        pair.ods_line,
        pair.sis_line,
        pair.ssid,
        ods.reporting_lea,
        coalesce(ods.status, 'none') as calpads_status,
        coalesce(sis.status, 'none') as sis_status,
        ods.start_date as calpads_start,
        sis.start_date as sis_start,
        coalesce(ods.language, '') as calpads_language,
        coalesce(sis.language, '') as sis_language,
        language_field.is_given as has_language

    from compare.pair
    cross join reference.compared_field as language_field
    left join statuses as ods
        on
            pair.ods_line = ods.source_line
            and ods.side = 'ods'
    left join statuses as sis
        on
            pair.sis_line = sis.source_line
            and sis.side = 'sis'

    where language_field.column_name = 'primary_language_code'

)

select
    both_statuses.ods_line,
    both_statuses.sis_line,
    both_statuses.ssid,
    both_statuses.calpads_status,
    both_statuses.sis_status,
    both_statuses.calpads_start,
    both_statuses.sis_start,
    both_statuses.sis_language,
    both_statuses.reporting_lea <> parameters.lea as is_of_other_lea,
    elas.code is not null as is_sis_status_known,
    not both_statuses.has_language
    or both_statuses.calpads_language = both_statuses.sis_language
    or (
        coalesce(both_statuses.sis_start < date '2023-09-19', false)
        and length(both_statuses.calpads_language) + length(both_statuses.sis_language) = 5
    ) as is_language_same

from both_statuses
cross join reference.compare_parameters as parameters
left join reference.code as elas
    on
        elas.code_set = 'elas'
        and both_statuses.sis_status = elas.code;
