"""What is measured beside senr-duck: scripts that stand alone, each under its own interpreter.

A script takes the path of a job (``tools.bench.job``) and writes into the job's folder ``out``
either CSV files of the differing records, which begin with the columns ``status`` (``removed``,
``added`` or ``changed``), ``school``, ``ssid`` and ``start``, or ``counts.json`` with those
counts. A job's ``reading`` is ``text``, the careful use of a library, or ``default``, what it does
when it is told nothing but the delimiter and the names.
"""
