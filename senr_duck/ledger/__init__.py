"""The ledger: what every run wrote, what CALPADS has posted, and what it has rejected."""

from senr_duck.ledger.cleaning import clean_runs, list_run_folders
from senr_duck.ledger.history import name_scope, stage_history
from senr_duck.ledger.keep_run import FinishedRun, prepare_run, save_records
from senr_duck.ledger.mark_posted import find_run, mark_posted, unmark_posted
from senr_duck.ledger.place import find_run_folder, name_ledger, read_run_folder
from senr_duck.ledger.rejection import RejectedRecord, keep_rejections, take_back_rejections
from senr_duck.ledger.since import append_posted_records, stage_ledger
from senr_duck.ledger.spot_check import (
    LookUp,
    SpotChecks,
    keep_spot_checks,
    list_look_ups,
    read_spot_checks_file,
)
from senr_duck.ledger.status import LedgerFile, LedgerRun, read_last_runs, read_status
from senr_duck.ledger.store import (
    change_ledger,
    read_ledger,
    refuse_missing_ledger,
    settle_ledger,
)

__all__ = [
    "FinishedRun",
    "LedgerFile",
    "LedgerRun",
    "LookUp",
    "RejectedRecord",
    "SpotChecks",
    "append_posted_records",
    "change_ledger",
    "clean_runs",
    "find_run",
    "find_run_folder",
    "keep_rejections",
    "keep_spot_checks",
    "list_look_ups",
    "list_run_folders",
    "mark_posted",
    "name_ledger",
    "name_scope",
    "prepare_run",
    "read_last_runs",
    "read_ledger",
    "read_run_folder",
    "read_spot_checks_file",
    "read_status",
    "refuse_missing_ledger",
    "save_records",
    "settle_ledger",
    "stage_history",
    "stage_ledger",
    "take_back_rejections",
    "unmark_posted",
]
