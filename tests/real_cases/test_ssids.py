"""Who is who: SSIDs, local student IDs, and what identifies a person."""

from pathlib import Path

import pytest

from tests.real_cases.command import Done, run_command, write_sides
from tests.real_cases.notation import Case, plain_students

MIA = "local=L91 first=Mia last=Rost born=150401"
TOM = "local=L92 first=Tom last=Beck born=150909"
CROSSED = Case(
    "53c",
    "Mia's exit under Tom's SSID",
    ods=f"E1 250811- ssid=2100000421 {MIA}; E1 250811- ssid=2100000422 {TOM}",
    sis=f"E1 250811-250912 T160 ssid=2100000422 {MIA}; E1 250811- ssid=2100000421 {TOM}",
)

PERSONS = (
    Case(
        "18",
        "the local student ID differs and nothing else: listed",
        ods="E1 250811- local=OLD1",
        sis="E1 250811- local=NEW1",
        listed=("DEMOGRAPHIC-DIFFERENCE",),
    ),
    Case(
        "35",
        "gender X in the SIS: listed",
        ods="E1 250811- gender=F",
        sis="E1 250811- gender=X",
        listed=("DEMOGRAPHIC-DIFFERENCE",),
    ),
    Case(
        "35a",
        "gender X in the SIS, and an exit to send: on hold",
        ods="E1 250811- gender=F",
        sis="E1 250811-250912 T160 gender=X",
        held=("SENR0035",),
        listed=("DEMOGRAPHIC-DIFFERENCE",),
    ),
    Case(
        "35b",
        "another birth year in the SIS: listed",
        ods="E1 250811- born=150303",
        sis="E1 250811- born=140303",
        listed=("DEMOGRAPHIC-DIFFERENCE",),
    ),
    Case(
        "35c",
        "another birth year in the SIS, and an exit to send: on hold",
        ods="E1 250811- born=150303",
        sis="E1 250811-250912 T160 born=140303",
        held=("SENR0035",),
        listed=("DEMOGRAPHIC-DIFFERENCE",),
    ),
    Case(
        "41",
        "a local student ID of 16 characters",
        sis="E1 250811- local=1234567890123456",
        held=("FRMT0001",),
    ),
    Case(
        "53",
        "a retired or mistyped SSID in the SIS, and a start moved by three days",
        ods="E1 250814- ssid=2100000401 local=L71",
        sis="E1 250811- ssid=2100000402 local=L71",
        held=("SSID-MISMATCH",),
        says=("two SSIDs",),
    ),
    Case(
        "53a",
        "the same at another school of the district",
        ods="E1 250811- ssid=2100000403 local=L72",
        sis="E2 250825- ssid=2100000404 local=L72",
        held=("SSID-MISMATCH",),
    ),
    Case(
        "53b",
        "one local student ID, but another person: the SIS gave a number away twice",
        ods="E1 240812-250606 T160 ssid=2100000405 local=L73 first=Ida last=Moss born=130101",
        sis="E1 240812-250606 T160 ssid=2100000405 local=L73 first=Ida last=Moss born=130101;"
        "E1 250811- ssid=2100000406 local=L73 first=Tom last=Beck born=150909",
        sent=("003_Updates: E1 250811- ssid=2100000406",),
    ),
    Case(
        "58",
        "two siblings share one SSID in the SIS",
        sis="E1 250811- local=L76 first=Mia born=150303;M1 250811- local=L77 first=Tom born=120303",
        held=("SENR0027", "SENR0035", "SSID-SHARED"),
        says=("two persons",),
    ),
    Case(
        "58a",
        "two siblings share one SSID, one after the other",
        ods="E1 250811- local=L78 first=Mia born=150303",
        sis="E1 250811-250912 T160 local=L78 first=Mia born=150303;"
        "M1 250915- local=L79 first=Tom born=150303 gr08",
        held=("SSID-SHARED",),
    ),
    Case(
        "58b",
        "the SIS gives the SSID of one student to another, who leaves",
        ods="E1 250811- local=L93 first=Mia last=Rost born=150303",
        sis="E1 250811-250912 T160 local=L94 first=Tom last=Beck born=150909",
        held=("SSID-SHARED",),
        listed=("DEMOGRAPHIC-DIFFERENCE",),
    ),
    Case(
        "58c",
        "another last name and another local student ID, but one person",
        ods="E1 250811- local=L95 first=Mia last=Rost born=150303",
        sis="E1 250811-250912 T160 local=L96 first=Mia last=Beck born=150303",
        sent=("002_Exits: E1 250811-250912 T160",),
        listed=("DEMOGRAPHIC-DIFFERENCE",),
    ),
    Case(
        "59",
        "one enrollment under two SSIDs",
        ods="E1 250811- ssid=2100000410",
        sis="E1 250811- ssid=2100000411",
        held=("SSID-MISMATCH",),
    ),
    Case(
        "59a",
        "an SSID that lost a zero",
        ods="E1 250811- ssid=2100000412",
        sis="E1 250811- ssid=210000412",
        held=("KEY-FORMAT", "SSID-MISMATCH"),
    ),
    Case(
        "59b",
        "one enrollment under two SSIDs and two local student IDs, one name and birth date",
        ods="E1 250811- ssid=2100000413 local=L80",
        sis="E1 250811- ssid=2100000414 local=L81",
        held=("SSID-MISMATCH",),
    ),
)

CASES = (*PERSONS, CROSSED)


@pytest.mark.parametrize("case", PERSONS, ids=str)
def test_person(case: Case, october: Done) -> None:
    october.check(case)


def test_case_18_the_first_sign_of_a_swapped_ssid_names_its_field(october: Done) -> None:
    (line,) = october.lines(PERSONS[0])
    assert line["field"] == "local_student_id"
    assert "OLD1" in line["value"] + line["message"]


def test_case_18_a_new_system_with_other_ids_is_one_notice(tmp_path: Path) -> None:
    plain = plain_students()
    renumbered = [{**one, "local_student_id": f"N{one['local_student_id']}"} for one in plain]
    done = run_command(tmp_path, *write_sides(tmp_path, plain, renumbered))
    assert (done.status, done.records) == (0, [])
    assert [one for one in done.exceptions if one["field"] == "local_student_id"] == []
    assert "local student id" in done.words.lower().replace("_", " ")


def test_case_53_two_students_whose_local_ids_are_crossed_are_held(october: Done) -> None:
    """The SIS has each SSID at the other's number: an exit is sent for neither of them."""
    assert october.status == 0, october.words
    assert october.sent(CROSSED) == ()
    assert october.held_ssids() >= CROSSED.ssids
    assert "SSID-MISMATCH" in october.rules(CROSSED, "fatal")
