"""Write the records of an uneven file in one regular form, without what is above and below them."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from senr_duck.load.text_lines import END_MARK
from senr_duck.load.text_records import DELIMITERS, Row
from senr_duck.privacy.shown_list import MOST_NAMED, name_count
from senr_duck.reference.file_types import file_types

# What is no record, as it is counted at the end; in the middle it is a fault.
_BLANK, _WITHOUT, _ONLY = "blank", "without a delimiter", "with only delimiters"
_MARK, _HEADER, _CUT = "end-of-file mark", "header", "cut off"
_FAULTS = {
    _BLANK: "is blank",
    _WITHOUT: "has no delimiter",
    _ONLY: "has only delimiters",
    _MARK: "is an end-of-file mark",
    _HEADER: "repeats the header",
    _CUT: "has no delimiter and may be a record that was cut off",
}


@dataclass
class Written:
    """What was found on the way: records in ``target``'s form, and lines that are no records.

    ``sizes`` counts the records by their number of fields, ``at_end`` what was passed over at the
    end, by its kind. ``longer`` are records with a blank field too many at the end. ``is_cut``: the
    last line may be the start of a record.
    """

    fields: int
    sizes: Counter[int] = field(default_factory=Counter)
    at_end: Counter[str] = field(default_factory=Counter)
    longer: int = 0
    no_records: int = 0
    is_cut: bool = False
    faults: list[tuple[int, str]] = field(default_factory=list)
    first_longer: list[int] = field(default_factory=list)

    @property
    def records(self) -> int:
        """The number of records that have the right number of fields."""
        return self.sizes[self.fields] + (self.longer if self.is_longer else 0)

    @property
    def is_longer(self) -> bool:
        """Whether every record ends with a delimiter."""
        return self.longer > 0 and self.longer == self.sizes.total()

    @property
    def wrong(self) -> int:
        """The number of lines that must not be there."""
        return self.no_records + self.sizes.total() - self.records


def write_records(
    rows: Iterable[Row], fields: int, target: Path, header: list[str] | None = None
) -> Written:
    """Write the rows that are records to a new file ``target``.

    ``target`` is UTF-8, comma-delimited, and quoted where needed; each record begins with its
    line's number. What is no record is passed over at the end; in the middle it is a fault, as is a
    record with a wrong number of ``fields``. One blank field too many at the end of every record is
    left out. ``header`` are the names of a table, which must not come again.
    """
    written = Written(fields)
    pending: list[tuple[int, str, bool]] = []
    with target.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out, lineterminator="\n").writerow
        for row in rows:
            cells = row.cells
            if len(cells) != fields or not any(map(str.strip, cells[1:])) or cells == header:
                noun = _name_other(row, header)
                if noun:
                    pending.append((row.number, noun, _is_certain(row, noun)))
                    continue
            if pending:
                _add_faults(written, [(number, noun) for number, noun, _ in pending])
                pending = []
            size = len(cells)
            if size == fields + 1 and not cells[-1].strip():
                written.longer += 1
                if len(written.first_longer) < MOST_NAMED:
                    written.first_longer.append(row.number)
                cells = cells[:-1]
            elif size != fields and len(written.faults) < MOST_NAMED:
                written.faults.append((row.number, describe_size(size)))
            written.sizes[size] += 1
            write([row.number, *cells])
    _end(written, pending)
    return written


def describe_passed_over(file_name: str, written: Written, delimiter: str | None) -> list[str]:
    """Return a notice of what is passed over at the end of the file and of each line.

    ``delimiter`` is None in a workbook, whose lines are rows.
    """
    notices = []
    if written.is_longer:
        notices.append(
            f"{file_name}: the {DELIMITERS[delimiter or ',']} at the end of each of its "
            f"{name_count(written.records, 'record')} is passed over"
        )
    if total := written.at_end.total():
        lines = name_count(total, "line" if delimiter else "row")
        verbs = "holds no record and is" if total == 1 else "hold no record and are"
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in written.at_end.items())
        notices.append(f"{file_name}: {lines} at the end {verbs} passed over ({kinds})")
    return notices


def describe_size(fields: int) -> str:
    """Return ``has 1 field`` or ``has 36 fields``."""
    return f"has {name_count(fields, 'field')}"


def _name_other(row: Row, header: list[str] | None) -> str:
    """Return what a row is that is no record; blank for a record."""
    if row.cells == [END_MARK]:
        return _MARK
    if row.cells == header:
        return _HEADER
    if len(row.cells) < 2:
        return _WITHOUT if any(map(str.strip, row.cells)) else _BLANK
    if row.is_quoted:  # a database that quotes every value has written it
        return ""
    filled = [cell for cell in row.cells if cell.strip()]
    if not filled:
        return _ONLY
    is_padded = header is not None and filled == row.cells[:1] and _is_sentence(filled[0])
    return _WITHOUT if is_padded else ""


def _is_certain(row: Row, noun: str) -> bool:
    """Return whether a row at the end is certainly not the start of a record that was cut off."""
    if noun != _WITHOUT:
        return noun != _HEADER
    words = row.cells[0].strip()
    if not row.is_whole:  # the file may have been cut off within a name
        return _is_sentence(words) and re.search(r"[\d():]", words) is not None
    begins_as_record = words.upper().startswith(tuple(file_types()))
    return _is_sentence(words) or (words.isalpha() and not begins_as_record)


def _is_sentence(text: str) -> bool:
    """Return whether a text has words, as ``(81 rows affected)`` does, and is not one value."""
    return re.search(r"[^\W\d_]", text) is not None and re.search(r"\S\s\S|[():]", text) is not None


def _add_faults(written: Written, others: list[tuple[int, str]]) -> None:
    written.no_records += len(others)
    room = max(0, MOST_NAMED - len(written.faults))
    written.faults += [(number, _FAULTS[noun]) for number, noun in others[:room]]


def _end(written: Written, pending: list[tuple[int, str, bool]]) -> None:
    """Settle what depends on the whole file: what is at its end, and delimiters too many."""
    written.is_cut = any(noun == _WITHOUT and not is_certain for _, noun, is_certain in pending)
    uncertain = [(number, noun) for number, noun, is_certain in pending if not is_certain]
    _add_faults(
        written, [(number, _CUT if noun == _WITHOUT else noun) for number, noun in uncertain]
    )
    written.at_end.update(noun for _, noun, is_certain in pending if is_certain)
    if written.longer and not written.is_longer:
        size = describe_size(written.fields + 1)
        written.faults += [(number, size) for number in written.first_longer]
    written.faults.sort()
