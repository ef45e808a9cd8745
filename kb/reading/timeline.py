"""The versions of a law as steps, and the history of one article through them."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from kb.models import RegulationVersion
from kb.reading.comparison import compare
from kb.reading.selection import Selection

LONGEST_HISTORY = 8


@dataclass(frozen=True)
class Step:
    """What components/version_timeline.html takes for one version."""

    label: str
    kind: str
    starts: dt.date | None
    url: str
    current: bool
    code: str
    compare_url: str


@dataclass(frozen=True)
class Former:
    """One earlier or later text of an article."""

    version: RegulationVersion
    label: str
    state: str
    words: str
    url: str
    compare_url: str


def steps(selection: Selection) -> list[Step]:
    """Live versions, oldest first."""
    return [_step(selection, version) for version in selection.regulation.dated_versions()]


def compare_url(old: RegulationVersion, new: RegulationVersion) -> str:
    return reverse("kb:compare", args=[new.regulation.slug]) + f"?old={old.pk}&new={new.pk}"


def version_url(selection: Selection, version: RegulationVersion, address: str) -> str:
    """The address that shows a version: bare for today's, by day, by number when its day is unknown."""
    regulation = selection.regulation
    if version == regulation.current_or_last(selection.today):
        return address
    day = version.effective_from
    if day and regulation.version_on(day) == version:
        return f"{address}?on={day.isoformat()}"
    return f"{address}?v={version.pk}"


def _step(selection: Selection, version: RegulationVersion) -> Step:
    shown = version == selection.version
    other = selection.version
    comparable = other is not None and other.has_text and version.has_text and not shown
    older, newer = sorted([version, other or version], key=_age)
    return Step(
        label=version.label,
        kind=version.get_kind_display(),
        starts=version.effective_from,
        url=version_url(selection, version, selection.regulation.get_absolute_url()),
        current=shown,
        code=version.status(selection.today).value,
        compare_url=compare_url(older, newer) if comparable else "",
    )


def _age(version: RegulationVersion) -> tuple[dt.date, int]:
    return version.effective_from or version.promulgated_on or dt.date.min, version.pk


def version_before(selection: Selection) -> RegulationVersion | None:
    """The version with text before the one shown."""
    earlier = []
    for version in selection.regulation.dated_versions():
        if version == selection.version:
            break
        earlier.append(version)
    return next((version for version in reversed(earlier) if version.has_text), None)


def article_history(selection: Selection, key: str) -> list[Former]:
    """The article in the versions before the shown one, followed through renumbering, newest first."""
    older = [v for v in selection.regulation.dated_versions() if v.has_text]
    if selection.version not in older:
        return []
    older = older[: older.index(selection.version) + 1][-LONGEST_HISTORY:]
    formers = []
    for new, old in zip(reversed(older), reversed(older[:-1]), strict=False):
        change = next((c for c in compare(old, new) if c.new and c.new.key == key), None)
        if change is None or change.old is None:
            break
        key = change.old.key
        address = reverse("kb:provision", args=[selection.regulation.slug, key])
        url = version_url(selection, old, address)
        formers.append(Former(old, change.old.label, change.state, change.words, url, compare_url(old, new)))
    return formers
