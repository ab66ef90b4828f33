"""The manifest of a comparison: its inputs, and the ID that follows from them."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import duckdb

from senr_duck import __version__
from senr_duck.load.extract import Extract
from senr_duck.run.both_sides import describe_files
from senr_duck.views.view import View

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings


def describe_identity(
    file_type: str,
    settings: "Settings",
    ods: Extract,
    sis: Extract,
    views: Sequence[View],
    senr_run: str | None,
) -> dict[str, Any]:
    """Return everything that decides what a comparison writes; its ID is derived from it."""
    return {
        "file_type": file_type,
        "versions": {"senr_duck": __version__, "duckdb": duckdb.__version__},
        "parameters": settings.described(),
        "inputs": describe_files({"ods": ods, "sis": sis}),
        "senr_run": senr_run,
        "view_checksums": {
            view.source: view.sha256 for view in sorted(views, key=lambda view: view.source)
        },
    }


def format_manifest(
    run_id: str, identity: dict[str, Any], accounting: dict[str, dict[str, int]]
) -> str:
    """Return ``manifest.json``."""
    manifest = {"run_id": run_id, **identity, "accounting": accounting}
    return json.dumps(manifest, indent=2) + "\n"
