"""A model of how CALPADS posts SENR files, to test that the files we write would post.

It is written from what is known about CALPADS, not from the SQL views, so that it can find errors
in them.
"""

from senr_duck.simulate.assumptions import Assumptions
from senr_duck.simulate.enrollment_record import Record
from senr_duck.simulate.files import (
    post_archive,
    read_extract,
    refuse_existing_extract,
    write_extract,
)
from senr_duck.simulate.findings import WARNINGS, FileResult, Finding
from senr_duck.simulate.ods import Ods
from senr_duck.simulate.posting import post_file
from senr_duck.simulate.result_text import format_results, is_any_rejected

__all__ = [
    "WARNINGS",
    "Assumptions",
    "FileResult",
    "Finding",
    "Ods",
    "Record",
    "format_results",
    "is_any_rejected",
    "post_archive",
    "post_file",
    "read_extract",
    "refuse_existing_extract",
    "write_extract",
]
