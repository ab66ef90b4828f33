"""Report the lines of a file that are not records of its form."""

from collections import Counter

from senr_duck.errors import InputError
from senr_duck.load.plain_file import PlainFile
from senr_duck.load.record_writer import Written, describe_size
from senr_duck.load.text_lines import AGAIN
from senr_duck.load.text_records import DELIMITERS
from senr_duck.privacy.shown_list import name_first


def refuse_wrong_lines(
    file: PlainFile, written: Written, delimiter: str | None, has_names: bool
) -> None:
    """Raise InputError, with the lines, if there is one that is not a record.

    ``delimiter`` is None in a workbook, whose lines are rows. ``has_names``: a header gives the
    columns. A file without one in which no record has the right size is refused by its layout.
    """
    if not written.wrong:
        return
    if not has_names and not written.records and written.sizes:
        raise _refuse_layout(file, written.fields, written.sizes)
    place = "line" if delimiter else "row"
    faults = [f"{place} {number} {fault}" for number, fault in written.faults]
    where = f"that {place}" if written.wrong == 1 else f"those {place}s"
    if written.is_cut:
        hint = "check the end of the file: more records may belong there"
    elif written.no_records == written.wrong:
        hint = f"remove {where}: what is not a record may only be above and below the records"
    else:
        sign = "^" if delimiter == "^" else DELIMITERS[delimiter or ","]
        hint = f"check for a stray {sign} in {where}"
    whose = "the header" if has_names else _name_layout(file, written.fields)
    raise InputError(
        f"{file.file_name} {name_first(faults, written.wrong)}; {whose} has {written.fields}",
        f"{AGAIN[file.side]}, or {hint}",
    )


def _name_layout(file: PlainFile, fields: int) -> str:
    if file.side == "ods":
        return f"the {fields - 2}-field {file.record_type} layout"
    return f"the {fields}-field {file.record_type} layout"


def _refuse_layout(file: PlainFile, expected: int, sizes: Counter[int]) -> InputError:
    """Return the error for a caret file in which no record has the expected number of fields."""
    [(fields, _)] = sizes.most_common(1)
    extra = 2 if file.side == "ods" else 0
    sizes_known = file.file_type.sizes
    known = dict(sizes_known).get(fields - extra)
    if known:
        return InputError(
            f"{file.file_name} {describe_size(fields)} per record: "
            f"{_name_layout(file, fields)}, {known}; "
            f"{_name_layout(file, expected)} of the as-of date has {expected}",
            f"{AGAIN[file.side]} in that layout, or check the as-of date",
        )
    layouts = ", ".join(f"{fields + extra} ({described})" for fields, described in sizes_known)
    return InputError(
        f"{file.file_name} {describe_size(fields)} per record; "
        f"{_name_layout(file, expected)} of the as-of date has {expected}",
        f"{AGAIN[file.side]}; the known layouts have these numbers of fields: {layouts}",
    )
