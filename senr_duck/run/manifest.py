"""The manifest: a run's inputs and outputs, and the run's ID that follows from the inputs."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from senr_duck import __version__
from senr_duck.export.archive import UploadFile
from senr_duck.load.extract import Extract
from senr_duck.run.both_sides import describe_files
from senr_duck.views.prepare import PreparedRules

if TYPE_CHECKING:
    from senr_duck.settings.settings import Settings


def describe_identity(
    con: duckdb.DuckDBPyConnection,
    settings: "Settings",
    ods: Extract,
    sis: Extract,
    rules: PreparedRules,
    hanging: Mapping[str, Extract],
) -> dict[str, Any]:
    """Return everything that decides what a run writes; the run's ID is derived from it.

    ``hanging`` are the other ODS extracts that the run has read, by file type.
    """
    others = {f"{file_type.lower()}_ods": extract for file_type, extract in hanging.items()}
    return {
        "versions": {
            "senr_duck": __version__,
            "duckdb": duckdb.__version__,
            "rules": settings.rules,
        },
        "parameters": settings.described(),
        "inputs": describe_files({"ods": ods, "sis": sis, **others}),
        "ledger": _describe_ledger(con),
        "rule_checksums": {
            view.qualified_name: view.sha256
            for view in sorted(rules.views, key=lambda view: (view.folder, view.path.name))
        },
        "changed_rules": list(rules.changed),
        "overlay": dict(rules.overlay),
    }


def _describe_ledger(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return what the run knows from the ledger: the posted files, the rejected records."""
    posted = con.execute(
        """
        select run_id, file_name, cast(posted_on as varchar), posted, contradicted_records
        from recon.posted_file order by posting
        """
    ).fetchall()
    rejected = con.execute(
        "select local_record_id from staging.rejected_record order by local_record_id"
    ).fetchall()
    keys = ("run_id", "file", "posted_on", "posted", "contradicted_records")
    return {
        "posted": [dict(zip(keys, row, strict=True)) for row in posted],
        "rejected": [action_id for (action_id,) in rejected],
    }


def derive_run_id(identity: dict[str, Any], as_of: date) -> str:
    """Return the run's ID: the as-of date and 12 hexadecimal digits of the identity's digest."""
    digest = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()
    return f"{as_of}-{digest[:12]}"


def format_manifest(
    run_id: str,
    identity: dict[str, Any],
    accounting: dict[str, dict[str, int]],
    files: tuple[UploadFile, ...],
) -> str:
    """Return ``manifest.json``; the files are in upload order, grouped by LEA."""
    is_of_several = len({file.lea for file in files}) > 1
    manifest = {
        "run_id": run_id,
        **identity,
        "accounting": accounting,
        "files": [
            ({"lea": file.lea} if is_of_several else {})
            | {
                "name": file.name,
                "records": file.records,
                "sha256": file.sha256,
                "is_unconfirmed": file.is_unconfirmed,
            }
            for file in files
        ],
    }
    return json.dumps(manifest, indent=2) + "\n"
