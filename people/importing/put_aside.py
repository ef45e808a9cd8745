"""A file between its check and its import: put aside under a token that only the session of the uploader knows.

A file that nobody confirmed is thrown away after a day.
"""

import secrets
import time
from pathlib import Path

from django.conf import settings

KEPT_SECONDS = 24 * 60 * 60


def keep(data: bytes) -> str:
    """Puts the file aside and returns its token; forgotten files go."""
    for old in _folder().iterdir():
        if old.is_file() and old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    token = secrets.token_hex(16)
    (_folder() / token).write_bytes(data)
    return token


def look(token: str) -> bytes | None:
    """The file, which stays aside; None when it is gone."""
    place = _folder() / token
    return place.read_bytes() if place.is_file() else None


def take(token: str) -> bytes | None:
    """The file, once."""
    data = look(token)
    (_folder() / token).unlink(missing_ok=True)
    return data


def _folder() -> Path:
    folder = settings.VAR_DIR / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
