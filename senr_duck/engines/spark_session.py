"""A Spark session that writes only to one private folder and does not log."""

import logging
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# The logs of Spark and PySpark contain statements and values, which may be a student's.
_NO_LOG = "rootLogger.level = off\n"
_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")

_SETTINGS = {
    "spark.app.name": "senr-duck",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    # errors instead of nulls; names and days as in DuckDB
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    # recursions end on their own, at the number of a student's records
    "spark.sql.cteRecursionLevelLimit": "-1",
    "spark.sql.cteRecursionRowLimit": "-1",
}
# Without a cluster the data is small: most of the time was spent on preparations for large data,
# above all on compiling each step of each query.
_LOCAL_SETTINGS = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}


@contextmanager
def open_spark(master: str, folder: Path) -> Iterator["SparkSession"]:
    """Open a session on a master such as ``local[2]``; its Java process ends with the body.

    Tables, spilled rows, and temporary files go to ``folder``, which every executor must be able to
    access. Raises InputError if PySpark is not installed or Spark does not start.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError(
            "--engine spark: PySpark is not installed", "pip install 'senr-duck[spark]'"
        ) from error
    for name in _LOGGERS:
        logging.getLogger(name).disabled = True
    log_settings = folder / "log4j2.properties"
    log_settings.write_text(_NO_LOG, encoding="utf-8", newline="\n")
    scratch = folder / "scratch"
    scratch.mkdir(mode=0o700)
    java = f"-Dlog4j2.configurationFile={log_settings.as_uri()} -Djava.io.tmpdir={scratch}"
    settings = _SETTINGS | {
        "spark.master": master,
        "spark.sql.warehouse.dir": folder.as_uri(),
        "spark.local.dir": str(scratch),
        "spark.driver.extraJavaOptions": java,
    }
    if master.startswith("local"):
        settings |= _LOCAL_SETTINGS
        settings["spark.driver.extraJavaOptions"] = f"{java} -XX:TieredStopAtLevel=1"
    conf = SparkConf(loadDefaults=False).setAll(list(settings.items()))
    refused = InputError(
        f"--engine spark: Spark did not start on {master!r}",
        "check that Java 17 or later is installed, and that the master, such as local[2],"
        " spark://HOST:PORT, or yarn, can be reached",
    )
    try:
        gateway = launch_gateway(conf, {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL})
    except (PySparkException, OSError) as error:
        raise refused from error
    try:
        try:
            context = SparkContext(conf=conf, gateway=gateway)
        except (PySparkException, Py4JError) as error:
            raise refused from error
        try:
            yield SparkSession(context)
        finally:
            context.stop()
    finally:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(timeout=60)
        SparkContext._gateway = None
        SparkContext._jvm = None
