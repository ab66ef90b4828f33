"""Which database is read, as whom; a password comes from where others cannot see it."""

from pathlib import Path

import pytest

from senr_duck.errors import InputError
from senr_duck.extract.source import PASSWORD_VARIABLE, Source, Wanted, choose_source
from senr_duck.settings.connection_string import is_without_password, read_keywords

QUERY = Path("q.sql")
SECRET, OPTION, VARIABLE, CONFIGURED = "geheim", "option", "variable", "configured"
CONNECTION = "Driver={ODBC Driver 18 for SQL Server};Server=sql1;Database=DST26000Exeter"

# What no driver can read, so that nobody can say whether it has a password.
UNREADABLE = (f"{CONNECTION};Server={{geheim", "geheim", "")


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def choose(text: str = "", environment: dict[str, str] | None = None, **wanted: object) -> Source:
    if text:
        Path("senr.toml").write_text(f"[sis]\n{text}\n", encoding="utf-8")
    return choose_source(Wanted(**wanted), None, environment or {})  # type: ignore[arg-type]


def refuse(text: str = "", **wanted: object) -> str:
    with pytest.raises(InputError) as raised:
        choose(text, **wanted)
    return f"{raised.value}\n{raised.value.hint}"


def test_the_command_line_names_everything() -> None:
    found = choose(query=QUERY, connection=f"{CONNECTION};", user="senr")
    assert found == Source(QUERY, f"{CONNECTION};", "senr", None)


def test_senr_toml_names_everything_and_its_paths_start_at_its_folder(tmp_path: Path) -> None:
    (tmp_path / "district").mkdir()
    (tmp_path / "district" / "secret").write_text("geheim\r\n", encoding="utf-8")
    config = tmp_path / "district" / "senr.toml"
    config.write_text(
        '[sis]\ndsn = "Aeries"\nuser = "senr"\npassword_file = "secret"\nquery = "own.sql"\n',
        encoding="utf-8",
    )
    found = choose_source(Wanted(), config, {})
    folder = tmp_path / "district"
    assert found == Source(folder / "own.sql", "DSN=Aeries;", "senr", "geheim")


def test_the_command_line_overrides_senr_toml() -> None:
    text = f'connection = "{CONNECTION}"\nuser = "other"\nquery = "other.sql"'
    found = choose(text, query=QUERY, dsn="Aeries", user="senr")
    assert found == Source(QUERY, "DSN=Aeries;", "senr", None)


def test_the_first_password_that_there_is_counts(tmp_path: Path) -> None:
    for name in (OPTION, CONFIGURED):
        (tmp_path / name).write_text(name, encoding="utf-8")
    text = 'dsn = "Aeries"\npassword_file = "configured"'
    variable = {PASSWORD_VARIABLE: VARIABLE}
    assert choose(text, variable, query=QUERY, password_file=Path("option")).password == OPTION
    assert choose(text, variable, query=QUERY).password == VARIABLE
    assert choose(text, query=QUERY).password == CONFIGURED
    assert choose('dsn = "Aeries"', query=QUERY).password is None


def test_the_password_is_in_no_representation() -> None:
    found = choose(environment={PASSWORD_VARIABLE: "geheim"}, query=QUERY, dsn="Aeries")
    assert found.password == SECRET
    assert "geheim" not in f"{found!r} {found}"


@pytest.mark.parametrize(
    "connection",
    [
        f"{CONNECTION};UID=senr;PWD=geheim",
        f"{CONNECTION};pwd = geheim",
        f"{CONNECTION};Password={{geheim}}",
        f"PASSWORD=geheim;{CONNECTION}",
        f"{CONNECTION};Proxy Password=geheim",
        f"{CONNECTION};AccessToken=geheim",
        f"{CONNECTION};ClientSecret=geheim",
        "PWD=g",
        *UNREADABLE,
    ],
)
def test_a_connection_with_a_password_is_refused_and_not_shown(connection: str) -> None:
    message = refuse(query=QUERY, connection=connection)
    found = "another text" if connection in UNREADABLE else "a password in it"
    assert f"--connection: found {found}, expected a connection string of ODBC" in message
    assert PASSWORD_VARIABLE in message
    assert "geheim" not in message
    message = refuse(f'connection = "{connection}"', query=QUERY)
    assert "sis.connection: found a text that is not shown" in message
    assert "geheim" not in message


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"dsn": "Aeries"}, "--query: found none, expected the file of a query"),
        ({"query": QUERY}, "no database is named: expected --connection, --dsn, or one of the key"),
        (
            {"query": QUERY, "dsn": "Aeries", "connection": CONNECTION},
            "--connection and --dsn: found a connection string and a DSN, expected one of them",
        ),
        ({"query": QUERY, "dsn": "a;PWD=geheim"}, "--dsn: found another text, expected a name"),
        (
            {"query": QUERY, "dsn": "Aeries", "user": "senr;PWD=geheim"},
            "--user: found another text, expected a name",
        ),
        (
            {"query": QUERY, "connection": f"{CONNECTION};UID=a", "user": "senr"},
            "the connection string has a UID, and --user or user under [sis] names a user too",
        ),
        (
            {"query": QUERY, "dsn": "Aeries", "password_file": Path("none")},
            "none: found no such file",
        ),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named(
    wanted: dict[str, object], message: str
) -> None:
    found = refuse(**wanted)
    assert message in found
    assert "geheim" not in found


def test_senr_toml_names_one_database() -> None:
    text = f'dsn = "Aeries"\nconnection = "{CONNECTION}"'
    assert "[sis] in senr.toml: found a connection string and a DSN" in refuse(text, query=QUERY)


@pytest.mark.parametrize("content", [b"", b"\n", b"geheim\nmore\n", b"ge\0heim", b"\x81\x8d"])
def test_a_file_without_one_password_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    message = refuse(query=QUERY, dsn="Aeries", password_file=Path("secret"))
    assert "secret: found " in message
    assert "expected a password alone" in message
    assert "geheim" not in message


def test_a_password_may_have_any_letters_and_signs(tmp_path: Path) -> None:
    password = "  Ca;na}ry{ 'é\" "  # noqa: S105 - of nothing
    (tmp_path / "secret").write_text(f"{password}\n", encoding="utf-8")
    found = choose(query=QUERY, dsn="Aeries", password_file=Path("secret"))
    assert found.password == password


@pytest.mark.parametrize(
    ("connection", "keywords"),
    [
        ("A=1;b = 2 ;", {"a": "1", "b": "2"}),
        ("Driver={a;b}}c};Server=x", {"driver": "a;b}c", "server": "x"}),
        (" ; A=1;;A=2", {"a": "1"}),
        ("A=", {"a": ""}),
        ("A", None),
        ("A=1;B", None),
        ("A={1", None),
        ("A=1}", None),
        ("=1", None),
        ("", None),
    ],
)
def test_the_keywords_of_a_connection_string_are_read(
    connection: str, keywords: dict[str, str] | None
) -> None:
    assert read_keywords(connection) == keywords
    assert is_without_password(connection) == (keywords is not None)
