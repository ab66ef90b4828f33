-- character_evidence: how many students CALPADS has with a character in a name that it should not
-- allow there.
--
-- Only the twenty most common characters of the names to be sent count, in ODS lines of this and the
-- last school year that changed after the rule came into force.
--
-- grain:    one row per character
-- key:      way
-- reads:    odd_name, evidence_line, ods_raw, rule
-- stored:   yes

create or replace view recon.character_evidence as

with

characters as (

    select unnest(string_split(odd_characters, '')) as way

    from recon.odd_name

),

ranked_characters as (

    select
        way,
        row_number() over (order by count(*) desc, way asc) as place

    from characters

    group by way

),

odd_ods_names as (

    select
        evidence_line.ssid,
        concat_ws(
            ' ',
            ods.student_legal_first_name,
            ods.student_legal_middle_name,
            ods.student_legal_last_name,
            ods.student_legal_name_suffix,
            ods.student_alias_first_name,
            ods.student_alias_middle_name,
            ods.student_alias_last_name
        ) as names

    -- for speed: in most runs no name to be sent has such a character, and nothing is read
    from (select max(way) as last_way from ranked_characters) as wanted
    inner join reference.rule as rule on rule.code = 'IVR0009' and wanted.last_way is not null
    inner join recon.evidence_line
        on
            greatest(
                coalesce(evidence_line.upload_date, ''),
                coalesce(evidence_line.last_date_updated, '')
            ) >= strftime(rule.since, '%Y%m%d')
    inner join staging.ods_raw as ods on evidence_line.ods_line = ods.line_number

)

select
    ranked_characters.way,
    count(distinct odd_ods_names.ssid) as students

from ranked_characters
inner join odd_ods_names on contains(odd_ods_names.names, ranked_characters.way)

where ranked_characters.place <= 20

group by ranked_characters.way;
