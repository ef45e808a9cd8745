"""Reads the texts of a source and writes its citations."""

import datetime as dt
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone

from kb.citations import Citation as Cited
from kb.citations import Context, defined_names, parse
from kb.citations.names import NO_NAMES, LawNames, plain_name
from kb.citations.values import Hint
from kb.linking.decided import store
from kb.linking.judge import Decided, Judge
from kb.linking.resolve import Decision, Resolver, text_day
from kb.models import Citation, Provision, Regulation, RegulationVersion

Kind = Provision.Kind
RoleGiver = Callable[[Cited], str]
# Bare numbers in such a text are those of the law being changed or interpreted, not its own.
_AMENDING = re.compile(r"修正案|关于修改|关于废止和修改|的修改决定|》.*的解释$")
_STRUCTURE = (Kind.BOOK, Kind.SUBBOOK, Kind.CHAPTER, Kind.SECTION)
_UNREAD = (*_STRUCTURE, Kind.TITLE_LINE, Kind.COLOPHON)
_ANNEX = ("att", "tab", "col")
_TEXT_FIELDS = ("key", "kind", "text")


@dataclass
class LinkReport:
    """What linking found: counts by status, names that wait, seconds taken."""

    sources: int = 0
    statuses: Counter = field(default_factory=Counter)
    waiting_names: Counter = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, rows: Iterable[Citation]) -> None:
        self.sources += 1
        for row in rows:
            self.statuses[row.status] += 1
            if row.status in Citation.OPEN:
                self.waiting_names[row.law_name or "（未写法名）"] += 1


def link_version(version: RegulationVersion, resolver: Resolver | None = None) -> list[Citation]:
    """Finds and stores the citations of a version's own text; gives its rows."""
    resolver = resolver or Resolver()
    provisions = list(Provision.objects.filter(version=version).order_by("position").values_list(*_TEXT_FIELDS))
    resolver.remember_keys(version.pk, (key for key, _, _ in provisions))
    wanted = list(_version_rows(version, provisions, resolver))
    existing = Citation.objects.of_source(version).filter(field_name="")
    return store(existing, wanted)


def link_imported(version: RegulationVersion) -> None:
    """What linking does when a version has been imported: its own text, and what waited for it."""
    resolver = Resolver()
    link_version(version, resolver)
    resolve_waiting(version.regulation, resolver)


def link_versions(
    versions: QuerySet[RegulationVersion], progress: Callable[[int, int], None] | None = None
) -> LinkReport:
    """Links many versions, one short transaction each."""
    report, started = LinkReport(), time.monotonic()
    resolver, total = Resolver().preload(), versions.count()
    # read whole: a cursor left open would keep SQLite from writing once another process has written
    for version in list(versions.select_related("regulation")):
        report.add(link_version(version, resolver))
        if progress:
            progress(report.sources, total)
    report.seconds = time.monotonic() - started
    return report


def link_text(
    source: Model,
    field_name: str,
    text: str,
    context: Context | None = None,
    date: dt.date | None = None,
    roles: RoleGiver | None = None,
    resolver: Resolver | None = None,
) -> list[Citation]:
    """Finds and stores the citations of one text of any object; gives its rows in text order.

    `date` is the day of the source (of the act, for a case; today by default): the day on which
    the cited provision must exist. `roles` says the role of a citation instead of the words around it.
    """
    wanted = read_text(source, field_name, text, context, date, roles, resolver)
    return store(Citation.objects.of_source(source).filter(field_name=field_name), wanted)


def read_text(
    source: Model,
    field_name: str,
    text: str,
    context: Context | None = None,
    date: dt.date | None = None,
    roles: RoleGiver | None = None,
    resolver: Resolver | None = None,
) -> list[Citation]:
    """The citations of a text as `link_text` would store them; nothing is written."""
    resolver, on = resolver or Resolver(), date or timezone.localdate()
    context = context or Context(aliases=defined_names(text))
    found = [c for c in parse(text, context, resolver.directory.names) if _worth_keeping(c)]
    return [_row(source, c, resolver.decide(c, on), field_name=field_name, roles=roles) for c in found]


