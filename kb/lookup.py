"""What a reference (regulation, key) means on a day: the version, the text, the status, the successor.

The one place where a stored reference becomes text. `on` is the day of the source (a case: the
day of the act; an item page: today); resolving never depends on a version's row.

    provision_on(regulation, "33.p1", on)            one reference, 4 queries
    provisions_on([(citation.regulation, citation.key), ...], on)      many, at most 5 queries

A repealed law still gives its last text (`status` 已废止, `in_force` False, `successors` filled);
a law known only by gists gives `gist` and no `rows`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from kb.citations.standard import standard_citation, written_key
from kb.keys import ARTICLE, anchor_of, article_of
from kb.models import Gist, Provision, ProvisionSuccession, Regulation, RegulationVersion
from kb.models.regulation import regulations_by_pk
from kb.models.status import LegalStatus

Pair = tuple[int, str]


@dataclass(frozen=True)
class Successor:
    """Where a provision went (or came from) when another regulation took over."""

    regulation: Regulation
    key: str
    note: str = ""
    since: dt.date | None = None

    @property
    def label(self) -> str:
        """《中华人民共和国生态环境法典》第一千一百三十二条."""
        return standard_citation(self.regulation.title, self.key)

    @property
    def url(self) -> str:
        return provision_url(self.regulation, self.key)


@dataclass(frozen=True)
class Resolved:
    """One reference on one day. `rows` is the provision and everything below it, in reading order."""

    regulation: Regulation
    key: str
    on: dt.date
    status: LegalStatus
    version: RegulationVersion | None = None
    provision: Provision | None = None
    rows: tuple[Provision, ...] = ()
    sole_paragraph: bool = False
    gist: str = ""
    successors: tuple[Successor, ...] = field(default=())

    def __bool__(self) -> bool:
        """Whether there is text to show."""
        return self.provision is not None

    @property
    def in_force(self) -> bool:
        return self.version is not None and self.version.covers(self.on)

    @property
    def successor(self) -> Successor | None:
        return self.successors[0] if self.successors else None

    @property
    def lines(self) -> list[str]:
        """款, 项 and 目 as lines, each with the number it carries in print; no line for the 条 itself."""
        lines = [f"{row.label if row.kind != 'article' else ''}{row.heading}{row.text}" for row in self.rows]
        return [line for line in lines if line.strip()]

    @property
    def text(self) -> str:
        """The text as a quotation: `第三十三条　…` with one line a 款 or 项, nothing added."""
        body = "\n".join(self.lines)
        whole_article = self.provision is not None and self.provision.kind == Provision.Kind.ARTICLE
        return f"{self.provision.label}　{body}" if whole_article and self.provision else body

    @property
    def label(self) -> str:
        """第三十三条第一款; 第一款 is left out where the article has one paragraph only."""
        return written_key(self.key, single_paragraph=self.sole_paragraph) or (
            self.provision.label if self.provision else self.key
        )

    @property
    def citation(self) -> str:
        """The standard citation of an enforcement document: 《中华人民共和国行政处罚法》第三十三条第一款."""
        return f"《{self.regulation.title}》{self.label}"

    @property
    def url(self) -> str:
        """Permanent address; carries the day when it is not today."""
        return provision_url(self.regulation, self.key, None if self.on == timezone.localdate() else self.on)


def provision_url(regulation: Regulation, key: str, on: dt.date | None = None) -> str:
    """`/laws/<slug>/33?on=2024-01-01#p1-i2`; without a key the regulation itself."""
    query = f"?on={on.isoformat()}" if on else ""
    if not key:
        return reverse("kb:law", args=[regulation.slug]) + query
    anchor = anchor_of(key) if ARTICLE.match(article_of(key)) else ""
    address = reverse("kb:provision", args=[regulation.slug, article_of(key) if anchor else key])
    return address + query + (f"#{anchor}" if anchor else "")


def provision_on(regulation: Regulation, key: str, on: dt.date | None = None) -> Resolved:
    """The provision as it stood on the day (today by default)."""
    return provisions_on([(regulation, key)], on)[regulation.pk, key]


find_provision = provision_on


def provisions_on(pairs: Iterable[tuple[Regulation | int, str]], on: dt.date | None = None) -> dict[Pair, Resolved]:
    """Many references at once, keyed by (regulation pk, key) as given.

    A pair may name the regulation by row or by primary key; an unknown primary key is left out.
    """
    on = on or timezone.localdate()
    wanted = {(r if isinstance(r, int) else r.pk, key) for r, key in pairs}
    regulations = {r.pk: r for r in regulations_by_pk({pk for pk, _ in wanted})} if wanted else {}
    wanted = {pair for pair in wanted if pair[0] in regulations}
    versions = {pk: regulation.current_or_last(on) for pk, regulation in regulations.items()}
    rows = _rows_by_article(versions, wanted)
    gists, successors = _gists(wanted), successors_of(wanted)
    return {
        (pk, key): _resolve(
            regulations[pk], key, on, versions[pk], rows, gist=_gist_of(gists, pk, key), successors=successors[pk, key]
        )
        for pk, key in wanted
    }


def successors_of(pairs: Iterable[Pair]) -> dict[Pair, tuple[Successor, ...]]:
    """What took over from each provision; a succession of an article also speaks for its parts."""
    pairs = list(pairs)
    found = _successions("old", pairs)
    return _for_each(pairs, found)


def predecessors_of(pairs: Iterable[Pair]) -> dict[Pair, tuple[Successor, ...]]:
    """Which provisions of earlier law each of these took over."""
    pairs = list(pairs)
    found = _successions("new", pairs)
    return _for_each(pairs, found)


def select_rows(article_rows: list[Provision], key: str) -> tuple[Provision, ...]:
    """The provision and everything below it out of its article's rows; empty when it is not there.

    A reference may leave the 款 out (`57.i4`): it means the only fourth 项 of that article.
    """
    if not any(row.key == key for row in article_rows):
        head, _, tail = key.partition(".")
        ends = [
            row.key for row in article_rows if tail and row.key.startswith(f"{head}.p") and _below_p(row.key) == tail
        ]
        if len(ends) != 1:
            return ()
        key = ends[0]
    below = (f"{key}.", f"{key}/")
    return tuple(row for row in article_rows if row.key == key or row.key.startswith(below))


def _below_p(key: str) -> str:
    """`57.p1.i4` -> `i4`."""
    return ".".join(key.split(".")[2:])


def _rows_by_article(versions: dict, wanted: set[Pair]) -> dict[tuple[int, str], list[Provision]]:
    """(version pk, article key) -> rows, for all wanted references in one query."""
    keys: dict[int, set[str]] = defaultdict(set)
    for pk, key in wanted:
        if versions[pk]:
            keys[versions[pk].pk].add(article_of(key))
    grouped: dict[tuple[int, str], list[Provision]] = defaultdict(list)
    if not keys:
        return grouped
    condition = reduce(or_, (_condition(version, articles) for version, articles in keys.items()))
    for row in Provision.objects.filter(condition).order_by("version_id", "position"):
        for article in [article_of(row.key), *_levels_above(row.key)]:
            grouped[row.version_id, article].append(row)
    return grouped


def _condition(version_pk: int, articles: set[str]) -> Q:
    """Articles by their index; anything else (chapters, levels of a document) by the start of its key."""
    numbered = {article for article in articles if ARTICLE.match(article)}
    condition = Q(article_key__in=numbered)
    for other in articles - numbered:
        condition |= Q(key=other) | Q(key__startswith=f"{other}/") | Q(key__startswith=f"{other}.")
    return Q(version_id=version_pk) & condition


def _levels_above(key: str) -> list[str]:
    """`三/二/5.p1` lies below `三/二` and `三`, too."""
    parts = article_of(key).split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _resolve(regulation, key, on, version, rows, *, gist, successors) -> Resolved:
    article_rows = rows.get((version.pk, article_of(key)), []) if version else []
    selected = select_rows(article_rows, key)
    return Resolved(
        regulation=regulation,
        key=selected[0].key if selected else key,
        on=on,
        status=_status(regulation, version, on),
        version=version,
        provision=selected[0] if selected else None,
        rows=selected,
        sole_paragraph=sum(row.kind == Provision.Kind.PARAGRAPH for row in article_rows) == 1,
        gist=gist,
        successors=applicable(successors, regulation, version, on),
    )


def applicable(
    successors: Iterable[Successor], regulation: Regulation, version: RegulationVersion | None, on: dt.date
) -> tuple[Successor, ...]:
    """Without those within one law, which concern only versions that have already ended."""
    ended = version is not None and version.ended_by(on)
    return tuple(s for s in successors if ended or s.regulation.pk != regulation.pk)


def _status(regulation: Regulation, version: RegulationVersion | None, on: dt.date) -> LegalStatus:
    return version.status(on) if version else regulation.status(on)


def _gists(wanted: set[Pair]) -> dict[Pair, str]:
    keys = {key for _, key in wanted} | {article_of(key) for _, key in wanted}
    found = Gist.objects.filter(regulation_id__in={pk for pk, _ in wanted}, key__in=keys)
    return {(gist.regulation_id, gist.key): gist.text for gist in found}


def _gist_of(gists: dict[Pair, str], pk: int, key: str) -> str:
    return gists.get((pk, key)) or gists.get((pk, article_of(key)), "")


def _successions(side: str, pairs: list[Pair]) -> dict[Pair, list[Successor]]:
    """Successions by their old (or new) end: one query, and two for the versions of the new works."""
    other = "new" if side == "old" else "old"
    concerned = ProvisionSuccession.objects.filter(**{f"{side}_regulation_id__in": {pk for pk, _ in pairs}})
    rows = list(concerned.select_related(f"{other}_regulation").order_by("pk"))
    works = {r.pk: r for r in regulations_by_pk({row.new_regulation_id for row in rows})} if rows else {}
    found: dict[Pair, list[Successor]] = defaultdict(list)
    for row in rows:
        since = _beginning(works[row.new_regulation_id])
        target = Successor(getattr(row, f"{other}_regulation"), getattr(row, f"{other}_key"), row.note, since)
        found[getattr(row, f"{side}_regulation_id"), getattr(row, f"{side}_key")].append(target)
    return found


def _beginning(regulation: Regulation) -> dt.date | None:
    """The day on which the work first applied."""
    return min((v.effective_from for v in regulation.dated_versions() if v.effective_from), default=None)


def _for_each(pairs: list[Pair], found: dict[Pair, list[Successor]]) -> dict[Pair, tuple[Successor, ...]]:
    """The successions of the very key, else of its article, else of the parts of the article."""
    below: dict[Pair, list[Successor]] = defaultdict(list)
    for (pk, key), targets in found.items():
        below[pk, article_of(key)] += targets
    return {
        (pk, key): tuple(
            found.get((pk, key)) or found.get((pk, article_of(key))) or (below[pk, key] if "." not in key else ())
        )
        for pk, key in pairs
    }
