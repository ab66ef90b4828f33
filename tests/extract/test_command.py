"""The command extract-sis with a made-up driver: what it sends, shows, writes and leaves."""

import stat
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.command_line import AS_OF, Ended, senr_duck
from tests.support.made_up_driver import PLACES
from tests.support.stock import take_stock

PASSWORD = "Zephyr}ca;nary{ 7'\"é"  # noqa: S105 - of no database
VALUE = "Quillfeather"
QUERY = "select * from enr where ed >= :window_start and lea = :lea -- of the district\n"
CONNECTION = "Driver={Some Driver};Server=sql1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a working folder with a query, next to an empty home and temporary folder."""
    for name in ("work", "home", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "work" / "own.sql").write_text(QUERY, encoding="utf-8")
    return tmp_path / "work"


def extract(folder: Path, *options: str, place: str = "", password: str | None = None) -> Ended:
    secret = {} if password is None else {"SENR_DUCK_SIS_PASSWORD": password}
    record = str(folder.parent / "given.txt")
    return senr_duck(
        folder,
        *("extract-sis", "--query", "own.sql", "--connection", CONNECTION, "--lea", "1964733"),
        *(*AS_OF, *options),
        before=(
            "from tests.support.made_up_driver import install;"
            f"install({place!r}, {record!r}, {VALUE!r})"
        ),
        environment={
            "HOME": str(folder.parent / "home"),
            "TMPDIR": str(folder.parent / "tmp"),
            **secret,
        },
        umask=0,
    )


def read_given(folder: Path) -> list[str]:
    return (folder.parent / "given.txt").read_text(encoding="utf-8").split("\n")


def list_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_the_query_is_sent_with_its_values_and_never_committed(folder: Path) -> None:
    done = extract(folder, "--user", "senr", password=PASSWORD)
    assert (done.returncode, done.stdout) == (0, "sis.parquet: 2 records with 7 columns\n")
    connection, user, password, how, query, values, *after = read_given(folder)
    assert (connection, user, password) == (f"{CONNECTION};", "senr", PASSWORD)
    assert "'autocommit': False" in how
    assert query == "select * from enr where ed >= ? and lea = ?"
    assert values == "['2023-07-01', '1964733']"
    assert after == ["rolled back"]
    assert list_files(folder) == ["own.sql", "sis.parquet"]
    written = folder / "sis.parquet"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    with duckdb.connect() as con:
        found = con.execute(f"select count(*), min(ssid) from '{written}'").fetchall()
    assert found == [(2, "1000000001")]


@pytest.mark.parametrize(
    ("place", "options"),
    [*((place, ()) for place in PLACES), ("bug", ("--log-json",)), ("", ("--log-json",))],
)
def test_a_password_is_in_no_message_log_traceback_or_file(
    folder: Path, place: str, options: tuple[str, ...]
) -> None:
    done = extract(folder, *options, place=place, password=PASSWORD)
    assert done.returncode == (2 if place else 0)
    assert PASSWORD in read_given(folder)  # the driver has it
    shown = done.stdout + done.stderr
    if place:
        assert "(withheld)" in shown
    for secret in ("Zephyr", "ca;nary", *([VALUE] if place != "connecting" else [])):
        assert secret not in shown
    for path in folder.parent.rglob("*"):
        if path.is_file() and path.name != "given.txt":
            assert b"Zephyr" not in path.read_bytes(), path
    assert list_files(folder) == ["own.sql", *([] if place else ["sis.parquet"])]
    assert [list((folder.parent / name).iterdir()) for name in ("home", "tmp")] == [[], []]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("connecting", "error: the database cannot be reached: [made up] cannot convert"),
        ("sending", "error: the database refuses own.sql: [made up] cannot convert the value"),
        ("reading", "error: the database stopped after 1 record: [made up] cannot convert"),
    ],
)
def test_a_failure_is_one_message_and_keeps_the_file_before(
    folder: Path, place: str, message: str
) -> None:
    assert extract(folder).returncode == 0
    before = take_stock(folder)
    done = extract(folder, place=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert done.stderr.count("error: ") == 1
    assert "\n\nhint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert take_stock(folder) == before


def test_a_query_that_writes_is_not_sent(folder: Path) -> None:
    (folder / "own.sql").write_text("delete from enr", encoding="utf-8")
    done = extract(folder)
    assert done.returncode == 2
    assert "own.sql, line 1: found the word delete" in done.stderr
    assert not (folder.parent / "given.txt").exists()
    assert list_files(folder) == ["own.sql"]


def write_text(path: Path) -> None:
    path.write_text("mine", encoding="utf-8")


def write_parquet(path: Path) -> None:
    pq.write_table(pa.table({"mine": [1]}), path)


def link_to_the_query(path: Path) -> None:
    path.symlink_to("own.sql")


def make_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("occupy", [write_text, write_parquet, link_to_the_query, make_folder])
def test_a_file_that_is_not_ours_is_not_replaced(folder: Path, occupy: object) -> None:
    occupy(folder / "sis.parquet")  # type: ignore[operator]
    before = take_stock(folder)
    done = extract(folder)
    assert done.returncode == 2
    assert done.stderr.startswith("error: --out: sis.parquet ")
    assert "; expected a new file, or an extract of senr-duck" in done.stderr
    assert take_stock(folder) == before
    assert not (folder.parent / "given.txt").exists()


def test_the_query_itself_is_not_replaced(folder: Path) -> None:
    done = extract(folder, "--out", "own.sql")
    assert (done.returncode, (folder / "own.sql").read_text(encoding="utf-8")) == (2, QUERY)


def test_without_the_package_the_message_says_how_to_install_it(folder: Path) -> None:
    done = senr_duck(
        folder,
        *("extract-sis", "--query", "own.sql", "--dsn", "Aeries", *AS_OF),
        before="import sys; sys.modules['arrow_odbc'] = None",
    )
    assert done.returncode == 2
    assert done.stderr == (
        "error: the package arrow-odbc is not installed, which reads from ODBC drivers\n\n"
        "hint: install senr-duck with it: pip install 'senr-duck[odbc]' (docs/install.md)\n"
    )


def test_the_log_has_the_steps_and_quiet_has_nothing(folder: Path) -> None:
    done = extract(folder, "--log-json")
    assert '"event": "step", "step": "Connecting to the database"' in done.stderr
    done = extract(folder, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