def resolve_waiting(regulation: Regulation, resolver: Resolver | None = None) -> int:
    """Decides again what waits under this regulation's names; gives how many are resolved now."""
    resolver = resolver or Resolver()
    names = {plain_name(regulation.title), *(plain_name(alias.name) for alias in regulation.aliases.all())}
    waiting = Citation.objects.filter(status=Citation.Status.UNRESOLVED, law_name__in=names, regulation=None)
    changed = []
    for row in waiting.filter(decided_by=None).prefetch_related("source"):
        decision = resolver.decide_in(regulation.pk, row.key, day_of(row.source))
        if decision.status == Citation.Status.RESOLVED:
            apply_decision(row, decision)
            changed.append(row)
    Citation.objects.bulk_update(changed, ["regulation", "key", "article_key", "status", "note"], batch_size=500)
    return len(changed)


def day_of(source: Model | None) -> dt.date:
    """The day on which a source's citations are to be read: a version's beginning, else today."""
    if isinstance(source, RegulationVersion):
        return text_day(source, timezone.localdate())
    return timezone.localdate()


def _version_rows(
    version: RegulationVersion, provisions: list[tuple[str, str, str]], resolver: Resolver
) -> Iterator[Citation]:
    decided = list(_decided(version, provisions, resolver))
    judge = Judge(version, provisions, decided)
    for key, cited, decision in decided:
        yield _row(version, cited, judge.verdict(decision), source_key=key)


def _decided(
    version: RegulationVersion, provisions: list[tuple[str, str, str]], resolver: Resolver
) -> Iterator[Decided]:
    on, names = day_of(version), resolver.directory.names
    amending = bool(_AMENDING.search(version.regulation.title))
    for key, text, context in _texts(version.regulation.title, provisions):
        for cited in parse(text, context, names):
            if _worth_keeping(cited) and not _about_itself(cited, key) and not _elsewhere(cited, key, amending):
                yield key, cited, resolver.decide(cited, on, version, key)


def _texts(title: str, provisions: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, Context]]:
    """Every provision with its key and the context in which it is to be read."""
    articles = tuple(key for key, kind, _ in provisions if kind == Kind.ARTICLE)
    aliases, chapter = _own_names(provisions), ""
    for key, kind, text in provisions:
        if kind in _STRUCTURE:
            chapter = key
        elif kind not in _UNREAD and text:
            yield key, text, Context(title, key, chapter, articles, aliases)


def _own_names(provisions: list[tuple[str, str, str]]) -> LawNames:
    defining = [text for _, _, text in provisions if "以下简称" in text or "以下统称" in text]
    return defined_names("\n".join(defining)) if defining else NO_NAMES


def _worth_keeping(cited: Cited) -> bool:
    """A provision that is named, or a whole law that is known; not a number or title of something else."""
    if cited.key:
        return cited.key != "chapter"
    return cited.known and not cited.own or (Hint.NOTHING_BEFORE in cited.hints and cited.own)


def _about_itself(cited: Cited, source_key: str) -> bool:
    """本条, 本款, 本章: a link from a text to itself helps nobody."""
    inside = source_key == cited.key or source_key.startswith(f"{cited.key}.")
    chapter = cited.raw in ("本章", "本节", "本编")
    return cited.own and (chapter or (inside and not cited.candidates))


def _elsewhere(cited: Cited, source_key: str, amending: bool) -> bool:
    """Numbers that belong to another text: the law being amended, an annex, articles that a text repeats (`7~2`)."""
    if amending or "~" in source_key:
        return cited.own or not cited.law_given
    return source_key.startswith(_ANNEX) and not cited.law_given


def _row(
    source: Model,
    cited: Cited,
    decision: Decision,
    *,
    source_key: str = "",
    field_name: str = "",
    roles: RoleGiver | None = None,
) -> Citation:
    row = Citation(
        source_type=ContentType.objects.get_for_model(source),
        source_id=source.pk,
        source_key=source_key,
        field_name=field_name,
        span_start=cited.start,
        span_end=cited.end,
        raw=cited.raw[:400],
        law_name=(cited.written if cited.candidates else cited.law)[:200],
        role=roles(cited) if roles else cited.role,
    )
    apply_decision(row, decision)
    return row


def apply_decision(row: Citation, decision: Decision) -> None:
    """Writes what was decided into the row, without saving it."""
    row.regulation_id, row.key = decision.regulation_id, decision.key[:60]
    row.article_key, row.status, row.note = decision.article_key[:60], decision.status, decision.note[:300]
