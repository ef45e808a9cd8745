"""The thread that closes sittings and has them marked while the site serves, so that no other process is needed.

`config.wsgi` starts one in each serving process, whatever the server. Two queries every few seconds when there is
nothing to do; all of them may work at once (`sittings.closing`). A site that would rather use a timer of the system
sets EXAM_KEEPER_SECONDS=0 and calls `manage.py close_sittings`.
"""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections, connection

from exams.sittings.closing import close_overdue, score_waiting

log = logging.getLogger(__name__)


class Keeper(threading.Thread):
    """Looks every so many seconds until it is told to stop, or the process ends."""

    def __init__(self, seconds: float) -> None:
        super().__init__(name="exam-keeper", daemon=True)
        self.seconds = seconds
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(self.seconds):
            close_old_connections()
            try:
                while any(keep_once()):
                    pass
            except Exception:  # a database that is away comes back; the thread has to be there then
                log.exception("收卷线程出错，稍后再试")
                connection.close()

    def stop(self) -> None:
        """Ends the thread after the round it is in."""
        self._over.set()
        self.join()


def start_keeper() -> Keeper | None:
    """Starts the thread; None where the site does without."""
    if settings.EXAM_KEEPER_SECONDS <= 0:
        return None
    keeper = Keeper(settings.EXAM_KEEPER_SECONDS)
    keeper.start()
    return keeper


def keep_once() -> tuple[int, int]:
    """One round: how many were closed, how many marked."""
    return close_overdue(), score_waiting()
