"""Values that no record should have, in records of the right form."""

from collections.abc import Callable, Sequence
from random import Random

from tests.support.extracts import Record

_DATES = (
    *("00000000", "00010101", "00010102", "99991231", "99990701", "20260230", "2026-03-02"),
    *("20260302", "20250814", "20250701", "20250630", "20230701", "20230630", "1", "2025", "0000"),
    *("20251301", "19000101", "20260901", " 20250814 ", "20250814T00", "२०२५०८१४", "-0010101"),
)
_CODES = (
    *("E155", "N470", "E150", "E230", "e170", "480", "100", "104", "10", "20", "30", "50", "KN"),
    *(
        "12",
        "AD",
        "PS",
        "1964733",
        "0000000",
        "9999999",
        "1930651",
        "D",
        "A",
        "R",
        "SENR",
        "SENR-R",
    ),
)
_TEXTS = (
    *("", " ", "\u00a0", "0", "-1", "1e9", "NaN", "null", "NULL", "true", "=1+1", "@x", "+1", "-"),
    *(
        "ñ",
        "Ł",
        "\U0001f986",
        "e\u0301",
        "\u202eabc",
        "\ufffd",
        "\u2028",
        "\u0085",
        "\x1b[2J",
        "\x07",
    ),
    *("'", '"', "''", "\\", "%", "_", "$1", "{}", "<script>", "&amp;", "]]>", "x" * 300, "9" * 40),
    *("\x7f", "\x1f", "\x0b", "a\x1cb", "A" * 5_000, "../../x", "C:\\x", "a,b", "a;b", "a|b"),
)
VALUES: Sequence[str] = (*_DATES, *_CODES, *_TEXTS)
# Within quotes only.
QUOTED = ("a^b", "a\nb", "a\r\nb", "a\tb", '"quoted"', "a,b", "\n", "^", "\t")

_KEYS = ("ssid", "school_of_attendance", "enrollment_start_date")


def put_odd_values(
    rng: Random, records: Sequence[Record], columns: Sequence[str], quoted: bool
) -> list[Record]:
    """Return the records with some odd values, some records repeated, dropped, or reordered.

    With ``quoted``, a value may contain what only a quoted field can.
    """
    odd = [dict(one) for one in records]
    values = (*VALUES, *QUOTED) if quoted else VALUES
    for _ in range(rng.choice((1, 2, 5, 40))):
        rng.choice(_CHANGES)(rng, odd, columns, values)
    return odd


def _change_one(
    rng: Random, records: list[Record], columns: Sequence[str], values: Sequence[str]
) -> None:
    rng.choice(records)[rng.choice(columns)] = rng.choice(values)


def _change_date(rng: Random, records: list[Record], _: Sequence[str], __: Sequence[str]) -> None:
    column = rng.choice(("enrollment_start_date", "enrollment_exit_date", "student_birth_date"))
    rng.choice(records)[column] = rng.choice(_DATES)


def _change_all(
    rng: Random, records: list[Record], columns: Sequence[str], values: Sequence[str]
) -> None:
    column, value = rng.choice(columns), rng.choice(values)
    for one in records:
        one[column] = value


def _copy_value(
    rng: Random, records: list[Record], columns: Sequence[str], _: Sequence[str]
) -> None:
    """Put a value in the field of another one, in the same record or not."""
    to = rng.choice(columns)
    rng.choice(records)[to] = rng.choice(records).get(rng.choice((to, rng.choice(columns))), "")


def _shift(rng: Random, records: list[Record], columns: Sequence[str], _: Sequence[str]) -> None:
    one = rng.choice(records)
    values = [one.get(column, "") for column in columns]
    one.update(zip(columns, [*values[1:], values[0]], strict=True))


def _repeat(rng: Random, records: list[Record], _: Sequence[str], __: Sequence[str]) -> None:
    one = dict(rng.choice(records))
    if rng.random() < 0.5:
        one["enrollment_start_date"] = rng.choice(_DATES)
    records.append(one)


def _merge(rng: Random, records: list[Record], _: Sequence[str], __: Sequence[str]) -> None:
    """Give a record the key, or a part of it, of another one."""
    column = rng.choice(_KEYS)
    rng.choice(records)[column] = rng.choice(records)[column]


def _drop(rng: Random, records: list[Record], _: Sequence[str], __: Sequence[str]) -> None:
    if len(records) > 1:
        del records[rng.randrange(len(records))]


def _reorder(rng: Random, records: list[Record], _: Sequence[str], __: Sequence[str]) -> None:
    rng.shuffle(records)


_Change = Callable[[Random, list[Record], Sequence[str], Sequence[str]], None]
_CHANGES: tuple[_Change, ...] = (
    *(_change_one,) * 6,
    *(_change_date,) * 3,
    *(_change_all, _copy_value, _copy_value, _shift, _repeat, _merge, _merge, _drop, _reorder),
)
