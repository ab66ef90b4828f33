"""Build the report's page from templates, style sheet, and scripts."""

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import date
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck import __version__
from senr_duck.causes.sentences import describe_cause, name_subject
from senr_duck.export.archive import name_archive
from senr_duck.reference.classes import classes_by_code
from senr_duck.report.compared import Comparison
from senr_duck.report.counts import Counts
from senr_duck.report.labels import SEVERITIES, SOURCES
from senr_duck.report.notices import read_names, word_notice
from senr_duck.report.picture import NARROW, WIDE, draw_accounting
from senr_duck.report.places import Places
from senr_duck.report.trend import Trend
from senr_duck.work_lists.write_lists import name_work_list

if TYPE_CHECKING:
    from jinja2 import Environment

    from senr_duck.report.named_students import NamedStudent
    from senr_duck.student.read_student import Student

_FOLDER = Path(__file__).resolve().parent
_SCRIPTS = ("data.js", "timeline.js", "students.js", "spot_check.js")  # only for students


def make_environment() -> "Environment":
    """Return the templates' environment: all values are escaped; an unknown name is an error.

    It compiles the templates, which takes longer than filling them.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "number": lambda value: f"{value:,}",
        "count": lambda value, noun: f"{value:,} {noun if value == 1 else noun + 's'}",
        "share": lambda value, whole: f"{100 * value / whole:.2f}".rstrip("0").rstrip("."),
        "sentence": lambda text: f"{text[:1].upper()}{text[1:].removesuffix('.')}.",
        "capitalize_first": lambda text: f"{text[:1].upper()}{text[1:]}",
        "groupby_kept": _group_kept,
        "subject": name_subject,
    }
    environment.globals |= {
        "labels": classes_by_code(),
        "severities": SEVERITIES,
        "sources": SOURCES,
        "describe_cause": describe_cause,
        "name_work_list": name_work_list,
    }
    for name in environment.list_templates():
        environment.get_template(name)
    return environment


def _group_kept(items: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Group the items by an attribute's value, and keep the order of groups and items."""
    groups: dict[Any, list[Any]] = {}
    read = attrgetter(attribute)
    for item in items:
        groups.setdefault(read(item), []).append(item)
    return list(groups.items())


def render_page(
    environment: "Environment",
    counts: Counts,
    student_data: str | None,
    left_out: tuple[int, int],
    spot_checks: "tuple[Student, ...]",
    trend: Trend | None,
    places: Places | None,
    held_students: "dict[str, tuple[NamedStudent, ...]]",
    comparisons: tuple[Comparison, ...] = (),
    orphaned: int = 0,
) -> str:
    """Return the report as one HTML text that loads nothing and runs only its own script.

    ``student_data`` is a JSON text from ``escape_json``; None makes a report of counts only.
    ``left_out`` is how many students it does not have, from ``count_left_out``.
    ``comparisons`` of other files get a section each. ``orphaned`` is the number of programs and
    statuses that the files leave outside the enrollments.
    """
    from markupsafe import Markup

    school_names = {one.code: one.name for one in counts.schools if one.name}
    return _render(
        environment,
        "report.html",
        has_students=student_data is not None,
        has_comparisons=bool(comparisons),
        has_orphaned=bool(orphaned),
        orphaned=orphaned,
        counts=counts,
        comparisons=comparisons,
        wide=draw_accounting(counts.classes, WIDE),
        narrow=draw_accounting(counts.classes, NARROW),
        shortens_enrollments=any(
            {"remove", "no_show", "exit"} & set(one.classes) for one in counts.files
        ),
        # JSON that cannot close its element
        student_data=None if student_data is None else Markup(student_data),  # noqa: S704
        acted_on_left_out=left_out[0],
        listed_left_out=left_out[1],
        spot_checks=spot_checks,
        trend=trend,
        places=places,
        held_students=held_students,
        zips=_name_zips(counts),
        school_names=school_names,
        name_schools=lambda text: re.sub(
            r"\b\d{7}\b",
            lambda code: (
                f"{school_names[code[0]]} ({code[0]})" if code[0] in school_names else code[0]
            ),
            text,
        ),
        word_notice=partial(
            word_notice,
            names=read_names(),
            rules_shown={one.rule for one in counts.exceptions},
            folder=places.run if places else None,
        ),
    )


def render_comparison(environment: "Environment", comparison: Comparison) -> str:
    """Return the report of one comparison, in the same frame as that of a run."""
    return _render(
        environment,
        "comparison.html",
        has_students=comparison.data is not None,
        has_comparisons=True,
        one=comparison,
    )


def _render(
    environment: "Environment",
    template: str,
    *,
    has_students: bool,
    has_comparisons: bool,
    has_orphaned: bool = False,
    **shown: Any,
) -> str:
    """Fill a page's template, with the style and the scripts of the parts that it has."""
    from markupsafe import Markup

    styles = ["report.css", *(["compared.css"] if has_comparisons else [])]
    scripts = [
        *(_SCRIPTS if has_students else ()),
        *(["orphaned.js"] if has_students and has_orphaned else []),
        *(["compared.js"] if has_students and has_comparisons else []),
        "report.js",
    ]
    style, script = ("\n".join(map(_read, names)) for names in (styles, scripts))
    return environment.get_template(template).render(
        # files of this package
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
        has_students=has_students,
        version=__version__,
        **shown,
    )


def _name_zips(counts: Counts) -> dict[str, str]:
    """Return the zip's name for each LEA that has files."""
    as_of = date.fromisoformat(counts.as_of)
    return {one.file.lea: name_archive(one.file.lea, as_of) for one in counts.files}


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the source expression with which a Content-Security-Policy allows only this text."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
