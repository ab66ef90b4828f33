"""The documents show what is printed today, and no student's name."""

import csv
import re
from pathlib import Path

import pytest

from senr_duck import errors
from senr_duck.reference.resources import read_reference, resource
from tools.compared_page import PAGE, format_page
from tools.exceptions_page import format_exceptions
from tools.pages import list_pages, render_page

PAGES = {page.name: page.read_text(encoding="utf-8") for page in list_pages()}
SAMPLE = resource("data", "sample")


def test_the_pages_with_outputs_are_known() -> None:
    assert sorted(PAGES) == [
        "comparing-other-files.md",
        "exit-statuses.md",
        "guide.md",
        "queries.md",
        "rules.md",
        "year-ends.md",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_command_and_query_prints_what_the_document_says(name: str) -> None:
    assert render_page(PAGES[name]) == PAGES[name], "run make docs, and read the difference"


def test_the_tables_of_the_other_files_are_those_of_the_catalogs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert format_page(text) == text, "run make docs, and read the difference"
    assert text.count("<!-- table: ") == text.count("<!-- end -->") == 5


def test_an_output_that_is_out_of_date_is_rewritten() -> None:
    stale = (
        "```console\n$ senr-duck sql 'select 1' --db none.duckdb\nold\n\n$ echo $?\n7\n```\n\n"
        "```sql\nselect 1\n```\n\n```text\nold\n```\n\n```toml\nlea = 1\n```\n"
    )
    missing = (
        "{name}: found no such file, expected a published database\n\nhint: use --db to name the "
        "file that `senr-duck run` published; default: senr.duckdb\n"
    )
    assert render_page(stale) == (
        "```console\n$ senr-duck sql 'select 1' --db none.duckdb\n"
        f"error: {missing.format(name='none.duckdb')}\n$ echo $?\n2\n```\n\n"
        f"```sql\nselect 1\n```\n\n```text\nerror: {missing.format(name='senr.duckdb')}```\n\n"
        "```toml\nlea = 1\n```\n"
    )


def test_a_document_has_no_command_that_is_not_run() -> None:
    with pytest.raises(ValueError, match="the command rm, expected senr-duck"):
        render_page("```console\n$ rm -r out\n```\n")


def test_there_are_twelve_questions_each_with_a_query_that_answers() -> None:
    questions = re.split(r"^## (\d+)\. ", PAGES["queries.md"], flags=re.MULTILINE)[1:]
    assert questions[::2] == [str(number) for number in range(1, 13)]
    for question in questions[1::2]:
        assert question.partition("\n")[0].endswith("?")
        (answer,) = re.findall(r"```sql\n.*?```\n\n```text\n(.*?)```", question, re.DOTALL)
        rows = re.search(r"^(\d+) rows?$", answer, re.MULTILINE)
        assert rows is not None
        assert int(rows[1]) == len(answer.splitlines()) - 3 > 0


def find_private_words(page: str) -> set[str]:
    """Return the words of a page's outputs that are a sample student's name or birth date."""
    with (SAMPLE / "sis.csv").open(encoding="utf-8-sig", newline="") as file:
        people = list(csv.DictReader(file))
    columns = [c for c in people[0] if re.search("legal|alias|birth.?date", c, re.IGNORECASE)]
    assert len(columns) >= 5
    private = {row[column] for row in people for column in columns}
    private |= {word.replace("-", "") for word in private if re.fullmatch(r"[\d-]+", word)}
    # a short suffix or the name of a school does not identify a student
    schools = (SAMPLE / "schools.csv").read_text(encoding="utf-8")
    private = {name for name in private if len(name) > 2 and name not in schools}
    assert len(private) > 1000
    outputs = re.findall(r"```(?:text|console)\n(.*?)```", page, re.DOTALL)
    return set(re.findall(r"[\w'-]+", " ".join(outputs))) & private


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_output_names_a_student_or_a_birth_date(name: str) -> None:
    assert find_private_words(PAGES[name]) == set()
    with (SAMPLE / "sis.csv").open(encoding="utf-8-sig", newline="") as file:
        student = next(csv.DictReader(file))
    last_name = next(student[column] for column in student if "last" in column.lower())
    assert find_private_words(f"```text\n 7 | {last_name} | x\n```") == {last_name}


def test_every_rule_is_listed_with_everything_that_the_catalog_says() -> None:
    page = resource("docs", "exceptions.md").read_text(encoding="utf-8")
    assert page == format_exceptions(), "run make docs"
    rows = re.findall(r"^\| \*\*([A-Z0-9-]+)\*\* (.*) \|$", page, re.MULTILINE)
    catalog = {rule["code"]: rule for rule in read_reference("rules.csv")}
    assert sorted(code for code, _ in rows) == sorted(catalog)
    unchecked = {row["code"] for row in read_reference("rules_not_checked.csv")}
    sections = re.split(r"^## (Fatal|Warnings|Notices|Rules)", page, flags=re.MULTILINE)[1:]
    section_of = {
        code: title
        for title, section in zip(sections[::2], sections[1::2], strict=True)
        for code in re.findall(r"^\| \*\*([A-Z0-9-]+)\*\*", section, re.MULTILINE)
    }
    titles = {"fatal": "Fatal", "warning": "Warnings", "notice": "Notices"}
    for code, text in rows:
        rule = catalog[code]
        assert section_of[code] == ("Rules" if code in unchecked else titles[rule["severity"]])
        if code not in unchecked:
            wanted = (rule["message"], rule["fix"], rule["fields"], rule["confidence"])
            assert text.split(" | ")[1:] == list(wanted)
            assert text.startswith(rule["name"])
            assert rule["since"] in text.split(" | ")[0]
            assert f"- *{rule['confidence']}*: " in page


def test_every_exit_status_is_listed() -> None:
    page = Path(resource("docs", "exit-statuses.md")).read_text(encoding="utf-8")
    listed = {int(status) for status in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    kinds = [errors.InputError, errors.DataStop, errors.WorkspaceBusy]
    assert listed == {0, 129, 130, 143, *(kind.exit_status for kind in kinds)}
