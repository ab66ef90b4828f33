"""Name the students whom a rule holds, if there are few."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

NAMED_AT_MOST = 5  # of a rule with more, the page has a button that shows them


@dataclass(frozen=True)
class NamedStudent:
    """A student's name and numbers; None is blank."""

    name: str | None
    ssid: str | None
    local_student_id: str | None


def read_held_students(
    con: "duckdb.DuckDBPyConnection",
) -> dict[str, tuple[NamedStudent, ...]]:
    """Return the students on hold for each fatal rule that holds at most ``NAMED_AT_MOST``.

    Call ``choose_students`` first: this reads its tables. The students are in the order of names.
    """
    held: dict[str, tuple[NamedStudent, ...]] = {}
    for rule, *student in con.execute(
        """
        with of_rule as (
            select distinct finding.rule, finding.n
            from chosen_finding as finding
            inner join recon.rule_count as counted
                on finding.rule = counted.rule and counted.severity = 'fatal'
            where counted.students <= ?
        )
        select of_rule.rule, named.name, named.ssid, named.local_student_id
        from of_rule
        inner join chosen_name as named on of_rule.n = named.n
        order by of_rule.rule, named.name nulls last, of_rule.n
        """,
        [NAMED_AT_MOST],
    ).fetchall():
        held[rule] = (*held.get(rule, ()), NamedStudent(*student))
    return held
