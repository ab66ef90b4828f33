"""Reconcile CALPADS student enrollment (SENR) with a student information system.

The folders, in the order in which data passes through them:

- ``cli``: one module per group of commands; options, messages, the printed summary.
- ``settings``: senr.toml and the options become one frozen Settings; keep list and school list.
- ``load``: an extract becomes staging lines: find its format, prove its lines, load them.
- ``reference``: layout, code sets, rule and reason catalogs, and the tables that hold them.
- ``versions``: which versions of the rules exist, which one is in force, and their checksums.
- ``views``: the SQL files: read, order, lint, overlay, create.
- ``run``: one reconciliation, from the lock to the publish; ``reconcile.py`` is the story.
- ``export``: upload files and their names, the zip, exceptions.csv.
- ``ledger``: what was sent, posted, and rejected.
- ``database``: the published database: open it, query it, print the result, list its views.
- ``student``: one student in it: find, explain, spot-check, draw.
- ``report``: report.html.
- ``rulebook``: for whoever changes rules: diff, lineage, try, index.
- ``engines``: the same views on PostgreSQL and Spark.
- ``simulate``: the model of CALPADS that proves what we send.
- ``files``: private folders, publish by rename, the workspace lock, full disks.
- ``privacy``: what may be shown of a value, of a traceback, and in a spreadsheet cell.
- ``sample``: made-up extracts for the demo and the bench.

Imports point one way; ``tests/test_architecture.py`` holds their order.
"""

__version__ = "0.1.0"
