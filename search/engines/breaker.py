"""A circuit breaker: a server that failed a few times in a row is left alone for a while.

Without it every page would wait for the full time limit before it turns to the database.
"""

from collections.abc import Callable
from random import uniform
from threading import Lock
from time import monotonic

FAILURES = 3
# Seconds; spread, so that the processes of a site do not all come back at the same moment.
PAUSE = (5.0, 10.0)


class Breaker:
    """Closed: all may pass. Open: nobody, but for one trial after each pause. Thread safe."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures >= FAILURES

    def may_pass(self) -> bool:
        """Whether to ask the server now. Whoever passes an open breaker is the trial; others wait for it."""
        with self._lock:
            if not self.is_open:
                return True
            if self._clock() < self._open_until:
                return False
            self._wait()
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> bool:
        """Returns whether this failure opened it."""
        with self._lock:
            self._failures += 1
            if self.is_open:
                self._wait()
            return self._failures == FAILURES

    def _wait(self) -> None:
        self._open_until = self._clock() + uniform(*PAUSE)
