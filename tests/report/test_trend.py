"""The bars of the last runs, drawn from what the database knows of them."""

import duckdb

from senr_duck.report.trend import read_trend


def make_database(*runs: tuple[str, int, int, int]) -> duckdb.DuckDBPyConnection:
    """Return a database with the totals of runs, the last of which is this one."""
    con = duckdb.connect()
    con.execute("create schema staging; create schema recon")
    con.execute("create table staging.earlier_run (run_id varchar, as_of date, is_last boolean)")
    con.execute("create table recon.change_since_last_run (change varchar)")
    con.execute(
        "create table recon.run_trend (position integer, as_of date, records_sent bigint,"
        " students_held bigint, findings_open bigint)"
    )
    for position, run in enumerate(runs):
        con.execute("insert into recon.run_trend values (?, ?, ?, ?, ?)", [position, *run])
    return con


def test_without_an_earlier_run_there_is_no_trend() -> None:
    assert read_trend(make_database(("2026-03-02", 5, 2, 4))) is None


def test_bars_are_to_scale_from_edge_to_edge_and_nothing_is_a_line() -> None:
    con = make_database(("2026-02-16", 40, 0, 0), ("2026-02-23", 0, 0, 0), ("2026-03-02", 20, 0, 0))
    con.execute(
        "insert into staging.earlier_run (run_id, is_last) values ('a', false), ('b', true)"
    )
    con.execute("insert into recon.change_since_last_run values ('new'), ('new')")
    trend = read_trend(con)
    assert trend is not None
    assert (trend.last_run, trend.solved, trend.new) == ("b", 0, 2)
    records, held, _ = trend.charts
    assert [bar.x for bar in records.bars] == [0, 113, 226]
    assert [bar.height for bar in records.bars] == [44, 1, 22]
    assert {bar.y + bar.height for bar in records.bars} == {62}
    assert [bar.is_this_run for bar in records.bars] == [False, False, True]
    assert [bar.is_labeled for bar in records.bars] == [True, False, True]
    assert [bar.height for bar in held.bars] == [1, 1, 1]
    assert records.sentence == "Records to send in the last 3 runs, this one last: 40, 0, 20"
