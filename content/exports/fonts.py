"""The two Chinese fonts of every printed page: Noto Serif CJK SC for text, Noto Sans CJK SC for headings.

Both are under the SIL Open Font License. They come out of one pinned wheel and are checked by hash,
so the same document gives the same PDF on any machine; what the machine has installed is never used.
"""

import hashlib
import os
import struct
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from content.exports.document import ExportError
from content.wheels import PinnedWheel, WheelUnavailable

WHEEL = PinnedWheel(
    name="mplfonts",
    version="0.0.11",
    sha256="b5e05ba7fd9a59cae48d1db41f657f50e6765e6f04b8d78504438b93a66b6e13",
    command="make fonts",
    seconds=900,
)
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
FILES = {
    "NotoSerifCJKsc-Regular.otf": "efa5e49879a789c1ecad8f07e1813c7f9aa6c4b951fdbb5791d85d67345632d7",
    "NotoSansCJKsc-Regular.otf": "1652500938055a232cfbfa321de6ebaadfc5635dd9f75e369bc991d14a6512dd",
}
LARGEST_MB = 40
UNSEEN = set("\n\t\u200b\u2028\u2029\ufeff")  # take no ink, so they need no glyph


class FontsUnavailable(ExportError):
    """A font is missing or not the pinned one; the message says in Chinese what to do."""


def fetch_fonts(folder: Path | None = None) -> Path:
    """The folder with exactly our font files, fetched when they are not there. Raises FontsUnavailable."""
    folder = folder or settings.FONTS_DIR
    missing = [name for name in FILES if not (folder / name).exists()]
    if missing:
        try:
            _unpack(folder, missing)
        except (WheelUnavailable, OSError) as reason:
            raise FontsUnavailable(f"PDF 所需的中文字体不在 {folder}。{reason}") from reason
    return _checked(folder)


def installed_fonts() -> Path:
    """The folder of the fonts without going to the network. Raises FontsUnavailable."""
    folder = settings.FONTS_DIR
    missing = [name for name in FILES if not (folder / name).exists()]
    if missing:
        raise FontsUnavailable(
            f"没有 PDF 所需的中文字体 {'、'.join(missing)}。请运行 make fonts（约 85 MB）；"
            f"不能联网时，把 {WHEEL.file_name} 放入 {folder.parent} 后再运行。"
        )
    return _checked(folder)


def without_glyph(text: str, folder: Path) -> list[str]:
    """The characters of the text that one of our fonts cannot draw, in order, each once."""
    known = _known_characters(folder)
    return [character for character in dict.fromkeys(text) if character not in UNSEEN and ord(character) not in known]


def _unpack(folder: Path, names: Iterable[str]) -> None:
    wheel = WHEEL.fetch(folder.parent)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        unfinished = folder / f"{name}.{os.getpid()}.part"
        unfinished.write_bytes(WHEEL.member(wheel, f"mplfonts/fonts/{name}", LARGEST_MB))
        unfinished.replace(folder / name)


def _checked(folder: Path) -> Path:
    for name, expected in FILES.items():
        path = folder / name
        if _digest(path, path.stat().st_mtime_ns) != expected:
            raise FontsUnavailable(f"字体文件 {path} 的校验和不符，已拒绝使用；请删除该文件后运行 make fonts。")
    return folder


@lru_cache(maxsize=8)
def _digest(path: Path, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=4)
def _known_characters(folder: Path) -> frozenset[int]:
    return frozenset.intersection(*(frozenset(characters_of((folder / name).read_bytes())) for name in FILES))


def characters_of(font: bytes) -> Iterable[int]:
    """Code points of an OpenType font: format 12 of its table cmap, which all fonts of this size have."""
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(tables))
    cmap = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    subtables = (cmap + struct.unpack_from(">HHL", font, cmap + 4 + 8 * n)[2] for n in range(count))
    full = next(start for start in subtables if struct.unpack_from(">H", font, start)[0] == 12)
    groups = struct.unpack_from(">L", font, full + 12)[0]
    for n in range(groups):
        first, last, _ = struct.unpack_from(">LLL", font, full + 16 + 12 * n)
        yield from range(first, last + 1)
