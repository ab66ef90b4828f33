"""The results of the files as lines of text."""

from senr_duck.simulate import Ods, format_results, is_any_rejected, post_file
from tests.simulate.records import AS_OF, DELETE, LEFT, make


def test_results_are_reported_per_file_without_student_data() -> None:
    ods = Ods([make()])
    bad = [make(student_birth_city="C" * 31, ssid=f"10000001{n:02}") for n in range(12)]
    results = [
        post_file(ods, "001_Removals.txt", [make(DELETE)], AS_OF),
        post_file(ods, "002_Exits.txt", [make(LEFT, student_exit_reason_code="E150")], AS_OF),
        post_file(ods, "003_Updates.txt", bad, AS_OF),
    ]
    shown = [
        f"  line {line}: FRMT0001 (1.19) longer than 30 characters"
        for line in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    ]
    assert format_results(results).split("\n") == [
        "001_Removals.txt: REJECTED, 1 record, 1 fatal error",
        "  line 1: SENR0180 (1.05, 1.08, 1.22) the student would be left without an enrollment",
        "002_Exits.txt: posted, 1 record, 1 warning (SENR0286 1)",
        "003_Updates.txt: REJECTED, 12 records, 12 fatal errors",
        *shown,
        "  and 2 more",
    ]
    ten = post_file(ods, "003_Updates.txt", bad[:10], AS_OF)
    assert format_results([ten]).endswith("  line 10: FRMT0001 (1.19) longer than 30 characters")


def test_simulation_fails_when_any_file_was_rejected() -> None:
    ods = Ods([make()])
    good = post_file(ods, "1.txt", [make(LEFT)], AS_OF)
    bad = post_file(ods, "2.txt", [make(DELETE)], AS_OF)
    assert not is_any_rejected([good])
    assert is_any_rejected([good, bad])
    assert not is_any_rejected([])
