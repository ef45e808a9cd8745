"""Texts with planted findings, `{{person:王建国}}`, and how well a scan finds them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casebook.anonymise import Finding, scan

FOLDER = Path(__file__).parent / "anonymise_texts"
_MARK = re.compile(r"\{\{(?P<kind>\w+):(?P<text>[^{}]+)\}\}")
# kinds of the marks are finer than those of the findings, so that the figures say more
KIND_OF = {"id": "identity", "card": "account", "credit": "credit_code", "orgcode": "credit_code"}
KIND_OF |= {"org": "organisation", "email": "contact", "account": "contact", "date": "day"}
KIND_OF |= {"licence": "other", "hint": "other", "gps": "address"}
TOUCHED = {"minor", "hint"}  # a clue is found when any of it is marked; a name only when all of it is


@dataclass(frozen=True)
class Planted:
    kind: str
    place: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Draft:
    """One text without its marks, by place, and what was planted."""

    name: str
    texts: Mapping[str, str]
    planted: list[Planted]


@dataclass
class Score:
    """Counts by kind. Precision is of findings, by the kind of the finding."""

    planted: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    findings: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    missed: list[tuple[str, Planted]] = field(default_factory=list)
    false: list[tuple[str, Finding]] = field(default_factory=list)

    def recall(self, kind: str | None = None) -> float:
        return _share(self.found, self.planted, kind)

    def precision(self, kind: str | None = None) -> float:
        return _share(self.right, self.findings, kind)

    def table(self) -> str:
        rows = [f"{'planted as':<14}{'planted':>8}{'found':>7}{'recall':>8}"]
        rows += [f"{k:<14}{n:>8}{self.found[k]:>7}{self.recall(k):>8.1%}" for k, n in sorted(self.planted.items())]
        rows += [f"{'all':<14}{self.planted.total():>8}{self.found.total():>7}{self.recall():>8.1%}", ""]
        rows += [f"{'found as':<14}{'found':>8}{'right':>7}{'precision':>11}"]
        rows += [f"{k:<14}{n:>8}{self.right[k]:>7}{self.precision(k):>11.1%}" for k, n in sorted(self.findings.items())]
        rows += [f"{'all':<14}{self.findings.total():>8}{self.right.total():>7}{self.precision():>11.1%}"]
        return "\n".join(rows)


def drafts(part: str) -> list[Draft]:
    """`dev` or `held`: the held-out half was written first and not looked at while the rules were made."""
    return [_draft(path) for path in sorted((FOLDER / part).glob("*.txt"))]


def measure(texts: Iterable[Draft]) -> Score:
    score = Score()
    for draft in texts:
        findings = scan(draft.texts)
        _count(score, draft, findings)
    return score


def _count(score: Score, draft: Draft, findings: tuple[Finding, ...]) -> None:
    for planted in draft.planted:
        score.planted[planted.kind] += 1
        if _is_found(planted, findings):
            score.found[planted.kind] += 1
        else:
            score.missed.append((draft.name, planted))
    for finding in findings:
        score.findings[finding.kind.value] += 1
        if any(_touch(planted, finding) for planted in draft.planted):
            score.right[finding.kind.value] += 1
        else:
            score.false.append((draft.name, finding))


def _is_found(planted: Planted, findings: Iterable[Finding]) -> bool:
    touching = [finding for finding in findings if _touch(planted, finding)]
    if planted.kind in TOUCHED:
        return bool(touching)
    covered = {offset for finding in touching for offset in range(finding.start, finding.end)}
    return covered >= set(range(planted.start, planted.end))


def _touch(planted: Planted, finding: Finding) -> bool:
    return planted.place == finding.place and planted.start < finding.end and finding.start < planted.end


def _draft(path: Path) -> Draft:
    title, _, body = path.read_text("utf-8").partition("\n")
    texts, planted = {}, []
    for place, marked in (("title", title), ("body", body)):
        texts[place], found = _unmarked(place, marked)
        planted += found
    return Draft(path.stem, texts, planted)


def _unmarked(place: str, marked: str) -> tuple[str, list[Planted]]:
    pieces, planted, cursor, length = [], [], 0, 0
    for mark in _MARK.finditer(marked):
        before = marked[cursor : mark.start()]
        length += len(before)
        planted.append(Planted(mark["kind"], place, length, length + len(mark["text"]), mark["text"]))
        pieces += [before, mark["text"]]
        length, cursor = length + len(mark["text"]), mark.end()
    return "".join([*pieces, marked[cursor:]]), planted


def _share(part: Counter, whole: Counter, kind: str | None) -> float:
    total = whole[kind] if kind else whole.total()
    return (part[kind] if kind else part.total()) / total if total else 1.0


def lines_of(score: Score) -> Iterator[str]:
    """What was missed and what was found wrongly, for whoever works on the rules."""
    yield from (f"missed {name} {one.kind} {one.text!r}" for name, one in score.missed)
    yield from (f"false  {name} {one.kind} {one.original!r} ({one.why})" for name, one in score.false)
