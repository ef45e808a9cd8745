"""Regulations as documents: one for the work itself, one for each article of the text in force."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from kb.citations import normalise_document_number, written_key
from kb.keys import article_of, article_order
from kb.lookup import provision_url
from kb.models import Domain, Gist, Provision, Regulation, RegulationAlias, RegulationVersion
from kb.models.status import LegalStatus
from kb.models.version import SourceText
from search.chinese import exact_name
from search.documents.source import Source, itself
from search.engines.base import BEGINNING, END, SearchDocument

Kind, Level = Provision.Kind, Regulation.Level
HEADINGS = (Kind.BOOK, Kind.SUBBOOK, Kind.CHAPTER, Kind.SECTION)
# The authority prior: law before interpretation before the rest, what is no longer in force last.
AUTHORITY: dict[str, float] = {Level.CONSTITUTION: 1.5, Level.LAW: 1.5, Level.INTERPRETATION: 1.4, Level.JUDICIAL: 1.3}
ORDINARY, NO_AUTHORITY, OUT_OF_FORCE = 1.25, 1.1, 1.0
UNRANKED = (Level.NORMATIVE, Level.PARTY, Level.STANDARD, Level.INTERNAL, Level.OTHER)
# A document of the administration is one search document; this much of it is indexed.
LONGEST_BODY = 20_000
# A gist of this length still fits beside an article's number.
LONGEST_GIST = 30


@dataclass
class Article:
    """One article on its way to a document: where it stands and its lines of text."""

    key: str
    label: str
    path: tuple[str, ...]
    lines: list[str] = field(default_factory=list)


def documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    regulations = Regulation.objects.filter(pk__in=pks).with_versions().select_related("domain")
    for regulation in regulations.prefetch_related("aliases", "gists"):
        version = regulation.current_or_last()
        rows = list(version.provisions.order_by("position")) if version and version.has_text else []
        yield from _documents(regulation, rows)


def _documents(regulation: Regulation, rows: list[Provision]) -> Iterator[SearchDocument]:
    shared = _shared(regulation)
    articles = list(_articles(rows))
    gists = _gists(regulation)
    yield _work(regulation, shared, "" if articles else _whole_text(rows))
    for article in articles or _gist_articles(gists):
        yield _article(regulation, shared, article, gists.get(article.key, []))


def _shared(regulation: Regulation) -> dict:
    """What all documents of a regulation have in common; it is as old as its present text is in force."""
    since, until = span(regulation)
    text = regulation.current_or_last()
    return {
        "law": str(regulation.pk),
        "domain": regulation.domain.name if regulation.domain else "",
        "level": regulation.get_level_code_display(),
        "since": since,
        "until": until,
        "dated": (text and text.effective_from) or BEGINNING,
        "weight": _weight(regulation, since, until),
        "unverified": regulation.status() == LegalStatus.UNVERIFIED,
    }


def span(regulation: Regulation) -> tuple[date, date]:
    """From the first day of its first text to the end of its last; unknown days lie open."""
    versions = regulation.dated_versions()
    texts = [version for version in versions if version.kind != RegulationVersion.Kind.REPEAL]
    begins = [version.effective_from for version in texts if version.effective_from]
    ends = [version.effective_to or END for version in texts]
    repeals = [v.effective_from for v in versions if v not in texts and v.effective_from]
    return min(begins, default=BEGINNING), min([max(ends, default=END), *repeals])


def authority(level: str) -> float:
    """The weight of what is in force, by its level as shown (法律, 司法解释 ...)."""
    code = Level(next((one for one in Level if one.label == level), Level.OTHER))
    return NO_AUTHORITY if code in UNRANKED else AUTHORITY.get(code, ORDINARY)


def _weight(regulation: Regulation, since: date, until: date) -> float:
    return authority(regulation.get_level_code_display()) if since <= date.today() < until else OUT_OF_FORCE


def _work(regulation: Regulation, shared: dict, body: str) -> SearchDocument:
    others = [alias.name for alias in regulation.aliases.all()]
    names = {regulation.title, regulation.name, *others}
    numbers = {regulation.doc_number, *others}
    return SearchDocument(
        key=f"regulation:{regulation.pk}",
        kind="document",
        title=regulation.title,
        url=regulation.get_absolute_url(),
        path="　".join(filter(None, (regulation.issuers, regulation.doc_number))),
        body=body[:LONGEST_BODY],
        aliases=tuple(sorted(set(others) | ({regulation.short_title} - {""}))),
        exact=(
            f"work:{regulation.pk}",
            *sorted({f"name:{exact_name(name)}" for name in names}),
            *sorted({f"no:{normalise_document_number(number)}" for number in numbers if "号" in number}),
        ),
        **shared,
    )


def _article(regulation: Regulation, shared: dict, article: Article, gists: list[str]) -> SearchDocument:
    gist = gists[0] if gists and len(gists[0]) <= LONGEST_GIST else ""
    return SearchDocument(
        key=f"regulation:{regulation.pk}#{article.key}",
        kind="article",
        title=f"{regulation.name} {article.label}" + (f" {gist}" if gist else ""),
        url=provision_url(regulation, article.key),
        path=" > ".join((regulation.name, *article.path)),
        body="\n".join(article.lines) or "；".join(gists),
        extra=" ".join(gists),
        exact=(f"article:{regulation.pk}#{article.key}", f"law:{regulation.pk}"),
        **shared,
    )


def _articles(rows: Iterable[Provision]) -> Iterator[Article]:
    """Articles in order, each with the headings it stands under and the lines of all its parts."""
    above: list[Provision] = []
    article: Article | None = None
    for row in rows:
        if row.kind in HEADINGS:
            above = [one for one in above if HEADINGS.index(one.kind) < HEADINGS.index(row.kind)] + [row]
        elif row.kind == Kind.ARTICLE:
            if article:
                yield article
            article = Article(row.key, row.label, tuple(f"{one.label} {one.heading}".strip() for one in above))
        if article and row.article_key == article.key and (line := _line(row)):
            article.lines.append(line)
    if article:
        yield article


def _line(row: Provision) -> str:
    label = "" if row.kind == Kind.ARTICLE else row.label
    return f"{label}{row.heading}{row.text}".strip()


def _whole_text(rows: Iterable[Provision]) -> str:
    return "\n".join(filter(None, (_line(row) for row in rows)))


def _gists(regulation: Regulation) -> dict[str, list[str]]:
    """Article key -> our gists of the article and its parts."""
    found = defaultdict(list)
    for gist in regulation.gists.all():
        found[article_of(gist.key)].append(gist.text)
    return found


def _gist_articles(gists: dict[str, list[str]]) -> Iterator[Article]:
    """A law known only by gists still has articles to be found."""
    for key in sorted(gists, key=article_order):
        yield Article(key, written_key(key), (), [])


def article_keys(words: Iterable[str], most: int) -> Iterator[str]:
    """Keys of documents of articles with one of the words in their text, for the database fallback."""
    for word in words:
        rows = Provision.objects.filter(text__icontains=word, version__live=True).exclude(article_key="")
        for pk, key in rows.values_list("version__regulation_id", "article_key").order_by("pk")[:most]:
            yield f"regulation:{pk}#{key}"


def _all() -> QuerySet[Regulation]:
    return Regulation.objects.all()


REGULATIONS = Source(
    prefix="regulation",
    rows=_all,
    documents=documents,
    names=("title", "short_title", "doc_number", "aliases__name"),
    batch=20,
    watched={
        Regulation: itself,
        RegulationVersion: lambda version: [version.regulation_id],
        RegulationAlias: lambda alias: [alias.regulation_id],
        Gist: lambda gist: [gist.regulation_id],
        # the importer's last step, when all provisions are written
        SourceText: lambda text: [text.version.regulation_id],
        Domain: lambda domain: Regulation.objects.filter(domain=domain).values_list("pk", flat=True),
    },
)
