"""A SIS table in any mix of the forms that spreadsheets and databases write."""

import csv
import io
from random import Random

from tests.support.extracts import Record
from tests.support.odd_files import OFFICIAL, SIS_COLUMNS

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
_ABOVE = ((), ("Enrollments",), ("", "Enrollments by school", "as of today", ""))
_BELOW = ((), ("",), ("", "\x1a"), ("", "(12 rows affected)", ""), ("Completion time: today",))


def write_table(rng: Random, records: list[Record]) -> bytes:
    """Return the records as a text with a header, in a form that is read with certainty."""
    delimiter = rng.choice(",\t;|")
    line_end = rng.choice(("\r\n", "\n", "\r"))
    columns = rng.sample(SIS_COLUMNS, len(SIS_COLUMNS))
    rows = [[rng.choice((column, OFFICIAL[column])) for column in columns]]
    if rng.random() < 0.2:
        rows.append(["-" * len(name) for name in columns])
    rows += [[one.get(column, "") for column in columns] for one in records]
    text = io.StringIO(newline="")
    quoting = rng.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    for row in rows:
        writer.writerow(row)
    delimiters = delimiter * (len(columns) - 1) + line_end
    text.write(rng.choice(("", "", delimiters)))
    above = "".join(line + line_end for line in rng.choice(_ABOVE))
    below = "".join(line + line_end for line in rng.choice(_BELOW))
    return (above + text.getvalue() + below).encode(rng.choice(_ENCODINGS))
