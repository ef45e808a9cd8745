"""The articles an item rests on, by role, with their text on the day; and what they were before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.basis_links import BASIS, PREVIOUS
from kb.citations.values import Role
from kb.keys import article_of
from kb.lookup import Resolved, Successor, predecessors_of, provisions_on
from kb.models import Citation, PowerItem, Provision
from kb.models.citation import CitationQuerySet
from kb.models.status import LegalStatus

# The order in which an officer argues: what was broken, what it brings, how much, how.
ROLES = (Role.DUTY, Role.PENALTY, Role.DISCRETION, Role.PROCEDURE, Role.POWER, Role.REFERENCE)
ROLE_LABELS = dict(Citation.Role.choices)
DEEP: dict[str, int] = {Provision.Kind.ITEM: 1, Provision.Kind.SUBITEM: 2}


@dataclass(frozen=True)
class Line:
    """One 款, 项 or 目 as it stands in print; `depth` 0, 1, 2 sets it in."""

    text: str
    depth: int = 0


@dataclass(frozen=True)
class BasisArticle:
    """One cited provision: how to quote it, and its text in force."""

    citation: Citation
    here: Resolved | None = None
    article: Resolved | None = None

    @property
    def is_linked(self) -> bool:
        """Whether the law and the provision are known; their text may still be missing."""
        return self.here is not None

    @property
    def quote(self) -> str:
        """The standard citation of an enforcement document; the words as written when unresolved."""
        return self.here.citation if self.here is not None else self.citation.raw

    @property
    def name(self) -> str:
        """The same, short enough for a list."""
        return self.quote.replace("中华人民共和国", "")

    @property
    def lines(self) -> list[Line]:
        """The cited words. A 项 is no sentence of its own: the 款 that leads it in comes first."""
        rows = self.here.rows if self.here else ()
        led = [row for row in self._above() if row.text] if rows and rows[0].kind in DEEP else []
        return _lines([*led, *rows])

    @property
    def whole(self) -> list[Line]:
        """The whole article, when only a part of it is cited."""
        rows = self.article.rows if self.article else ()
        return _lines(rows) if self.here and len(rows) > len(self.here.rows) + len(self._above()) else []

    @property
    def target(self) -> tuple[int | None, str]:
        """(regulation, key) of the provision as it was found."""
        return self.citation.regulation_id, self.here.key if self.here is not None else self.citation.key

    @property
    def number(self) -> str:
        """第三十四条, the label of the article."""
        return self.article.label if self.article is not None else ""

    @property
    def code(self) -> LegalStatus | None:
        return self.here.status if self.here is not None else None

    def _above(self) -> list[Provision]:
        """The 款 (and 项) above the cited part."""
        key = self.here.rows[0].key if self.here and self.here.rows else ""
        rows = self.article.rows if self.article else ()
        return [row for row in rows if "." in row.key and key.startswith(f"{row.key}.")]


@dataclass(frozen=True)
class FormerBasis:
    """What the item rested on before: as the list wrote it, as citations, and since when not any more."""

    text: str = ""
    articles: tuple[BasisArticle, ...] = ()
    successions: tuple[Successor, ...] = ()
    changed_on: dt.date | None = None

    def __bool__(self) -> bool:
        return bool(self.text or self.successions)

    @property
    def entries(self) -> list[tuple[BasisArticle, str]]:
        """The linked articles of the old basis, each with what changed when it was succeeded."""
        notes: dict[tuple[int | None, str], str] = {(s.regulation.pk, s.key): s.note for s in self.successions}
        return [(article, notes.get(article.target, "")) for article in self.articles if article.is_linked]

    @property
    def others(self) -> list[Successor]:
        """Predecessors of the present basis that the list does not name itself."""
        named = {article.target for article in self.articles}
        return [s for s in self.successions if (s.regulation.pk, s.key) not in named]


@dataclass(frozen=True)
class Basis:
    """Everything under 依据. `groups` holds (words of the role, articles)."""

    groups: list[tuple[str, list[BasisArticle]]]
    former: FormerBasis
    as_written: list[str] = field(default_factory=list)

    @property
    def articles(self) -> list[BasisArticle]:
        return [article for _, articles in self.groups for article in articles]

    @property
    def quote(self) -> str:
        """All of it for one copy: the standard citations in the order of the page."""
        return "、".join(dict.fromkeys(a.quote for a in self.articles)) or "、".join(self.as_written)


def basis_of(item: PowerItem, on: dt.date) -> Basis:
    """The item's basis on the day; seven queries, however many articles."""
    articles = articles_of(item.citations, on)
    now = [a for a in articles if a.citation.field_name != PREVIOUS]
    before = tuple(a for a in articles if a.citation.field_name == PREVIOUS)
    return Basis(
        groups=_by_role(now),
        former=_former(item, now, before, on),
        as_written=[] if now else written_parts(item.basis_text),
    )


def articles_of(citations: CitationQuerySet, on: dt.date) -> list[BasisArticle]:
    """What a text cites, in its order, with the text of the day; six queries, however many."""
    rows = list(citations.exclude(status=Citation.Status.DISMISSED).order_by("span_start", "pk"))
    pairs = {(c.regulation_id, key) for c in rows if c.regulation_id for key in (c.key, article_of(c.key))}
    found = provisions_on(pairs, on) if pairs else {}
    return [
        BasisArticle(c, found.get((c.regulation_id, c.key)), found.get((c.regulation_id, article_of(c.key))))
        for c in rows
    ]


def written_parts(text: str) -> list[str]:
    """The single citations of a basis as the list writes them."""
    return [part.strip() for part in text.replace(";", "；").replace("\n", "；").split("；") if part.strip()]


def _by_role(articles: list[BasisArticle]) -> list[tuple[str, list[BasisArticle]]]:
    groups = [(ROLE_LABELS[role], [a for a in articles if a.citation.role == role]) for role in ROLES]
    return [(label, members) for label, members in groups if members]


def _former(item: PowerItem, now: list[BasisArticle], before: tuple[BasisArticle, ...], on: dt.date) -> FormerBasis:
    pairs = [(a.here.regulation.pk, a.here.key) for a in now if a.here is not None]
    found = predecessors_of(pairs) if pairs else {}
    successions = tuple(dict.fromkeys(s for pair in pairs for s in found.get(pair, ()) if s.since and s.since <= on))
    return FormerBasis(item.previous_basis, before, successions, _changed_on(successions, before, on))


def _changed_on(successions: Iterable[Successor], before: Iterable[BasisArticle], on: dt.date) -> dt.date | None:
    """The day the old basis ended: by the table of successions, else by the end of the old law."""
    days = [s.since for s in successions if s.since]
    ends = [a.here.version.effective_to for a in before if a.here is not None and a.here.version]
    return max(days or [day for day in ends if day and day <= on], default=None)


def _lines(rows: Iterable[Provision]) -> list[Line]:
    """Rows as lines; the 条 itself gives one only when it carries text of its own."""
    lines = []
    for row in rows:
        label = "" if row.kind == Provision.Kind.ARTICLE else row.label
        text = f"{label}{row.heading}{row.text}"
        if text.strip():
            lines.append(Line(text, DEEP.get(row.kind, 0)))
    return lines


__all__ = ["BASIS", "Basis", "BasisArticle", "FormerBasis", "Line", "articles_of", "basis_of", "written_parts"]
