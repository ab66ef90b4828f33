"""Reconcile CALPADS student enrollment (SENR) with a student information system.

The folders, in the order in which data passes through them:

- ``cli``: one module per group of commands; options, messages, the printed summary.
- ``settings``: senr.toml and the options become one frozen Settings; keep list and school list.
- ``extract``: run one query in the SIS's own database, and write its records as an extract.
- ``load``: read an extract into staging tables: find its format, check every line, load it.
- ``reference``: layout, code sets, rule and reason catalogs, and the tables that hold them.
- ``versions``: which versions of the rules exist, which one is in force, and their checksums.
- ``views``: the SQL files: read, sort, lint, overlay, and create them.
- ``draft``: a first senr.toml from the extracts at hand.
- ``run``: one reconciliation, from taking the lock to publishing; start with ``reconcile.py``.
- ``compare``: the same for SELA, SPRG and SINF, which are compared and listed, never sent.
- ``export``: upload files and their names, the zip, exceptions.csv.
- ``ledger``: what was sent, posted, and rejected.
- ``database``: open the published database, query it, print the result, and list its views.
- ``student``: find one student in that database, explain what a run did, choose spot checks.
- ``work_lists``: Excel lists of what someone must look at, and CSV files for the SIS.
- ``causes``: what the differences and the holds have in common.
- ``report``: report.html.
- ``rulebook``: tools for people who change rules: diff, lineage, trial run, index.
- ``engines``: the same views on PostgreSQL and Spark.
- ``simulate``: a model of CALPADS, to test what we send.
- ``files``: private folders, what is ours, publishing by rename, the workspace lock, full disks.
- ``privacy``: what may be shown of values and tracebacks, and what is safe in a spreadsheet cell.
- ``sample``: made-up extracts for the demo and the bench.

Imports point one way; ``tests/test_architecture.py`` checks it.
"""

__version__ = "0.1.0"
