"""Fill the reference tables from ``data/reference/``, as in force on a day."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from senr_duck.reference.resources import resource
from senr_duck.reference.sql_tables import escape_pattern

if TYPE_CHECKING:
    import duckdb

# Of the compared values the exit date is the first; then come the codes, in file order.
_LAYOUT = """
insert into reference.layout by name
with listed as (
    select
        row_number() over () as position,
        *
    from read_csv(
        $path,
        columns = {
            'number': 'varchar', 'name': 'varchar', 'column': 'varchar', 'type': 'varchar',
            'max_length': 'integer', 'required': 'varchar', 'role': 'varchar',
            'code_set': 'varchar', 'since': 'date', 'notes': 'varchar', 'needed': 'varchar'
        },
        header = true, auto_detect = false, nullstr = ''
    )
),
field as (
    select
        *,
        case
            when role = 'enrollment'
                then row_number() over (partition by role order by type <> 'DT', position)
        end as compared_place
    from listed
)
select
    position, number, name, "column" as column_name, type, max_length, required, role, code_set,
    since,
    compared_place
from field
where since is null or since <= $as_of
"""

# A code may be blank: the transaction type of a record to add or to replace.
_CODES = """
insert into reference.code by name
select
    code_set, code, name, valid_from, valid_to,
    ends_year is not null as is_year_end,
    coalesce(ends_year = 'only', false) as is_only_year_end,
    no_show_days
from read_csv(
    $path,
    columns = {
        'code_set': 'varchar', 'code': 'varchar', 'name': 'varchar', 'valid_from': 'date',
        'valid_to': 'date', 'ends_year': 'varchar', 'no_show_days': 'integer', 'notes': 'varchar'
    },
    header = true, auto_detect = false, nullstr = '', force_not_null = ['code', 'name']
)
"""

_CODE_GRADES = """
insert into reference.code_grade by name
select
    code_set, code,
    unnest(string_split(grades, ' ')) as grade_level_code,
    since
from read_csv(
    $path,
    columns = {
        'code_set': 'varchar', 'code': 'varchar', 'grades': 'varchar', 'since': 'date',
        'source': 'varchar'
    },
    header = true, auto_detect = false, nullstr = ''
)
"""

# What becomes nothing comes last, as SQL's translate() needs it.
_NAME_CHARACTERS = """
insert into reference.name_character by name
select
    row_number() over (order by becomes = 'nothing', code) as place,
    chr(cast('0x' || substr(code, 3) as integer)) as character,
    case becomes when 'apostrophe' then '''' when 'hyphen' then '-' when 'space' then ' ' end
        as becomes
from read_csv(
    $path,
    columns = {'code': 'varchar', 'name': 'varchar', 'becomes': 'varchar'},
    header = true, auto_detect = false
)
"""

# Before its start date, a rule has another severity or is off; the configuration has precedence.
_RULES = """
insert into reference.rule by name
with catalog as (
    select * from read_csv(
        $path,
        columns = {
            'code': 'varchar', 'name': 'varchar', 'severity': 'varchar', 'stage': 'varchar',
            'since': 'date', 'severity_before': 'varchar', 'fields': 'varchar',
            'message': 'varchar', 'fix': 'varchar', 'confidence': 'varchar',
            'evidence': 'varchar'
        },
        header = true, auto_detect = false, nullstr = '',
        force_not_null = ['fields', 'message', 'fix', 'confidence']
    )
),
configured as (
    select
        unnest(cast($codes as varchar[])) as code,
        unnest(cast($severities as varchar[])) as severity
)
select
    catalog.code,
    catalog.name,
    case
        when configured.severity is not null then configured.severity
        when catalog.since > $as_of then coalesce(catalog.severity_before, 'off')
        else catalog.severity
    end as severity,
    catalog.stage,
    catalog.since,
    catalog.fields,
    catalog.message,
    catalog.fix,
    catalog.confidence,
    catalog.evidence,
    configured.severity is not null as is_severity_by_hand
from catalog
left join configured on catalog.code = configured.code
"""

_RULE_CAUSES = """
insert into reference.rule_cause by name
from read_csv(
    $path,
    columns = {
        'rule': 'varchar', 'cause': 'varchar', 'severity': 'varchar', 'message': 'varchar',
        'fix': 'varchar'
    },
    header = true, auto_detect = false, nullstr = ''
)
"""

_CLASSES = """
insert into reference.class by name
select
    row_number() over () as position,
    *
from read_csv(
    $path,
    columns = {
        'code': 'varchar', 'is_sent': 'boolean', 'is_in_ods': 'boolean', 'is_in_sis': 'boolean',
        'accounting_order': 'integer', 'spot_check_order': 'integer', 'files': 'varchar',
        'name': 'varchar', 'summary': 'varchar', 'action': 'varchar', 'meaning': 'varchar'
    },
    header = true, auto_detect = false, nullstr = '', force_not_null = ['files', 'action']
)
"""

_HARMS = """
insert into reference.harm by name
select
    row_number() over () as position,
    *
from read_csv(
    $path,
    columns = {'code': 'varchar', 'name': 'varchar', 'meaning': 'varchar'},
    header = true, auto_detect = false, nullstr = ''
)
"""

_SENTENCES = """
insert into reference.sentence by name
from read_csv(
    $path,
    columns = {'code': 'varchar', 'sentence': 'varchar'},
    header = true, auto_detect = false, nullstr = ''
)
"""

# A reason without a name is a rule; a rule that is not listed is a reason to put a student on hold.
_REASONS = """
insert into reference.reason by name
with listed as (
    select * from read_csv(
        $path,
        columns = {
            'code': 'varchar', 'class': 'varchar', 'name': 'varchar', 'meaning': 'varchar'
        },
        header = true, auto_detect = false, nullstr = ''
    )
)
select
    listed.code,
    listed.class,
    coalesce(listed.name, rule.name) as name,
    coalesce(listed.meaning, rule.message) as meaning
from listed
left join reference.rule as rule on listed.code = rule.code
union all
select rule.code, 'held' as class, rule.name, rule.message as meaning
from reference.rule as rule
where rule.code not in (select code from listed)
"""


def fill_facts(
    con: "duckdb.DuckDBPyConnection", as_of: date, severities: Mapping[str, str]
) -> None:
    """Fill the tables of facts: layout, codes, rules, classes, harms, reasons, sentences.

    Each comes from its CSV file. The layout has the fields in force on the day ``as_of``, and a
    rule has the severity in force then, unless ``severities`` has another one for its code.
    """
    _read(con, _LAYOUT, "senr_layout.csv", as_of=as_of)
    _read(con, _CODES, "code_sets.csv")
    _read(con, _CODE_GRADES, "code_grades.csv")
    _read(con, _NAME_CHARACTERS, "name_characters.csv")
    _read(
        con,
        _RULES,
        "rules.csv",
        as_of=as_of,
        codes=list(severities),
        severities=list(severities.values()),
    )
    _read(con, _RULE_CAUSES, "rule_causes.csv")
    _read(con, _CLASSES, "classes.csv")
    _read(con, _HARMS, "harms.csv")
    _read(con, _REASONS, "reasons.csv")
    _read(con, _SENTENCES, "sentences.csv")


def _read(con: "duckdb.DuckDBPyConnection", insert: str, name: str, **values: object) -> None:
    con.execute(insert, {"path": escape_pattern(resource("data", "reference", name)), **values})
