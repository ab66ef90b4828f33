"""Run a command and print its time and memory as JSON, in a separate process for each command.

On Linux, a process's peak memory begins with that of the process that started it. So this script,
which loads almost nothing, starts what is measured, and the bench itself does not.
"""

import json
import os
import subprocess
import sys
import time

started = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
wall = time.perf_counter() - started
json.dump(
    {
        "status": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss / 1024,
    },
    sys.stdout,
)
