"""Check a table of values with pydantic, and report every fault with its key as written."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar, NamedTuple, TypeVar, get_args, get_type_hints

from pydantic import AfterValidator, ConfigDict, GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import MOST_NAMED, name_first
from senr_duck.privacy.shown_value import describe_text, escape_controls, is_short, show_short
from senr_duck.settings.nearest_name import find_nearest

_TYPES = {"dataclass_type": "a table", "dict_type": "a table", "tuple_type": "a list"}
_LONGEST_KEY = 60  # characters
_MOST_BITS = 8_192  # Python does not convert numbers of more than 4,300 digits to text
_DEEPEST = 4  # parts of a fault's key
KEY = "[key]"  # pydantic puts this at the end of a path if the key is wrong, not its value

_Model = TypeVar("_Model")
_Path = tuple[str, ...]


class Fault(NamedTuple):
    """A wrong value, or a wrong key; ``keys`` are the keys that the user may have meant."""

    path: _Path
    found: object
    expected: str
    keys: Iterable[str] = ()


class Table:
    """A dataclass that pydantic fills from a table; an unknown key is a fault."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}


@dataclass(frozen=True)
class Expect:
    """Pydantic metadata: any fault of the value says what was expected."""

    expected: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return the schema of the type and of the metadata before this, with only this error."""
        return core_schema.custom_error_schema(
            handler(source),
            "fault",
            custom_error_message="fault",
            custom_error_context={"expected": self.expected},
        )


def expect_faultless(find_faults: Callable[[Any], Iterator[Fault]]) -> AfterValidator:
    """Return pydantic metadata that searches a value of the right type for more faults."""

    def check(value: object) -> object:
        if faults := list(find_faults(value)):
            raise ValidationError.from_exception_data(
                "values", list(map(_to_pydantic_error, faults))
            )
        return value

    return AfterValidator(check)


def _to_pydantic_error(fault: Fault) -> InitErrorDetails:
    context = {"expected": fault.expected, "keys": fault.keys}
    kind = PydanticCustomError("fault", "fault", context)
    return InitErrorDetails(type=kind, loc=fault.path, input=fault.found)


def validate(
    model: type[_Model], values: Mapping[str, Any], spell: Callable[[list[str]], str]
) -> _Model:
    """Return the values as a model, or raise one InputError with all faults in written order.

    ``spell`` turns the parts of a key, as written, into the key's name in messages.
    """
    try:
        return TypeAdapter(model).validate_python(dict(values))
    except ValidationError as error:
        faults = [_read_fault(model, details) for details in error.errors(include_url=False)]
    places = {path: place for place, path in enumerate(_list_paths(values))}

    def find_written(path: _Path) -> _Path:
        return path if path in places else find_written(path[:-1])

    faults.sort(key=lambda fault: places[find_written(fault.path)])
    messages, hints = [], []
    for fault in faults[:MOST_NAMED]:
        found = "an unknown key" if fault.path[-1] == KEY else _show(fault.found)
        names = [_show_key(part) for part in find_written(fault.path)]
        messages.append(f"{spell(names)}: found {found}, expected {fault.expected}")
        if isinstance(fault.found, str) and (near := find_nearest(fault.found, fault.keys)):
            hints.append(f"did you mean {near[0]} instead of {escape_controls(fault.found)}?")
    raise InputError(
        name_first(messages, len(faults), "\n"),
        "\n".join(hints)
        or "correct the keys listed here; keys that are left out get their defaults",
    )


def _list_paths(value: object, path: _Path = ()) -> Iterator[_Path]:
    """Yield the path of every key in the tables, in their order."""
    yield path
    if isinstance(value, Mapping) and len(path) < _DEEPEST:
        for key, inner in value.items():
            yield from _list_paths(inner, (*path, key))


def _show_key(part: str) -> str:
    """Return a part of a key as in TOML; only its length if it is too long for a key."""
    if len(part) > _LONGEST_KEY:
        return f"(a key of {describe_text(part)})"
    return part if re.fullmatch("[A-Za-z0-9_-]+", part) else json.dumps(part)


def _read_fault(model: Any, details: Mapping[str, Any]) -> Fault:
    """Return one of pydantic's errors as a fault, without pydantic's wording."""
    path, found, kind = details["loc"], details["input"], details["type"]
    if kind == "fault":
        return Fault(path, found, **details["ctx"])
    if kind == "literal_error":
        return Fault(path, found, details["ctx"]["expected"].replace("'", '"'))
    if kind in _TYPES:
        return Fault(path, found, _TYPES[kind])
    tables = {name: hint for name, hint in get_type_hints(model).items() if is_dataclass(hint)}
    elsewhere = [f"{name}.{key.name}" for name, hint in tables.items() for key in fields(hint)]
    table = model
    for part in path[:-1]:
        table = get_type_hints(table)[part] if is_dataclass(table) else get_args(table)[1]
    keys = [key.name for key in fields(table)]
    return Fault((*path, KEY), path[-1], list_words(keys), [*elsewhere, *keys])


def _show(value: object) -> str:
    """Return a value much as in TOML, text in quotes; only its length if longer than a code."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, str):
        return show_short(value) if is_short(value) else f"a text of {describe_text(value)}"
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "a number with thousands of digits"
    if isinstance(value, int) and not is_short(str(value)):
        return f"a number with {len(str(abs(value)))} digits"
    return json.dumps(value) if isinstance(value, bool) else str(value)


def list_words(words: Sequence[str]) -> str:
    """Return one or more words in quotes, "or" before the last."""
    *others, last = [f'"{word}"' for word in words]
    return f"{', '.join(others)} or {last}" if others else last
