"""Which provisions a draft cites, and as what: duty, penalty, discretion, procedure. Nothing is written."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebook.intake.folding import fold
from casebook.models import Case
from kb.citations import standard_citation, written_key
from kb.keys import ARTICLE
from kb.linking import read_text, role_of_provision
from kb.linking.resolve import Resolver
from kb.lookup import Resolved, provisions_on
from kb.models import Citation, Regulation

Role = Citation.Role
# The laws of procedure: what they say of 处罚 is how, not what for.
PROCEDURAL = ("行政处罚法", "行政强制法", "行政许可法", "行政处罚程序", "行政复议法", "行政诉讼法")
_LENIENCY = re.compile(r"从轻|减轻|从重|裁量|不予(?:行政)?处罚|不罚|轻微|主观过错|初次违法|首违")
_NAMED_ROLES = {Role.DUTY, Role.PENALTY, Role.DISCRETION, Role.PROCEDURE}


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision cited in the draft. `problem` says why it leads nowhere yet; empty when it does."""

    text: str
    role: str
    sentence: str
    problem: str = ""
    regulation_id: int | None = None
    article_key: str = ""

    @property
    def key(self) -> tuple:
        return (self.regulation_id, self.text)


def read_basis(texts: Iterable[str], on: dt.date | None) -> list[Cited]:
    """The citations of the texts as of the day `on` (of the decision), each once, with the most telling role."""
    resolver = Resolver()
    rows = [(row, text) for text in texts for row in read_text(Case(), "", text, date=on, resolver=resolver)]
    titles = dict(Regulation.objects.filter(pk__in={row.regulation_id for row, _ in rows}).values_list("pk", "title"))
    found = provisions_on([(r.regulation_id, r.key) for r, _ in rows if r.regulation_id and r.key], on)
    cited: dict[tuple, Cited] = {}
    for one in _cited(rows, titles, found):
        before = cited.get(one.key)
        if before is None or (before.role == Role.PROCEDURE and one.role != Role.PROCEDURE):
            cited[one.key] = one
    return list(cited.values())


def _cited(rows: list[tuple[Citation, str]], titles: dict[int, str], found: dict) -> Iterator[Cited]:
    for row, text in rows:
        title = titles.get(row.regulation_id or 0, "")
        if not row.key and row.status == Citation.Status.RESOLVED:
            continue  # a law as a whole is no basis
        problem = "" if row.status == Citation.Status.RESOLVED else row.note or "没有找到这部法规或者这一条"
        provision = found.get((row.regulation_id, row.key))
        sentence = _around(text, row.span_start, row.span_end)
        yield Cited(
            _written(row, title),
            _role(row, title, sentence, provision),
            sentence,
            problem,
            row.regulation_id,
            row.article_key,
        )


def _written(row: Citation, title: str) -> str:
    """The standard form where the provision is known, else the words of the draft, completed by the law's name."""
    if title and row.status == Citation.Status.RESOLVED:
        return standard_citation(title, row.key)
    named = row.law_name and "《" not in row.raw and ARTICLE.match(row.article_key or "")
    return f"《{row.law_name}》{written_key(row.key)}" if named else row.raw


def _role(row: Citation, title: str, sentence: str, provision: Resolved | None) -> str:
    """The words around it first, then what the provision says, then its sentence; everything else is procedure."""
    if row.role in _NAMED_ROLES:
        return row.role
    if any(name in (title or row.law_name) for name in PROCEDURAL):
        return Role.DISCRETION if _LENIENCY.search(fold(sentence)) else Role.PROCEDURE
    told = ((provision.text or provision.gist) if provision is not None else "", sentence)
    roles = (role_of_provision(text) for text in told)
    return next((role for role in roles if role in _NAMED_ROLES), Role.PROCEDURE)


def _around(text: str, start: int, end: int) -> str:
    """The sentence in which a span stands."""
    begin = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    stops = [place for mark in "。；\n" if (place := text.find(mark, end)) >= 0]
    return text[begin : min(stops, default=len(text)) + 1].strip()
