"""One SQL file with its header, and the layers into which the files are sorted."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.reference.resources import resource
from senr_duck.reference.sql_tables import quote

SCHEMAS = ("staging", "reference", "recon", "compare")

# The views that choose the posted records to add to the ODS extract; they run before all others.
POSTED_LAYER = "10_posted"

# The layer with the folders of the checks.
CHECK_LAYER = "70_check"

# What each folder contains. No view reads a view of a later layer.
LAYERS = {
    "10_posted": "what CALPADS has accepted since the ODS extract was made",
    "20_stage": "every line of both extracts, with typed and named columns; no line is dropped",
    "30_scope": "codes translated, the LEA and school of each record, scope, and repeated keys",
    "40_target": "the SIS's enrollments as CALPADS should show them",
    "50_match": "pairs of both sides, the class of every record, the records that would be sent",
    "60_order": "which records of a student conflict, and which must post first",
    "70_check": "what all checks found, and which students are on hold; each folder has checks",
    "70_check/match": "checks of what the comparison shows, even if the record would not be sent",
    "70_check/record": "checks of a single record to be sent",
    "70_check/school": "checks of a record to be sent with the school list",
    "70_check/student": "checks of a record to be sent with the student's other records",
    "75_explain": "why each record is sent, left alone or on hold, as codes and sentences",
    "80_plan": "which record goes into which file, and in which order",
    "85_account": "where every line went",
    "90_guard": "one row for each reason to stop the run (empty means go ahead), and the notices",
    "95_export": "the exact records of the files, and what explain and the report read",
}

_CREATE = re.compile(r"^create or replace view (\w+)\.(\w+) as$", re.MULTILINE)
_HEADER_FIELD = re.compile(r"^-- (\w+): +(.*)$")


@dataclass(frozen=True)
class View:
    """One SQL file: its text, its name, and its header."""

    path: Path
    text: str

    @property
    def is_view(self) -> bool:
        """Whether the text creates a view in our form; the other properties need that."""
        return _CREATE.search(self.text) is not None

    @cached_property
    def _created(self) -> re.Match[str]:
        found = _CREATE.search(self.text)
        if found is None:
            raise InputError(
                f"{self.path.name} has no line `create or replace view schema.name as`",
                "restore the file, or install senr-duck again",
            )
        return found

    @cached_property
    def source(self) -> str:
        """The file's place under ``sql/``, such as ``v2/40_target/target_exit.sql``."""
        return self.path.relative_to(resource("sql")).as_posix()

    @property
    def version(self) -> str:
        """The version that the file belongs to, such as ``v2``."""
        return self.source.partition("/")[0]

    @property
    def folder(self) -> str:
        """The folder in the version, such as ``40_target`` or ``70_check/record``."""
        return "/".join(self.source.split("/")[1:-1])

    @property
    def layer(self) -> str:
        """The layer, which is the folder or its parent, such as ``70_check``."""
        return self.folder.partition("/")[0]

    @property
    def is_check(self) -> bool:
        """Whether the view is a check: its rows are the records that break a rule."""
        return self.layer == CHECK_LAYER and self.folder != CHECK_LAYER

    @property
    def schema(self) -> str:
        """The schema of the view."""
        return self._created[1]

    @property
    def name(self) -> str:
        """The name of the view, without its schema."""
        return self._created[2]

    @property
    def qualified_name(self) -> str:
        """``schema.name``."""
        return f"{self.schema}.{self.name}"

    @cached_property
    def header(self) -> dict[str, str]:
        """The header's fields, such as ``grain`` and ``key``; ``comment`` is its text."""
        fields: dict[str, str] = {}
        prose: list[str] = []
        last = ""
        for line in self.text[: self._created.start()].splitlines():
            if match := _HEADER_FIELD.match(line):
                last = match[1]
                if last == self.name:
                    prose.append(match[2])
                else:
                    fields[last] = match[2]
            elif last in fields and line.startswith("--   "):
                fields[last] += " " + line[2:].strip()
            else:
                prose.append(line[2:].strip())
        return {"comment": " ".join(line for line in prose if line), **fields}

    @property
    def is_stored(self) -> bool:
        """Whether the view is stored as a table, for speed; its content is the same."""
        return self.header.get("stored") == "yes"

    @property
    def sha256(self) -> str:
        """The checksum of the file's text, line ends as LF."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def query(self) -> str:
        """The query of the view."""
        return self.text[self._created.end() :]

    @property
    def statement(self) -> str:
        """The statement that creates the view, or the table if it is stored."""
        create = self.text[self._created.start() :]
        if self.is_stored:
            return create.replace("create or replace view", "create or replace table", 1)
        return create

    @property
    def deferred_statement(self) -> str:
        """The statement that creates a view that is not stored, before what it reads exists.

        DuckDB finds out its columns when they are first asked for.
        """
        return self.statement.replace(" as\n", " with (defer_binding) as\n", 1)

    @property
    def comment_statement(self) -> str:
        """The statement that comments on the view with what its header says."""
        header = self.header
        comment = f"{header['comment']} Grain: {header['grain']}. Key: {header['key']}."
        kind = "table" if self.is_stored else "view"
        return f"comment on {kind} {self.qualified_name} is {quote(comment)}"


def place_in_schema(text: str, schema: str) -> str:
    """Return the SQL of a comparison's view with the schema of its file, such as ``sela.pair``."""
    return re.sub(r"\bcompare\.", f"{schema}.", text)
