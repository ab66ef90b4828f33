"""What senr-duck is compared with: independent scripts, each with its own interpreter.

A script takes the path of a job (``tools.bench.job``) and writes to the job's folder ``out`` either
CSV files of the differing records or ``counts.json`` with the counts. The CSV files begin with the
columns ``status`` (``removed``, ``added`` or ``changed``), ``school``, ``ssid`` and ``start``. A
job's ``reading`` is ``text``, the careful use of a library, or ``default``, with no options but the
delimiter and the column names.
"""
