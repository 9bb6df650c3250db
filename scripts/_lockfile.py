"""Let one process at a time do a piece of work, by a lock of the operating system.

The system itself lets go of it when a process ends in any way, so there is no stale lock to recognise and nothing to
clean up.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from _console import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def exclusive(path: Path, waiting: str) -> Iterator[None]:
    """Hold the lock file ``path``; say ``waiting`` once where somebody else holds it."""
    with path.open("a+b") as handle:
        told = False
        while not _try(handle.fileno()):
            if not told:
                say(waiting)
                told = True
            time.sleep(0.2)
        yield  # closing the file lets go


if os.name == "nt":
    import msvcrt

    def _try(number: int) -> bool:
        try:
            os.lseek(number, 0, os.SEEK_SET)
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(number: int) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a network share without locks: better to go on than never to start
            return True
        return True
