"""What the cases of an edition cite: the links of their frozen texts, and the articles for the appendix."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from casebook.citing import citations_of
from casebook.editions.printed import Printed
from casebook.editions.texts import Link
from casebook.models import Case
from content.exports.document import Chapter, Paragraph, Part, Quote, Section, Small, line
from kb.keys import article_of
from kb.linking.resolve import Resolver
from kb.lookup import Pair, Resolved, provisions_on
from kb.models import Citation
from kb.models.regulation import Level

NO_TEXT = "全文未收录"
OF_AN_EDITION = "以下条文是各案例引用的法律、法规、规章和文件，文本以截稿日期{day}有效者为准；办案时请核对现行文本。"
Read = Callable[[Case], list[Citation]]


@dataclass
class Cited:
    """The provisions cited, by (regulation, article key), each with the anchor where it is printed."""

    day: dt.date
    links: dict[int, list[Citation]]
    found: dict[Pair, Resolved]
    anchors: dict[Pair, str]
    cases: dict[Pair, list[str]]
    differing: dict[Pair, list[str]] = field(default_factory=dict)

    def links_of(self, printed: Printed, field_name: str, moved: Callable[[int, int], tuple[int, int]]) -> list[Link]:
        """The citations of one text that lead into the appendix, at their places in the text shown."""
        mine = [c for c in self.links[printed.case.pk] if c.field_name == field_name]
        return [
            Link(*moved(c.span_start, c.span_end), self.anchors[_pair(c)]) for c in mine if _pair(c) in self.anchors
        ]


def cited_by(cases: Iterable[Printed], day: dt.date, read: Read | None = None) -> Cited:
    """Takes the citations of each case and looks the provisions up as of the day.

    Without `read` the texts are read anew, as frozen revisions need; for a stored case `stored_citations` is enough.
    """
    cases = list(cases)
    links = _links(cases, read or partial(citations_of, resolver=Resolver()))
    using: dict[Pair, list[Printed]] = defaultdict(list)
    for printed in cases:
        for pair in dict.fromkeys(_pair(c) for c in links[printed.case.pk]):
            using[pair].append(printed)
    found = provisions_on(using, day)
    order = sorted(found, key=lambda pair: _rank(found[pair]))
    anchors = {pair: f"provision-{n}" for n, pair in enumerate(order, 1)}
    cited = {pair: [printed.case.case_no for printed in using[pair]] for pair in order}
    return Cited(day, links, {pair: found[pair] for pair in order}, anchors, cited, _differing(using, found))


def appendix(cited: Cited, intro: str = OF_AN_EDITION, *, names_cases: bool = True) -> Part | None:
    """The articles by law in the order of authority; None when nothing was cited. `intro` says what `{day}` is."""
    laws: dict[int, list[Pair]] = defaultdict(list)
    for pair in cited.found:
        laws[pair[0]].append(pair)
    chapters = tuple(_law(cited, pairs, n, names_cases) for n, pairs in enumerate(laws.values(), 1))
    said = Paragraph(line(intro.format(day=_in_words(cited.day))))
    return Part("附录　所引条文", "appendix", (said,), chapters, flowing=True) if chapters else None


def stored_citations(case: Case) -> list[Citation]:
    """The rows that follow the stored text of a case. One query."""
    return list(Citation.objects.of_source(case).select_related("regulation"))


def _links(cases: list[Printed], read: Read) -> dict[int, list[Citation]]:
    """By case: the citations that lead to a provision."""
    return {
        printed.case.pk: [
            row
            for row in read(printed.case)
            if row.status == Citation.Status.RESOLVED and row.regulation_id and row.key
        ]
        for printed in cases
    }


def _pair(citation: Citation) -> Pair:
    """The whole 条, so that an article stands once in the appendix whatever parts of it are cited."""
    return citation.regulation_id or 0, article_of(citation.key)


def _rank(resolved: Resolved) -> tuple:
    place = resolved.provision.position if resolved.provision else 0
    return Level.values.index(resolved.regulation.level_code), resolved.regulation.title, place, resolved.key


def _differing(using: dict[Pair, list[Printed]], found: dict[Pair, Resolved]) -> dict[Pair, list[str]]:
    """The cases that applied another wording, because they were decided under an earlier or later version."""
    by_day: dict[dt.date, set[Pair]] = defaultdict(set)
    for pair, cases in using.items():
        for printed in cases:
            if printed.case.basis_date:
                by_day[printed.case.basis_date].add(pair)
    then = {day: provisions_on(pairs, day) for day, pairs in by_day.items()}
    return {
        pair: [
            printed.case.case_no
            for printed in cases
            if printed.case.basis_date and _reworded(then[printed.case.basis_date][pair], found[pair])
        ]
        for pair, cases in using.items()
    }


def _reworded(then: Resolved, now: Resolved) -> bool:
    return bool(then.rows and now.rows) and then.lines != now.lines


def _law(cited: Cited, pairs: list[Pair], number: int, names_cases: bool) -> Chapter:
    first = cited.found[pairs[0]]
    sections = tuple(_article(cited, pair, names_cases) for pair in pairs)
    return Chapter(first.regulation.title, f"law-{number}", _version(first), sections=sections)


def _version(resolved: Resolved) -> str:
    """`2018年12月29日修正　2018年12月29日起施行　现行有效`, as far as it is known."""
    version, words = resolved.version, []
    if version and (version.promulgated_on or version.passed_on):
        words.append(version.display_label)
    if version and version.effective_from:
        words.append(f"{_in_words(version.effective_from)}起施行")
    if version and version.effective_to and version.effective_to <= resolved.on:
        words.append(f"{_in_words(version.effective_to)}起不再施行")
    return "　".join([*words, resolved.status.label])


def _article(cited: Cited, pair: Pair, names_cases: bool) -> Section:
    resolved = cited.found[pair]
    notes = [f"见案例 {'、'.join(cited.cases[pair])}"] if names_cases else []
    if differing := cited.differing.get(pair):
        notes.append(f"案例 {'、'.join(differing)} 办理时适用的文本与此不同")
    lines = resolved.lines or [f"条旨：{resolved.gist}（{NO_TEXT}）" if resolved.gist else NO_TEXT]
    quote = Quote(tuple(line(text) for text in lines))
    said = (Small(line("；".join(notes))),) if notes else ()
    return Section(resolved.label, (*said, quote), cited.anchors[pair])


def _in_words(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
