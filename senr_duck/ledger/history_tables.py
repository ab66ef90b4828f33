"""The tables in which the ledger keeps what changes from run to run."""

# Each table's grain, and its columns.
HISTORY_TABLES = {
    "run_total": (
        "the totals of every run: one row per run; scope names its LEAs and schools",
        """run_id varchar, scope varchar, records_sent bigint, students_held bigint,
        findings_open bigint""",
    ),
    "run_count": (
        "the counts of every run: one row per run, kind, class and name",
        """run_id varchar, kind varchar, class varchar, name varchar, lines bigint,
        students bigint""",
    ),
    "open_finding": (
        "what someone must look at in every run: one row per run, LEA, student and rule",
        """run_id varchar, reporting_lea varchar, student varchar, rule varchar,
        severity varchar, local_student_id varchar, school_of_attendance varchar""",
    ),
}
