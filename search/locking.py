"""A lock between processes, kept by the operating system and freed when its holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

from django.core.files import locks

RETRY_SECONDS = 0.02


@contextmanager
def file_lock(path: Path, *, timeout: float) -> Iterator[bool]:
    """Yields whether the lock was got within `timeout` seconds; the file itself stays behind empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = monotonic() + timeout
    with path.open("a") as handle:
        while not (held := locks.lock(handle, locks.LOCK_EX | locks.LOCK_NB)):
            if monotonic() >= deadline:
                break
            sleep(RETRY_SECONDS)
        try:
            yield held
        finally:
            if held:
                locks.unlock(handle)


def name_of_locks(folder: Path) -> str:
    """Names those who share the locks of this folder, mostly one machine; made once, never half."""
    file, fresh = folder / "machine", folder / f"machine-{uuid4().hex}"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(uuid4().hex[:12])
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
        fresh.unlink()
    return file.read_text()
