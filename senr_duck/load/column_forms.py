"""How the values of each column may be written: the plain form, and the others that are certain.

The conditions and the readings are SQL; ``<value>`` in them is the trimmed text of a value.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from senr_duck.reference.cds_code import CDS_CODE
from senr_duck.reference.column_names import OPTIONAL_COLUMNS
from senr_duck.reference.file_types import SENR
from senr_duck.reference.layout import Field, all_fields


class Certainty(Enum):
    """When a value in another form than the plain one is read."""

    ALWAYS = "whatever the other values are"
    ALL_READABLE = "if every value of the column can be read, whatever its form is"
    ALL_ALIKE = "if every value of the column has this form, or is the date of an open enrollment"


@dataclass(frozen=True)
class Form:
    """A form in which spreadsheets and databases write a value.

    ``test`` is the condition for it, and ``reading`` the value in the plain form. ``notice`` says
    how it is read, and is the form's name too. Of forms that fit a value, the first one counts.
    """

    test: str
    reading: str
    notice: str
    certainty: Certainty = Certainty.ALWAYS
    is_open: bool = False


@dataclass(frozen=True)
class Column:
    """How the values of one column may be written.

    ``plain`` is the condition for the plain form. ``is_odd`` is an aggregate over a table, quick to
    find out: whether some of its values may have another form; without it, the distinct values have
    to be looked at. ``expected`` describes the forms that can be read; a column without it is never
    refused. ``translation`` is the column whose table of local codes applies to it, if there can be
    one. ``rule`` finds such values in single records.
    """

    name: str
    column: str
    plain: str
    forms: tuple[Form, ...] = ()
    is_odd: str | None = None
    expected: str | None = None
    translation: str | None = None
    rule: str = "FRMT0001"
    is_date: bool = False
    is_place: bool = False

    @property
    def label(self) -> str:
        """Return the official name and the name of the column."""
        return self.name if self.name == self.column else f"{self.name} ({self.column})"

    @property
    def is_any_form(self) -> str:
        """Return the condition for a value in another form than the plain one."""
        return " or ".join(form.test for form in self.forms) or "false"


_CLOCK = r"(0?0:00(:00(\.0+)?)?|12:00(:00(\.0+)?)? ?[Aa][Mm])"
_MIDNIGHT = rf"[ T]{_CLOCK}"

_OPEN = Form(
    test=f"regexp_full_match(<value>, '(99991231|9999-12-31|12/31/9999)({_MIDNIGHT})?')",
    reading="cast(null as varchar)",
    notice="a day in the year 9999 is read as open",
    is_open=True,
)
_WITH_MIDNIGHT = Form(
    test=f"(regexp_full_match(<value>, '([0-9]{{8}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_MIDNIGHT}')"
    " and try_strptime(left(replace(left(<value>, 10), '-', ''), 8), '%Y%m%d') is not null)",
    reading="case when contains(<value>, '-') then left(<value>, 10) else left(<value>, 8) end",
    notice="a time of midnight is ignored",
)
# A day that does not exist, such as 2/30/2025, says nothing against the form; its text stays.
_AMERICAN = Form(
    test="regexp_full_match(<value>, '(0?[1-9]|1[0-2])/(0?[1-9]|[12][0-9]|3[01])/[0-9]{4}"
    f"( {_CLOCK})?')",
    reading="coalesce(strftime(try_strptime(split_part(<value>, ' ', 1), '%m/%d/%Y'), '%Y%m%d'),"
    " <value>)",
    notice="dates written M/D/YYYY are read",
    certainty=Certainty.ALL_ALIKE,
)
_PLAIN_DATE = (
    "case when regexp_full_match(<value>, '[0-9]{8}')"
    " then try_strptime(<value>, '%Y%m%d') is not null"
    " when regexp_full_match(<value>, '[0-9]{4}-[0-9]{2}-[0-9]{2}')"
    " then try_strptime(<value>, '%Y-%m-%d') is not null else false end"
)

_SSID_FORMS = tuple(
    Form(f"regexp_full_match(<value>, '{pattern}')", reading, notice, Certainty.ALL_READABLE)
    for pattern, reading, notice in (
        ('="[0-9]{10}"', "substr(<value>, 3, 10)", 'the marks of ="…" are ignored'),
        ("''[0-9]{10}", "right(<value>, 10)", "an apostrophe in front is ignored"),
        (r"[0-9]{10}\.0", "left(<value>, 10)", ".0 at the end is ignored"),
    )
)
_LOCAL_ID_FORMS = (
    Form(
        """regexp_full_match(<value>, '="[^"]*"')""",
        "substr(<value>, 3, length(<value>) - 3)",
        'the marks of ="…" are ignored',
    ),
    Form(
        "starts_with(<value>, '''')",
        "substr(<value>, 2)",
        "an apostrophe in front is ignored",
    ),
    Form(
        r"regexp_full_match(<value>, '[0-9]+\.0')",
        "left(<value>, length(<value>) - 2)",
        ".0 at the end is ignored",
        Certainty.ALL_ALIKE,
    ),
)
_SCHOOL_FORM = Form(
    "regexp_full_match(<value>, '[0-9]{14}')",
    "right(<value>, 7)",
    "of 14 digits, the last 7 are read as the school",
)
_LEA_FORM = Form(
    "regexp_full_match(<value>, '[0-9]{14}')",
    "left(<value>, 7)",
    "of 14 digits, the first 7 are read as the district",
)
_GRADE_FORM = Form(
    "regexp_full_match(<value>, '[1-9]')",
    "'0' || <value>",
    "a single digit is read with a zero in front",
)

_LEAS = ("reporting_lea", "district_of_geographic_residence_code")
_MAY_BE_OPEN = (
    "enrollment_exit_date",
    "education_program_membership_end_date",
    "effective_end_date",
)
# Nothing depends on what they contain, or text of any kind is right.
_NOT_LOOKED_AT = ("record_type_code", "local_record_id", "academic_year_id")


@cache
def list_columns(side: str, file_type: str = SENR) -> tuple[Column, ...]:
    """Return the columns of a side whose values have a form: not names, not cities."""
    listed = all_fields(file_type)
    fields = [field for field in listed if side == "ods" or not field.number.startswith("R.")]
    known = [found for field in fields if (found := _describe(field)) is not None]
    return (*known, *(_describe_optional() if side == "sis" and file_type == SENR else ()))


def _describe(field: Field) -> Column | None:
    if field.column in _NOT_LOOKED_AT:
        return None
    if field.type == "DT":
        return _describe_date(field)
    if field.column == "ssid":
        return Column(
            field.name,
            field.column,
            plain="regexp_full_match(<value>, '[0-9]{10}')",
            forms=_SSID_FORMS,
            is_odd="count(<value>) <> count(case when strlen(<value>) = 10"
            " then try_cast(<value> as bigint) end)",
            expected="10 digits in every line",
            rule="KEY-FORMAT",
        )
    if field.column == "local_student_id":
        return Column(
            field.name,
            field.column,
            plain="""not regexp_matches(<value>, '^[='']|\\.0$')""",
            forms=_LOCAL_ID_FORMS,
            is_odd="bool_or(starts_with(<value>, '=') or starts_with(<value>, '''')"
            " or suffix(<value>, '.0'))",
        )
    if field.max_length == 7:
        return _describe_place(field)
    if field.max_length and (field.code_set or field.column.endswith("_code")):
        return _describe_code(field, field.max_length)
    return None


def _describe_date(field: Field) -> Column:
    is_exit = field.column in _MAY_BE_OPEN
    return Column(
        field.name,
        field.column,
        plain=_PLAIN_DATE,
        forms=(*([_OPEN] if is_exit else []), _WITH_MIDNIGHT, _AMERICAN),
        expected=None
        if field.role == "bookkeeping"
        else "dates as YYYYMMDD or YYYY-MM-DD, or as M/D/YYYY in every line",
        rule="FRMT0002",
        is_date=True,
    )


def _describe_place(field: Field) -> Column:
    return Column(
        field.name,
        field.column,
        plain=f"regexp_full_match(<value>, '{CDS_CODE}')",
        forms=(_LEA_FORM if field.column in _LEAS else _SCHOOL_FORM,),
        is_odd="count(<value>) <> count(case when strlen(<value>) = 7"
        " then try_cast(<value> as integer) end)",
        expected="codes of 7 digits",
        translation=field.column,
        rule="KEY-FORMAT",
        is_place=True,
    )


def _describe_code(field: Field, max_length: int) -> Column:
    unit = "character" if max_length == 1 else "characters"
    is_grade = field.column == "grade_level_code"
    is_odd = f"max(strlen(<value>)) > {max_length}"
    if is_grade:
        is_odd += " or min(strlen(<value>)) < 2"
    if max_length >= len("NULL"):
        is_odd += " or bool_or(<value> in ('NULL', 'null'))"
    return Column(
        field.name,
        field.column,
        plain=f"length(<value>) <= {max_length} and upper(<value>) <> 'NULL'"
        + (" and not regexp_full_match(<value>, '[1-9]')" if is_grade else ""),
        forms=(_GRADE_FORM,) if is_grade else (),
        is_odd=is_odd,
        expected=f"codes of at most {max_length} {unit}",
        translation=field.column if field.code_set and field.role != "bookkeeping" else None,
    )


def _describe_optional() -> tuple[Column, ...]:
    """Return the optional columns of a SIS extract; they are read, and never refused."""
    grade, school, _ = OPTIONAL_COLUMNS
    return (
        Column(
            grade,
            grade,
            plain="not regexp_full_match(<value>, '[1-9]')",
            forms=(_GRADE_FORM,),
            is_odd="min(strlen(<value>)) < 2",
            translation="grade_level_code",
        ),
        Column(
            school,
            school,
            plain="length(<value>) <> 14",
            forms=(_SCHOOL_FORM,),
            is_odd="max(strlen(<value>)) > 7",
            translation="school_of_attendance",
        ),
    )
