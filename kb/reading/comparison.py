"""Two versions of a law, article by article.

An amendment (修正) mostly keeps the numbers, a revision (修订) renumbers: articles are paired by
equal text first, then by equal number when the texts are akin, then by the nearest text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from html import escape

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from kb.models import Provision, RegulationVersion

SAME_NUMBER_AKIN = 0.25  # two texts under one number are one article from this likeness on
OTHER_NUMBER_AKIN = 0.55  # under different numbers it takes more
BRIEFEST_EQUAL = 2  # equal stretches shorter than this inside a change only make it hard to read
CACHED = 600  # seconds; an import may have rebuilt the rows meanwhile
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class ArticleText:
    """An article as a whole: its key, its number as printed, its lines."""

    key: str
    label: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def bare(self) -> str:
        """For comparing: white space does not count."""
        return _BLANK.sub("", self.text)


@dataclass(frozen=True)
class Change:
    """One article of either version. `state` is same, moved, changed, added or removed."""

    state: str
    old: ArticleText | None = None
    new: ArticleText | None = None

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def marked(self) -> tuple[SafeString, SafeString]:
        """The old text with <del> and the new one with <ins>."""
        return marked_texts(self.old.text if self.old else "", self.new.text if self.new else "")


@dataclass(frozen=True)
class Run:
    """Consecutive articles in the same state; those whose text did not change are shown folded."""

    state: str
    changes: list[Change]

    @property
    def folded(self) -> bool:
        return self.state in FOLDED

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def span(self) -> str:
        """第二条—第八条; for renumbered articles 第五条—第七条 → 第四条—第六条."""
        new = _span([change.new for change in self.changes if change.new])
        old = _span([change.old for change in self.changes if change.old])
        return f"{old} → {new}" if self.state == "moved" else new


def _span(articles: list[ArticleText]) -> str:
    labels = [article.label for article in articles]
    return "—".join(dict.fromkeys(labels[:1] + labels[-1:]))


STATES = {"same": "未变", "moved": "仅条号变动", "changed": "有修改", "added": "新增", "removed": "删去"}
FOLDED = {"same", "moved"}


def compare(old: RegulationVersion, new: RegulationVersion) -> list[Change]:
    """All articles of both versions in the order of the new one; removed ones stand where they stood."""
    key = f"kb.compare.{old.pk}.{new.pk}.{old.created_at.timestamp()}.{new.created_at.timestamp()}"
    changes = cache.get(key)
    if changes is None:
        changes = compare_articles(articles_of(old), articles_of(new))
        cache.set(key, changes, CACHED)
    return changes


def changed_keys(old: RegulationVersion, new: RegulationVersion) -> set[str]:
    """Articles of the new version whose text is not in the old one."""
    return {c.new.key for c in compare(old, new) if c.new and c.state in {"changed", "added"}}


def articles_of(version: RegulationVersion) -> list[ArticleText]:
    """One query; the rows of an article joined as a reader sees them."""
    lines: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    rows = version.provisions.exclude(article_key="").order_by("position")
    for kind, article, label, heading, text in rows.values_list("kind", "article_key", "label", "heading", "text"):
        if kind == Provision.Kind.ARTICLE:
            labels[article], label = label, ""
        if article in labels:
            lines.setdefault(article, []).extend(filter(None, [f"{label}{heading}{text}"]))
    return [ArticleText(key, label, tuple(lines[key])) for key, label in labels.items()]


def compare_articles(old: list[ArticleText], new: list[ArticleText]) -> list[Change]:
    """Pairs the articles and puts the removed ones in their place."""
    partner = _pair(old, new)
    changes = [_change(partner.get(article.key), article) for article in new]
    taken = {article.key for article in partner.values()}
    at_old = {change.old.key: index for index, change in enumerate(changes) if change.old}
    offset, previous = 0, -1
    for article in old:
        if article.key in taken:
            previous = at_old[article.key]
        else:
            changes.insert(previous + offset + 1, Change("removed", old=article))
            offset += 1
    return changes


def runs(changes: list[Change]) -> list[Run]:
    """Articles without a change of text folded together; every other article by itself."""
    found: list[Run] = []
    for change in changes:
        if found and change.state in FOLDED and found[-1].state == change.state:
            found[-1].changes.append(change)
        else:
            found.append(Run(change.state, [change]))
    return found


def tally(changes: list[Change]) -> list[tuple[str, int]]:
    """(words, number) of each state that occurs, in a fixed order."""
    counts = Counter(change.state for change in changes)
    return [(words, counts[state]) for state, words in STATES.items() if counts[state]]


def _pair(old: list[ArticleText], new: list[ArticleText]) -> dict[str, ArticleText]:
    """New key -> old article."""
    partner = _equal_texts(old, new)
    taken = {article.key for article in partner.values()}
    rest_old = {article.key: article for article in old if article.key not in taken}
    rest_new = [article for article in new if article.key not in partner]
    for article in rest_new:
        same_number = rest_old.get(article.key)
        if same_number and likeness(same_number, article) >= SAME_NUMBER_AKIN:
            partner[article.key] = rest_old.pop(article.key)
    rest_new = [article for article in rest_new if article.key not in partner]
    return partner | _nearest(list(rest_old.values()), rest_new)


def _equal_texts(old: list[ArticleText], new: list[ArticleText]) -> dict[str, ArticleText]:
    """Equal texts, the same number first where a text occurs more than once."""
    by_text: dict[str, list[ArticleText]] = {}
    for article in old:
        by_text.setdefault(article.bare, []).append(article)
    partner = {}
    for article in new:
        equals = by_text.get(article.bare, [])
        if equals:
            best = next((one for one in equals if one.key == article.key), equals[0])
            equals.remove(best)
            partner[article.key] = best
    return partner


def _nearest(old: list[ArticleText], new: list[ArticleText]) -> dict[str, ArticleText]:
    """The likeliest pairs first, each article once."""
    scored = [(likeness(a, b), a, b) for a in old for b in new]
    partner: dict[str, ArticleText] = {}
    taken: set[str] = set()
    for score, before, after in sorted(scored, key=lambda one: -one[0]):
        if score < OTHER_NUMBER_AKIN:
            break
        if before.key not in taken and after.key not in partner:
            partner[after.key] = before
            taken.add(before.key)
    return partner


def likeness(one: ArticleText, other: ArticleText) -> float:
    """Share of common character pairs (Dice), 0 to 1."""
    a, b = _pairs(one.bare), _pairs(other.bare)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset({text[i : i + 2] for i in range(len(text) - 1)})


def _change(old: ArticleText | None, new: ArticleText) -> Change:
    if old is None:
        return Change("added", new=new)
    if old.bare != new.bare:
        return Change("changed", old, new)
    return Change("same" if old.key == new.key else "moved", old, new)


def marked_texts(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts escaped, with what went in <del> and what came in <ins>."""
    before, after = [], []
    for tag, a, b in _steps(old, new):
        before.append(escape(a) if tag == "equal" or not a else f"<del>{escape(a)}</del>")
        after.append(escape(b) if tag == "equal" or not b else f"<ins>{escape(b)}</ins>")
    return mark_safe("".join(before)), mark_safe("".join(after))


def _steps(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Opcodes with short equal stretches between two changes drawn into the change."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pending: tuple[str, str] | None = None
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        a, b = old[a1:a2], new[b1:b2]
        if tag == "equal" and not (pending and len(a) < BRIEFEST_EQUAL and a2 < len(old)):
            if pending:
                yield "change", *pending
                pending = None
            yield "equal", a, b
        else:
            pending = (pending[0] + a, pending[1] + b) if pending else (a, b)
    if pending:
        yield "change", *pending
