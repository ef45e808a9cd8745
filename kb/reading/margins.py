"""What stands beside an article: 条旨, when it changed, how often it is cited, where it went."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.lookup import Successor, applicable, predecessors_of, successors_of
from kb.models import Gist, RegulationVersion
from kb.reading.selection import Selection


@dataclass(frozen=True)
class Note:
    """One line in the margin, linked."""

    label: str
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Margin:
    gist: str = ""
    notes: list[Note] = field(default_factory=list)


NO_MARGIN = Margin()


def margins_of(
    selection: Selection, keys: list[str], counts: Mapping[str, int], changed: set[str], address: str
) -> dict[str, Margin]:
    """Margins by article key. `counts` is cited-by per article, `changed` what differs from the version before."""
    regulation = selection.regulation
    gists = dict(Gist.objects.filter(regulation=regulation).values_list("key", "text"))
    pairs = [(regulation.pk, key) for key in keys]
    after, before = successors_of(pairs), predecessors_of(pairs)
    margins = {}
    for pair in pairs:
        key = pair[1]
        gone = applicable(after[pair], regulation, selection.version, selection.today)
        notes = [_went_to(one, selection.today) for one in gone[:2]]
        notes += [_came_from(one) for one in before[pair][:2] if one.regulation != regulation]
        notes += [_changed(selection.version, f"{address}{key}{selection.query}#history")] if key in changed else []
        if counts.get(key):
            notes.append(Note(f"被引用 {counts[key]} 次", f"{address}{key}{selection.query}#cited-by"))
        margins[key] = Margin(gists.get(key, ""), notes)
    return margins


def succession_words(successor: Successor, today: dt.date) -> str:
    """自2026年8月15日起由《生态环境法典》第一千一百三十二条替代."""
    since = successor.since
    when = f"自{since.year}年{since.month}月{since.day}日起" if since else ""
    verb = "将由" if since and since > today else "由"
    return f"{when}{verb}{successor.label}替代"


def _went_to(successor: Successor, today: dt.date) -> Note:
    return Note(f"→ {succession_words(successor, today)}", successor.url, "seal")


def _came_from(predecessor: Successor) -> Note:
    return Note(f"← 承接{predecessor.label}", predecessor.url)


def _changed(version: RegulationVersion | None, url: str) -> Note:
    day = version.effective_from if version else None
    return Note(f"{day.year}年{day.month}月{day.day}日修改" if day else "与上一版本不同", url, "warn")
