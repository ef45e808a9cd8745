"""One parsed citation -> regulation, key, status and a note that says what is doubtful."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kb.citations import Citation as Cited
from kb.citations.standard import written_key
from kb.citations.values import Hint
from kb.keys import ARTICLE, WITHIN_ARTICLE, article_of
from kb.linking.directory import Directory
from kb.models import Citation, Provision, Regulation, RegulationVersion
from kb.models.regulation import regulations_by_pk

Status = Citation.Status


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a citation leads. `key` stays as parsed even when it was not found.

    `version` is the text in which the provision was found. Where none of the source's day is known,
    `later` is the next text, and `in_later` says whether that has the provision.
    """

    regulation_id: int | None
    key: str
    status: str
    note: str = ""
    version: RegulationVersion | None = None
    later: RegulationVersion | None = None
    in_later: bool = False

    @property
    def article_key(self) -> str:
        article = article_of(self.key)
        return article if ARTICLE.match(article) else ""


class Resolver:
    """Decides citations, keeping the regulations and keys it has looked at."""

    def __init__(self, directory: Directory | None = None):
        self.directory = directory or Directory.current()
        self._regulations: dict[int, Regulation] = {}
        self._keys: dict[int, frozenset[str]] = {}

    def preload(self) -> "Resolver":
        """Loads every regulation with its versions at once, for linking many sources."""
        self._regulations = {r.pk: r for r in Regulation.objects.with_versions()}
        return self

    def remember_keys(self, version_pk: int, keys: Iterable[str]) -> None:
        """Takes the keys of a version that the caller has read anyway."""
        self._keys[version_pk] = frozenset(keys)

    def decide(self, cited: Cited, on: dt.date, own: RegulationVersion | None = None, source_key: str = "") -> Decision:
        """The decision for a citation in a text of the day `on`; `own` is the version it stands in, at `source_key`."""
        if Hint.NOTHING_BEFORE in cited.hints:
            return Decision(own.regulation_id if own else None, cited.key, Status.UNRESOLVED, Hint.NOTHING_BEFORE)
        if cited.candidates:
            return Decision(None, cited.key, Status.AMBIGUOUS, f"可能是：{'；'.join(cited.candidates)}")
        if Hint.PART_OF_WHICH in cited.hints and own and self._also_here(cited.key, source_key, own):
            return Decision(None, cited.key, Status.AMBIGUOUS, "只写了款或项，本条与前面引用的条都有")
        if cited.own and own:
            return self._in_version(cited.key, own)
        if not cited.law:
            return Decision(None, cited.key, Status.UNRESOLVED, Hint.NO_LAW)
        return self._named(cited, on)

    def decide_in(self, regulation_id: int, key: str, on: dt.date) -> Decision:
        """The decision when the regulation is certain and the provision is to be verified."""
        if not key:
            return Decision(regulation_id, "", Status.RESOLVED)
        regulation = self._regulation(regulation_id)
        version = regulation.version_on(on) or _last_begun(regulation, on)
        if version is None or text_day(version, on) > on:
            return self._without_version(regulation, key, on)
        if not version.has_text and not self.keys(version.pk):
            return Decision(regulation_id, key, Status.RESOLVED, "全文未收录，条号未经核对")
        return self._in_version(key, version)

    def keys(self, version_pk: int) -> frozenset[str]:
        """The keys of a version's provisions."""
        if version_pk not in self._keys:
            found = Provision.objects.filter(version=version_pk).values_list("key", flat=True)
            self._keys[version_pk] = frozenset(found)
        return self._keys[version_pk]

    def _named(self, cited: Cited, on: dt.date) -> Decision:
        pks = self.directory.regulations(cited.law) if cited.known else []
        if not pks:
            return Decision(None, cited.key, Status.UNRESOLVED, "" if cited.known else Hint.UNKNOWN_NAME)
        if len(pks) > 1:
            return Decision(None, cited.key, Status.AMBIGUOUS, "有几部法规同名")
        return self.decide_in(pks[0], cited.key, self._day_of_year(pks[0], cited.version, on))

    def _also_here(self, key: str, source_key: str, own: RegulationVersion) -> bool:
        """Whether the article that cites has such a 款 or 项, too."""
        last = key.rpartition(".")[2]
        here = f"{article_of(source_key)}."
        return any(k.startswith(here) and k.endswith(f".{last}") for k in self.keys(own.pk))

    def _day_of_year(self, pk: int, year: str, on: dt.date) -> dt.date:
        """The day to look at when the citation names a version's year（2021年修订）."""
        if not year:
            return on
        for version in reversed(self._regulation(pk).dated_versions()):
            day = version.promulgated_on or version.passed_on or version.effective_from
            if day and day.year == int(year):
                return version.effective_from or on
        return on

    def _in_version(self, key: str, version: RegulationVersion) -> Decision:
        regulation_id, keys = version.regulation_id, self.keys(version.pk)
        if key in keys:
            return Decision(regulation_id, key, Status.RESOLVED, version=version)
        matching = _matching(key, keys)
        if len(matching) == 1:
            shown = key if WITHIN_ARTICLE.match(key) else matching[0]
            return Decision(regulation_id, shown, Status.RESOLVED, version=version)
        if matching:
            places = "、".join(written_key(one) for one in matching[:5])
            return Decision(regulation_id, key, Status.AMBIGUOUS, f"未写明是哪一处：{places}")
        return Decision(regulation_id, key, Status.UNRESOLVED, f"{version.display_label}没有{written_key(key) or key}")

    def _without_version(self, regulation: Regulation, key: str, on: dt.date) -> Decision:
        """No text of that day is known: what a later text says under that number may be another matter."""
        dated = [v for v in regulation.dated_versions() if v.effective_from]
        if not dated:
            return Decision(regulation.pk, key, Status.RESOLVED, "全文未收录，条号未经核对")
        first = min(dated, key=lambda version: text_day(version, on))
        began = text_day(first, on)
        note = f"引用时（{on:%Y-%m-%d}）的文本未收录，收录的最早文本自{began:%Y-%m-%d}起施行，条号可能已变"
        later = first if first.kind == RegulationVersion.Kind.AMENDED else None
        in_later = bool(later and self._in_version(key, later).version)
        return Decision(regulation.pk, key, Status.UNRESOLVED, note, later=later, in_later=in_later)

    def _regulation(self, pk: int) -> Regulation:
        if pk not in self._regulations:
            self._regulations[pk] = regulations_by_pk({pk}).get()
        return self._regulations[pk]


