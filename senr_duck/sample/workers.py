"""Make up blocks in several processes, and return them in order."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from pathlib import Path

from senr_duck.sample.blocks import Block
from senr_duck.sample.spool import Spool, write_spool

# How many blocks of a worker may be in progress or waiting, which limits the disk space.
_AHEAD = 4


def write_spools(blocks: Sequence[Block], folder: Path, workers: int) -> Iterator[Spool]:
    """Yield each block's spool in the order of the blocks, whichever is ready first."""
    if workers == 1:
        for block in blocks:
            yield write_spool(block, folder)
        return
    # Spawned, because a fork of a process with threads may hang.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_start)
    try:
        ahead: deque[Future[Spool]] = deque()
        for block in blocks:
            if len(ahead) == workers * _AHEAD:
                yield ahead.popleft().result()
            ahead.append(pool.submit(write_spool, block, folder))
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _start() -> None:
    """Prepare a worker: its parent handles interruptions, and it ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Students are plain tuples without reference cycles, so there is nothing to collect.
    gc.disable()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
