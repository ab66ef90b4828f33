"""Write a first senr.toml, and say what to do next."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from senr_duck.draft.findings import Findings
from senr_duck.draft.gather import gather
from senr_duck.draft.toml_text import format_draft
from senr_duck.files.database_file import refuse_question_mark
from senr_duck.files.disk import explain_disk_faults
from senr_duck.files.own_file import refuse_changes, refuse_foreign
from senr_duck.files.workspace import open_scratch, publish_new_file, write_text
from senr_duck.privacy.shown_list import name_count
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.settings.settings import check_layout_day


def write_draft(ods: Sequence[Path], sis: Sequence[Path], out: Path, as_of: date) -> str:
    """Write the file ``out``, which only its owner can read, and return what was found, as text.

    The same extracts and the same school year give the same bytes. Raises InputError, and writes
    nothing, if there is such a file already, or if an extract cannot be read.
    """
    check_layout_day(as_of)
    refuse_foreign(out, "--out", "a configuration")
    refuse_question_mark(out.parent)
    with explain_disk_faults(), open_scratch(out) as scratch:
        with refuse_changes(*ods, *sis):
            found = gather(ods, sis, as_of, scratch)
        new = scratch / "senr.toml"
        write_text(new, format_draft(found, as_of))
        publish_new_file(new, out, "--out", "a configuration")
    return _describe(found, ods, sis, out)


def _describe(found: Findings, ods: Sequence[Path], sis: Sequence[Path], out: Path) -> str:
    codes = [code for column in found.local_codes for code in column.codes]
    likely = sum(code.code is not None for code in codes)
    schools = len(found.ods_schools) + len(found.sis_schools)
    counts = [
        f"{name_count(len(found.names.likely), 'column')} with a likely meaning",
        f"{name_count(len(codes), 'local code')}, {likely:,} of them with a likely CALPADS code",
        f"{name_count(schools, 'school')} on one side only",
    ]
    lines = [
        f"{escape_controls(out)} is written: {'; '.join(counts)}.",
        "Take away the # of each suggestion that is right, and fill in what has a question mark. "
        "Then:",
        " ".join(_write_command(ods, sis, out)),
    ]
    return "\n".join(lines)


def _write_command(ods: Sequence[Path], sis: Sequence[Path], out: Path) -> Iterator[str]:
    yield "senr-duck run"
    for option, paths in (("--ods", ods), ("--sis", sis)):
        for path in paths:
            yield f"{option} {_quote(path)}"
    if out != Path("senr.toml"):
        yield f"--config {_quote(out)}"


def _quote(path: Path) -> str:
    shown = escape_controls(path)
    return shown if re.fullmatch(r"[\w./\\:-]+", shown) else f'"{shown}"'
