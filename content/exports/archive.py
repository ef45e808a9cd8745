"""Zip files whose bytes depend on their members only."""

import io
import zipfile
from collections.abc import Iterable

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can name


def packed(members: Iterable[tuple[str, bytes]], stored: frozenset[str] = frozenset()) -> bytes:
    """A zip file of the members in their order; those named in `stored` are not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 0  # the same on every operating system
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compress_type=kind, compresslevel=9)
    return target.getvalue()


def repacked(archive: bytes) -> bytes:
    """The same members without the times at which they were written."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return packed((name, source.read(name)) for name in source.namelist())
