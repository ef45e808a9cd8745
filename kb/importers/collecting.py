"""Files and folders given on the command line -> the documents to import, split ones put together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb.importers.documents import KNOWN_BUT_UNREADABLE, SUPPORTED, join_parts, read_document
from kb.parser import SourceDocument
from kb.parser.lines import read_lines
from kb.parser.openings import structural

_COVER = re.compile(r"^(?:readme|index|_index|封面|目录)\.", re.I)
_PART = re.compile(r"^\d{1,3}[-_. ]")
MOST_COVER_LINES = 12


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be: its file, and the files of its further parts."""

    path: Path
    parts: tuple[Path, ...] = ()

    @property
    def files(self) -> int:
        return 1 + len(self.parts)

    def read(self) -> SourceDocument:
        """Raises Refused."""
        # README.md says nothing: the folder is the name under which the source is known
        name = f"{self.path.parent.name}/{self.path.name}" if _COVER.match(self.path.name) else ""
        document = read_document(self.path, name)
        return join_parts(document, [read_document(part) for part in self.parts]) if self.parts else document


@dataclass(slots=True)
class Collected:
    jobs: list[Job] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)


def collect(paths: Iterable[Path]) -> Collected:
    """Files as given, folders with everything below them. A file that is no document is passed over and named."""
    collected = Collected()
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            documents = [p for p in found if p.suffix.lower() in SUPPORTED + KNOWN_BUT_UNREADABLE]
            collected.passed_over += [p for p in found if p not in set(documents)]
            collected.jobs += _jobs(documents)
        elif path.exists():
            collected.jobs.append(Job(path))
        else:
            collected.missing.append(path)
    return collected


def _jobs(files: list[Path]) -> Iterator[Job]:
    """One job a file, but a cover page and the numbered files beside it that begin with a 编 are one."""
    by_folder: dict[Path, list[Path]] = {}
    for file in files:
        by_folder.setdefault(file.parent, []).append(file)
    for siblings in by_folder.values():
        cover = next((f for f in siblings if _COVER.match(f.name)), None)
        parts = tuple(f for f in siblings if cover and _PART.match(f.name) and _begins_with_structure(f))
        if cover and parts and _is_cover(cover):
            yield Job(cover, parts)
            siblings = [f for f in siblings if f != cover and f not in parts]
        yield from (Job(file) for file in siblings)


def _begins_with_structure(file: Path) -> bool:
    """第二编 … as the first line: the file has no title of its own."""
    lines = _first_lines(file)
    return bool(lines) and structural(lines[0], marked=True) is not None


def _is_cover(file: Path) -> bool:
    """A title and perhaps the 题注, nothing else."""
    lines = _first_lines(file)
    return 0 < len(lines) <= MOST_COVER_LINES


def _first_lines(file: Path) -> list[str]:
    if file.suffix.lower() not in (".md", ".txt", ".markdown"):
        return []
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return [line.stripped for line in read_lines(text).lines[: MOST_COVER_LINES + 1]]
