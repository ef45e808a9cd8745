"""The 题注 and the closing articles read as dated events, and from them the dates of the version at hand."""

import datetime
import re
from collections.abc import Iterable

from kb.parser import dates
from kb.parser.nodes import Act, Dates, Event, Kind, Node, Note, VersionKind

_QUOTED = re.compile(r"《[^《》]{1,120}(?:《[^《》]{1,80}》[^《》]{0,80})*》|〈[^〉]{1,80}〉|<[^>]{1,80}>")
_ACT_WORDS = (
    (Act.REVISED, re.compile("修订")),
    (Act.AMENDED, re.compile("修正|修改")),
    (Act.APPROVED, re.compile("批准")),
    (Act.PASSED, re.compile("通过|常务会议")),
    (Act.PROMULGATED, re.compile("公布|发布|颁布|印发|令第|第[^，。]{1,8}号令|颁发")),
    (Act.EFFECTIVE, re.compile("施行|实施(?!办法|细则|条例)|执行$|生效")),
    (Act.REPEALED, re.compile("废止$")),
)
_BY_DECISION = re.compile("关于(?:修改|修正|废止和修改|修改和废止)|修正案")
_CHANGES = {Act.AMENDED, Act.REVISED}
CLOSING_ARTICLES = 6
# The State Council publishes within weeks of its meeting; a file name dated later speaks of a later amendment.
LONGEST_PUBLICATION = datetime.timedelta(days=60)
SAME_DAY_OR_SO = datetime.timedelta(days=3)


def read_events(history: Iterable[str]) -> tuple[Event, ...]:
    """1996年3月17日…通过 根据2009年8月27日《…的决定》第一次修正 -> two events, in the order written."""
    text = "\n".join(history)
    masked = _QUOTED.sub(lambda m: "□" * len(m[0]), text)
    found = list(dates.find_dates(masked))
    ends = [start for _, start, _ in found][1:] + [len(text)]
    events = []
    for (on, start, end), following in zip(found, ends, strict=False):
        words = masked[end:following].strip(" \n\u3000）)根据")
        if acts := frozenset(act for act, pattern in _ACT_WORDS if pattern.search(words)):
            events.append(Event(on, acts, text[start:following].strip()))
    return tuple(events)


def read_dates(
    events: tuple[Event, ...], history: tuple[str, ...], nodes: tuple[Node, ...], hint: datetime.date | None
) -> tuple[Dates, list[Note]]:
    """The dates of the version; what had to be assumed is a note. `hint`: the date in the file's name."""
    notes: list[Note] = []
    kind = _version_kind(events)
    passed = max((e.on for e in events if e.acts & {Act.PASSED, *_CHANGES}), default=None)
    promulgated = _promulgated(events) or passed or _signed_on(nodes)
    if hint and hint != promulgated:
        promulgated, later = _settle_hint(promulgated, hint, events, notes)
        kind = VersionKind.AMENDED if later else kind
    whole = kind in (VersionKind.ENACTED, VersionKind.REVISED)
    effective, verified = _effective(events, history, nodes, promulgated, whole=whole)
    if not verified:
        notes.append(_unverified(effective))
    return Dates(kind, passed, promulgated, effective, verified), notes


def _version_kind(events: tuple[Event, ...]) -> VersionKind:
    """A 修订 issues the whole text anew; a 修正, and a 修订 by a decision, changes some articles."""
    changes = [e for e in events if e.acts & _CHANGES]
    if not changes:
        return VersionKind.ENACTED
    last = max(changes, key=lambda e: e.on)
    whole = Act.REVISED in last.acts and not _BY_DECISION.search(last.text)
    return VersionKind.REVISED if whole else VersionKind.AMENDED


def _publishes(event: Event) -> bool:
    """A session of the State Council that revises, or its approval, is not yet the publication."""
    if Act.PROMULGATED in event.acts:
        return True
    return bool(event.acts & _CHANGES) and not re.search("常务会议|批准", event.text)


def _promulgated(events: tuple[Event, ...]) -> datetime.date | None:
    return max((e.on for e in events if _publishes(e)), default=None)


def _signed_on(nodes: tuple[Node, ...]) -> datetime.date | None:
    """The date of the first colophon, for official documents."""
    for node in nodes:
        if node.kind is Kind.COLOPHON:
            return next((on for on, _, _ in dates.find_dates(node.text)), None)
    return None


def _settle_hint(
    read: datetime.date | None, hint: datetime.date, events: tuple[Event, ...], notes: list[Note]
) -> tuple[datetime.date, bool]:
    """(promulgated, whether the name tells of a later amendment). The text decides where it speaks.

    Collections name a file after its latest amendment and often forget to bring the 题注 up to it.
    """
    if read is None:
        notes.append(Note("date_from_name", f"正文没有写公布日期，按文件名取 {hint}，待核"))
        return hint, False
    latest = max((e.on for e in events), default=read)
    published = max((e.on for e in events if _publishes(e)), default=datetime.date.min)
    if published < latest <= hint <= latest + LONGEST_PUBLICATION:
        return hint, False
    if hint > latest + LONGEST_PUBLICATION:
        notes.append(Note("later_than_history", f"题注只写到 {latest}，文件名为 {hint}，按其后另有修改处理，待核"))
        return hint, True
    if abs(hint - read) > SAME_DAY_OR_SO and hint not in {e.on for e in events}:
        notes.append(Note("date_differs", f"文件名写 {hint}，正文写 {read}，以正文为准"))
    return read, False


def _effective(
    events: tuple[Event, ...],
    history: tuple[str, ...],
    nodes: tuple[Node, ...],
    promulgated: datetime.date | None,
    *,
    whole: bool,
) -> tuple[datetime.date | None, bool]:
    """(effective_from, whether it was read): from the 题注, else from the closing articles, else assumed.

    `whole`: the text was issued whole on its date, so that its closing article speaks of that date;
    an amendment leaves the closing article, and with it the first date, as it was.
    """
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
    own = [n for n in nodes if not n.key.startswith("att")]
    closing = {n.key for n in [n for n in own if n.kind is Kind.ARTICLE][-CLOSING_ARTICLES:]}
    body = [n for n in own if n.text and (not closing or n.key.split(".")[0] in closing)]
    for node in reversed(body):
        for sentence in reversed(node.text.split("。")):
            if clause := dates.effect_clause(sentence):
                return clause
    return None


def _unverified(effective: datetime.date | None) -> Note:
    if effective is None:
        return Note("no_dates", "没有找到公布日期和施行日期，待核")
    return Note("effective_assumed", f"没有读到本版本的施行日期，暂按 {effective} 计，待核")
