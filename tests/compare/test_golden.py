"""Compare the whole output of small pairs byte by byte. ``make golden`` writes them again."""

import json
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support.other_files import LEA, Record, compare, number, write_pair

GOLDEN = Path(__file__).parents[1] / "golden"


def _sela() -> tuple[list[Record], list[Record]]:
    def status(place: int, code: str, start: str, language: str, lea: str = LEA) -> Record:
        return {
            "ssid": number(place),
            "reporting_lea": lea,
            "local_student_id": f"L{place}",
            "english_language_acquisition_status_code": code,
            "english_language_acquisition_status_start_date": start,
            "primary_language_code": language,
        }

    ods = [
        status(1, "EL", "20240815", "spa"),
        status(2, "TBD", "20250815", "vie"),
        status(3, "RFEP", "20260115", "spa"),
        status(3, "EL", "20220815", "spa"),
        status(4, "EL", "20240815", "spa"),
        status(5, "EO", "20240815", "eng"),
        status(6, "TBD", "20250815", "spa"),
        status(7, "EL", "20240815", "spa", "1911111"),
        status(8, "IFEP", "20240815", "tgl"),
    ]
    sis = [
        status(1, "EL", "20240815", "SPA"),
        status(2, "EO", "20250901", "eng"),
        status(3, "EL", "20220815", "spa"),
        status(4, "EL", "20240816", "spa"),
        status(5, "TBD", "20250815", "eng"),
        status(6, "EL", "20250901", "spa"),
        status(7, "EL", "20240815", "hmn"),
        status(9, "EO", "20250815", "eng"),
        status(10, "RFEP", "20250815", "spa"),
        status(11, "XX", "20250815", "spa"),
    ]
    return ods, sis


def _sprg() -> tuple[list[Record], list[Record]]:
    def program(place: int, code: str, start: str, end: str = "", **more: str) -> Record:
        return {
            "ssid": number(place),
            "local_student_id": f"L{place}",
            "education_program_code": code,
            "education_program_membership_start_date": start,
            "education_program_membership_end_date": end,
            **more,
        }

    homeless = {"homeless_dwelling_type_code": "100", "runaway_youth_indicator": "N"}
    ods = [
        program(1, "181", "20250815"),
        program(2, "127", "20250815"),
        program(3, "108", "20250815", "20251219"),
        program(4, "191", "20250815", unaccompanied_youth_indicator="Y", **homeless),
        program(5, "127", "20240815"),
        program(6, "127", "20240815"),
        program(7, "101", "20250815", "20251001"),
        program(8, "135", "20250815", migrant_student_id="06000000001"),
    ]
    sis = [
        program(1, "181", "20250815"),
        program(2, "127", "20250815", "20260201"),
        program(3, "108", "20250815"),
        program(4, "191", "20250815", unaccompanied_youth_indicator="N", **homeless),
        program(5, "127", "20250815"),
        program(7, "101", "20250815", "20251002"),
        program(8, "135", "20250815", migrant_student_id="06000000002"),
        program(8, "135", "20251001", migrant_student_id="06000000001"),
        program(8, "122", "20251001", education_service_academic_year="2025-2026"),
        program(9, "131", "20250815"),
        program(9, "192", "20250815", "20250814"),
    ]
    return ods, sis


def _sinf() -> tuple[list[Record], list[Record]]:
    ods = [
        {"ssid": number(1), "student_race_1_code": "700", "student_race_2_code": "600"},
        {"ssid": number(1), "effective_start_date": "20240815", "effective_end_date": "20250814"},
        {"ssid": number(2), "address_line_1": "1 Main St", "address_city_name": "Fresno"},
        {"ssid": number(3)},
        {"ssid": number(4), "guardian_1_first_name": "Rosa", "guardian_1_last_name": "Lopez"},
        {"ssid": number(5), "effective_end_date": "20251001"},
        {"ssid": number(6)},
    ]
    sis = [
        {"ssid": number(1), "student_race_1_code": "600", "student_race_2_code": "700"},
        {"ssid": number(2), "address_line_1": "2 Main St", "address_city_name": "Fresno"},
        {"ssid": number(3), "student_birth_date": "20150103", "student_gender_code": "X"},
        {"ssid": number(4)},
        {"ssid": number(5)},
        {"ssid": number(7), "student_legal_first_name": "=1+1"},
        {"ssid": number(8), "student_legal_first_name": "Eva"},
        {"ssid": number(8), "student_legal_first_name": "Ida"},
    ]
    return ods, sis


CASES = {"SELA": _sela, "SPRG": _sprg, "SINF": _sinf}


def write_outputs(file_type: str, folder: Path) -> dict[str, bytes]:
    """Compare a pair in an empty folder; return what that wrote, by name, versions left out."""
    write_pair(folder, file_type, *CASES[file_type]())
    done = compare(folder, file_type, "--quiet")
    assert done.returncode == 0, done.stderr
    (written,) = folder.glob(f"out/{file_type.lower()}-*")
    outputs = {
        path.name: path.read_bytes()
        for path in written.iterdir()
        # these name the run; tests/report and tests/work_lists look at them
        if path.suffix not in (".html", ".xlsx")
    }
    manifest = json.loads(outputs["manifest.json"])
    for changes_with_every_release in ("run_id", "versions", "view_checksums", "parameters"):
        assert manifest.pop(changes_with_every_release)
    outputs["manifest.json"] = (json.dumps(manifest, indent=1) + "\n").encode()
    return outputs


@pytest.mark.parametrize("file_type", CASES)
def test_the_outputs_are_the_golden_ones(file_type: str, tmp_path: Path) -> None:
    golden = {
        path.name: path.read_bytes() for path in (GOLDEN / f"compare_{file_type.lower()}").iterdir()
    }
    assert golden
    assert write_outputs(file_type, tmp_path) == golden


def write_golden() -> None:
    """Write every golden folder again."""
    for file_type in CASES:
        folder = GOLDEN / f"compare_{file_type.lower()}"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        with tempfile.TemporaryDirectory() as work:
            for name, content in write_outputs(file_type, Path(work)).items():
                (folder / name).write_bytes(content)


if __name__ == "__main__":
    sys.exit(write_golden())
