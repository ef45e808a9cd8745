"""Files of editions on disk: a file appears whole or not at all, and is never overwritten."""

import hashlib
import os
import time
from pathlib import Path

from casebook.models import CasebookIssue
from content.storage import private_storage

ABANDONED = 3600  # seconds after which an unfinished file belongs to a process that died


def name_of(issue: CasebookIssue, printing: int, form: str, data: bytes) -> str:
    """`editions/2026Q3/2026Q3-1-3f2a9c0b1d4e.pdf`: the name tells the content."""
    return f"editions/{issue.code}/{issue.code}-{printing}-{digest(data)[:12]}.{form}"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(name: str, data: bytes) -> None:
    """Writes the file beside its place and moves it there; a file of that name with that content stays as it is."""
    path = Path(private_storage().path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(path.parent)
    if path.exists() and digest(path.read_bytes()) == digest(data):
        return
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _clear_abandoned(folder: Path) -> None:
    for part in folder.glob(".*.part"):
        if time.time() - part.stat().st_mtime > ABANDONED:
            part.unlink(missing_ok=True)
