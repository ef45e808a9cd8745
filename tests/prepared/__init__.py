"""A migrated database kept between test runs: 600 migrations cost more than most test files.

It is named by everything that the migrations depend on: a changed migration, table of data or package makes a new one.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings

from tests.paths import ROOT

KEPT = 6
# What migrations of ours read besides themselves.
READ_BY_MIGRATIONS = ("*/data/*", "people/roles.py", "config/settings/base.py")


def kept_database() -> Path:
    """Where the migrated database of today's code is or will be."""
    return _folder() / f"{_key()}.sqlite3"


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of several workers one migrates and the others wait for its result."""
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(connection: sqlite3.Connection) -> None:
    """Puts a migrated database aside, whole or not at all; the oldest ones go."""
    place = kept_database()
    beside = place.with_suffix(f".{os.getpid()}")
    with contextlib.closing(sqlite3.connect(beside)) as copy:
        connection.backup(copy)
    beside.replace(place)
    for old in sorted(_folder().glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def fill(connection: sqlite3.Connection) -> None:
    """The kept database into an empty one."""
    with contextlib.closing(sqlite3.connect(kept_database())) as kept:
        kept.backup(connection)


def copy_to(path: Path) -> None:
    """The kept database as a file, where there is one: a site of its own then migrates nothing."""
    if kept_database().exists():
        with contextlib.closing(sqlite3.connect(path)) as copy:
            fill(copy)


def _folder() -> Path:
    folder = Path(settings.CACHE_HOME) / "test-databases"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _key() -> str:
    digest = sha256()
    for name in sorted(f"{one.metadata['Name']} {one.version}" for one in distributions()):
        digest.update(name.encode())
    for path in _sources():
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def _sources() -> list[Path]:
    """Our migrations and what they read; those of packages are told by the packages' versions."""
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
    migrations = [path for folder in ours for path in (folder / "migrations").glob("*.py")]
    read = [path for pattern in READ_BY_MIGRATIONS for path in ROOT.glob(pattern) if path.is_file()]
    return sorted({*migrations, *read})