def text_day(version: RegulationVersion, default: dt.date) -> dt.date:
    """The first day on which a text can have been cited: no earlier than it was made public.

    An amended law keeps the sentence 自1991年6月1日起施行, so that `effective_from` alone may be too early.
    """
    days = [day for day in (version.effective_from, version.promulgated_on, version.passed_on) if day]
    return max(days, default=default)


def _last_begun(regulation: Regulation, on: dt.date) -> RegulationVersion | None:
    """Of a law that has ended by that day, its last text."""
    begun = [v for v in regulation.dated_versions() if v.effective_from and v.effective_from <= on]
    return begun[-1] if begun else None


def _matching(key: str, keys: frozenset[str]) -> list[str]:
    """Keys that a shorter one may mean: `57.i4` the only fourth 项 of the article, `c3` that of the only book."""
    found = WITHIN_ARTICLE.match(key)
    if found and found["i"] and not found["p"]:
        tail = key.partition(".")[2]
        start = f"{found['article']}.p"
        return sorted(k for k in keys if k.startswith(start) and k.split(".", 2)[2:] == [tail])
    if not found and key[:1] in "cs":
        return sorted(k for k in keys if k.endswith(f".{key}"))
    return []


def reading_day(regulation: Regulation, source_day: dt.date, shown: dt.date | None) -> dt.date | None:
    """The day for which a link in a text of `source_day` is to open the law it cites.

    That is the day shown, unless the cited law has been written anew since: an amendment (修正)
    keeps the numbers, a revision gives them to other articles, and the link would be wrong.
    """
    versions = [v for v in regulation.dated_versions() if v.effective_from]
    meant = regulation.version_on(source_day) or (versions or [None])[0]
    current = regulation.current_or_last(shown)
    if meant not in versions or current not in versions:
        return shown
    later = versions[versions.index(meant) + 1 : versions.index(current) + 1]
    renumbered = any(version.kind != RegulationVersion.Kind.AMENDED for version in later)
    return max(source_day, meant.effective_from) if renumbered else shown
