"""Work that many small changes ask for, done at most once in a while and never forgotten.

The first call works at once. Calls that follow within the pause are joined into one, made by a timer
when the pause is over or, in a command that ends before, at exit. An import of hundreds of files so
writes the index every second, not hundreds of times.
"""

import atexit
from collections.abc import Callable
from threading import Lock, Timer
from time import monotonic

from django.db import connection


class Paced:
    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._lock = Lock()
        self._timer: Timer | None = None
        self._next = 0.0
        self._at_work = False

    def __call__(self, pause: float) -> None:
        """Works now when the last time is `pause` seconds ago, else once when it will be.

        While another thread is at work the call is planned, too: it would only wait for the same lock.
        """
        with self._lock:
            wait = pause if self._at_work and pause else self._next - monotonic()
            if self._timer is None and wait > 0:
                self._plan(wait, pause)
            if self._timer is not None:
                return
        self._run(pause)

    def flush(self) -> None:
        """Does now what is planned."""
        if self._take():
            self._run(0)

    def _plan(self, wait: float, pause: float) -> None:
        self._timer = Timer(wait, self._late, (pause,))
        self._timer.daemon = True
        self._timer.start()
        atexit.unregister(self.flush)
        atexit.register(self.flush)

    def _late(self, pause: float) -> None:
        if self._take():
            self._run(pause)
            connection.close()

    def _take(self) -> bool:
        """Whether there was a plan; it is the caller's now."""
        with self._lock:
            timer, self._timer = self._timer, None
        if timer:
            timer.cancel()
        return timer is not None

    def _run(self, pause: float) -> None:
        self._at_work = True
        try:
            self._work()
        finally:
            self._next, self._at_work = monotonic() + pause, False
