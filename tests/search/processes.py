"""Real child processes on a site of their own, forked from a server that has opened no file and no connection."""

import multiprocessing
from contextlib import suppress

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.search.killed"])


class Child:
    """A process at work; `said` waits until it ends and returns all it said and how it ended."""

    def __init__(self, work, *args):
        self.ours, theirs = PROCESSES.Pipe(duplex=False)
        self.process = PROCESSES.Process(target=work, args=(*args, theirs))
        self.process.start()
        theirs.close()

    def said(self):
        said = []
        with suppress(EOFError):
            while True:
                said.append(self.ours.recv())
        self.process.join()
        return said, self.process.exitcode


def told_by(work, *args):
    return Child(work, *args).said()
