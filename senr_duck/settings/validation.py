"""Check a table of values with pydantic, naming every fault by its key as it was written."""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import Any, ClassVar, NamedTuple, TypeVar, get_args, get_type_hints

from pydantic import (
    AfterValidator,
    ConfigDict,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import MOST_NAMED, name_first
from senr_duck.privacy.shown_value import describe_text, escape_controls, is_short, show_short

_WANTED = {"dataclass_type": "a table", "dict_type": "a table", "tuple_type": "a list"}
_LONGEST_KEY = 60  # characters
_MOST_BITS = 8_192  # Python writes out no number of more than 4,300 digits
KEY = "[key]"  # pydantic's mark, at a path's end, of a fault of the key and not of its value

_Model = TypeVar("_Model")


class Fault(NamedTuple):
    """A value that is not what it must be, or a key; ``keys`` are those that it may have meant."""

    path: tuple[str, ...]
    found: object
    expected: str
    keys: Iterable[str] = ()


class Table:
    """A dataclass that pydantic fills from a table, in which an unknown key is a fault."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}


def expect(expected: str, fits: Callable[[Any], object] = lambda _: True) -> WrapValidator:
    """Return pydantic metadata: the value is of the type and fits; if not, what was expected."""

    def check(value: object, validate_type: ValidatorFunctionWrapHandler) -> object:
        with suppress(ValidationError):
            if fits(typed := validate_type(value)):
                return typed
        raise _refuse([Fault((), value, expected)])

    return WrapValidator(check)


def expect_faultless(find_faults: Callable[[Any], Iterator[Fault]]) -> AfterValidator:
    """Return pydantic metadata: in the value, which is of the type, no further fault is found."""

    def check(value: object) -> object:
        if faults := list(find_faults(value)):
            raise _refuse(faults)
        return value

    return AfterValidator(check)


def _refuse(faults: list[Fault]) -> ValidationError:
    def detail(fault: Fault) -> InitErrorDetails:
        context = {"expected": fault.expected, "keys": fault.keys}
        kind = PydanticCustomError("fault", "fault", context)
        return InitErrorDetails(type=kind, loc=fault.path, input=fault.found)

    return ValidationError.from_exception_data("values", [detail(fault) for fault in faults])


def validate(
    model: type[_Model],
    values: Mapping[str, Any],
    written: Mapping[str, Any],
    spell: Callable[[list[str]], str],
) -> _Model:
    """Return the values as a model, or raise one InputError with all faults, as written.

    ``spell`` makes of a key's parts, as far as they were written, what a message calls it.
    """
    try:
        return TypeAdapter(model).validate_python(dict(values))
    except ValidationError as error:
        faults = [_read_fault(model, details) for details in error.errors(include_url=False)]
    faults = _sort_as_written(faults, written)
    messages = []
    for fault in faults[:MOST_NAMED]:
        found = "an unknown key" if fault.path[-1] == KEY else _show(fault.found)
        names = [_show_key(part) for part in fault.path[: _count_written(fault, written)]]
        messages.append(f"{spell(names)}: found {found}, expected {fault.expected}")
    hints = [hint for fault in faults[:MOST_NAMED] if (hint := _suggest(fault))]
    raise InputError(
        name_first(messages, len(faults), "\n"),
        "\n".join(hints) or "correct what is named here; what is left out gets its default",
    )


def _count_written(fault: Fault, written: Mapping[str, Any]) -> int:
    """Return how many parts of the fault's path, from the first on, the user wrote."""
    node: Any = written
    for count, part in enumerate(fault.path):
        if not isinstance(node, Mapping) or part not in node:
            return count
        node = node[part]
    return len(fault.path)


def _sort_as_written(faults: list[Fault], written: Mapping[str, Any]) -> list[Fault]:
    """Return the faults in the order of their keys in the file."""
    orders: dict[int, dict[str, int]] = {}  # by table: a file may have a fault on every line

    def place(fault: Fault) -> list[int]:
        node: Any = written
        places = []
        for part in fault.path[: _count_written(fault, written)]:
            if id(node) not in orders:
                orders[id(node)] = {key: place for place, key in enumerate(node)}
            places.append(orders[id(node)][part])
            node = node[part]
        return places

    return sorted(faults, key=place)


def _show_key(part: str) -> str:
    """Return a part of a key as TOML writes it; one that is too long for a key, its length."""
    if len(part) > _LONGEST_KEY:
        return f"(a key of {describe_text(part)})"
    return part if re.fullmatch("[A-Za-z0-9_-]+", part) else json.dumps(part)


def _read_fault(model: Any, details: Mapping[str, Any]) -> Fault:
    """Return one of pydantic's errors as a fault, none of its wording left."""
    path, found, kind = details["loc"], details["input"], details["type"]
    if kind == "fault":
        return Fault(path, found, **details["ctx"])
    if kind == "literal_error":
        return Fault(path, found, details["ctx"]["expected"].replace("'", '"'))
    if kind in _WANTED:
        return Fault(path, found, _WANTED[kind])
    tables = {name: hint for name, hint in get_type_hints(model).items() if is_dataclass(hint)}
    elsewhere = [f"{name}.{key.name}" for name, hint in tables.items() for key in fields(hint)]
    table = model
    for part in path[:-1]:
        table = get_type_hints(table)[part] if is_dataclass(table) else get_args(table)[1]
    keys = [key.name for key in fields(table)]
    return Fault((*path, KEY), path[-1], list_words(keys), [*elsewhere, *keys])


def _suggest(fault: Fault) -> str | None:
    """Return a hint at the nearest of the keys, going by the last part of a dotted one."""
    keys = {key.rpartition(".")[2].casefold(): key for key in fault.keys}
    if not keys or not isinstance(fault.found, str):
        return None
    near = difflib.get_close_matches(fault.found.casefold(), keys, n=1)
    found = escape_controls(fault.found)
    return f"did you mean {keys[near[0]]} instead of {found}?" if near else None


def _show(value: object) -> str:
    """Return a value much as TOML writes it, text in quotes; longer than a code, its length."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, str):
        return f"a text of {describe_text(value)}" if not is_short(value) else show_short(value)
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "a number of thousands of digits"
    if isinstance(value, int) and not is_short(str(value)):
        return f"a number of {len(str(abs(value)))} digits"
    return json.dumps(value) if isinstance(value, bool) else str(value)


def list_words(words: Sequence[str]) -> str:
    """Return one or more words in quotes, "or" before the last."""
    *others, last = [f'"{word}"' for word in words]
    return f"{', '.join(others)} or {last}" if others else last
