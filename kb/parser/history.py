"""The 题注 and the closing articles read as dated events, and from them the dates of the version at hand."""

import datetime
import re
from collections.abc import Iterable

from kb.parser import dates
from kb.parser.nodes import Act, Dates, Event, Kind, Node, Note, VersionKind

_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|〈[^〉]*〉|<[^>]*>")
_ACT_WORDS = (
    (Act.REVISED, re.compile("修订")),
    (Act.AMENDED, re.compile("修正|修改")),
    (Act.APPROVED, re.compile("批准")),
    (Act.PASSED, re.compile("通过")),
    (Act.PROMULGATED, re.compile("公布|发布|颁布|印发|令第|第[^，。]{1,8}号令|颁发")),
    (Act.EFFECTIVE, re.compile("施行|实施(?!办法|细则|条例)|执行$|生效")),
    (Act.REPEALED, re.compile("废止$")),
)
_BY_DECISION = re.compile("关于(?:修改|修正|废止和修改|修改和废止)|修正案")
_CHANGES = {Act.AMENDED, Act.REVISED}
_PUBLISHES = {Act.PROMULGATED, Act.AMENDED, Act.REVISED}
CLOSING_ARTICLES = 6


def read_events(history: Iterable[str]) -> tuple[Event, ...]:
    """1996年3月17日…通过 根据2009年8月27日《…的决定》第一次修正 -> two events, oldest first as written."""
    text = "\n".join(history)
    masked = _QUOTED.sub(lambda m: m[0] if _is_wrapped_note(m[0]) else "□" * len(m[0]), text)
    found = list(dates.find_dates(masked))
    events = []
    for (on, start, end), following in zip(found, [*(f[1] for f in found[1:]), len(text)]):
        acts = frozenset(
            act for act, words in _ACT_WORDS if words.search(masked[end:following].strip(" \n\u3000）)根据"))
        )
        if acts:
            events.append(Event(on, acts, text[start:following].strip()))
    return tuple(events)


def _is_wrapped_note(quoted: str) -> bool:
    """A stray bracket that swallowed a whole note is no title."""
    return len(quoted) > 120


def read_dates(
    events: tuple[Event, ...], history: tuple[str, ...], nodes: tuple[Node, ...], hint: datetime.date | None
) -> tuple[Dates, list[Note]]:
    """The dates of the version; what had to be assumed is a note. `hint`: the date in the file's name."""
    notes: list[Note] = []
    kind = _version_kind(events)
    passed = max((e.on for e in events if Act.PASSED in e.acts or (e.acts & _CHANGES)), default=None)
    promulgated = _promulgated(events) or passed
    if hint and hint != promulgated:
        promulgated = _settle_hint(promulgated, hint, events, notes)
    effective, verified = _effective(events, history, nodes, promulgated, _is_whole(events))
    if not verified:
        notes.append(_unverified(effective, promulgated))
    return Dates(kind, passed, promulgated, effective, verified), notes


def _version_kind(events: tuple[Event, ...]) -> VersionKind:
    changes = [e for e in events if e.acts & _CHANGES]
    if not changes:
        return VersionKind.ENACTED
    last = max(changes, key=lambda e: e.on)
    if Act.REVISED in last.acts and not _BY_DECISION.search(last.text):
        return VersionKind.REVISED
    return VersionKind.AMENDED


def _is_whole(events: tuple[Event, ...]) -> bool:
    """True when the text at hand was issued whole on its date, so that its closing article speaks of that date.

    A 修正 by a decision changes some articles and leaves the closing one, which keeps the first date.
    """
    return _version_kind(events) in (VersionKind.ENACTED, VersionKind.REVISED)


def _promulgated(events: tuple[Event, ...]) -> datetime.date | None:
    return max((e.on for e in events if e.acts & _PUBLISHES), default=None)


def _settle_hint(
    read: datetime.date | None, hint: datetime.date, events: tuple[Event, ...], notes: list[Note]
) -> datetime.date:
    """The text decides; the file's name helps where the text is silent."""
    if read is None:
        notes.append(Note("date_from_name", f"正文没有写公布日期，按文件名取 {hint}，待核"))
        return hint
    if hint not in {e.on for e in events}:
        notes.append(Note("date_differs", f"文件名写 {hint}，题注最近的日期是 {read}，以题注为准，待核"))
    return read


def _effective(
    events: tuple[Event, ...],
    history: tuple[str, ...],
    nodes: tuple[Node, ...],
    promulgated: datetime.date | None,
    whole: bool,
) -> tuple[datetime.date | None, bool]:
    """(effective_from, whether it was read): from the 题注, else from the closing articles, else assumed."""
    stated = [e.on for e in events if Act.EFFECTIVE in e.acts]
    if stated and (promulgated is None or max(stated) >= promulgated):
        return max(stated), True
    clause = _closing_clause(nodes) or next(filter(None, map(dates.starts_on, history)), None)
    if clause and clause.on and (promulgated is None or clause.on >= promulgated or whole):
        return clause.on, True
    if clause and clause.on is None and promulgated and whole:
        return promulgated + datetime.timedelta(days=clause.after_days), clause.after_days == 0
    return promulgated, False


def _closing_clause(nodes: tuple[Node, ...]) -> dates.EffectClause | None:
    """The 自…起施行 of the last articles (or of the last lines where there are none), last one first."""
    body = [n for n in nodes if n.text and "/" not in n.key.partition("/")[0] and not n.key.startswith("att")]
    closing = {n.key.split(".")[0] for n in nodes if n.kind == Kind.ARTICLE and not n.key.startswith("att")}
    if closing:
        keep = [n.key for n in nodes if n.kind == Kind.ARTICLE and not n.key.startswith("att")][-CLOSING_ARTICLES:]
        body = [n for n in body if n.key.split(".")[0] in keep]
    for node in reversed(body):
        for sentence in reversed(node.text.split("。")):
            if clause := dates.effect_clause(sentence):
                return clause
    return None


def _unverified(effective: datetime.date | None, promulgated: datetime.date | None) -> Note:
    if effective is None:
        return Note("no_dates", "没有找到公布日期和施行日期，待核")
    return Note("effective_assumed", f"没有读到本版本的施行日期，暂按公布日期 {effective} 计，待核")
