"""Which regulation, and which of its versions, a parsed document is."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

from django.utils.text import slugify

from kb.models import Regulation, RegulationAlias, RegulationVersion
from kb.parser import Dates

STATE = "中华人民共和国"
LONGEST_SLUG = 80
_EDITION = re.compile(
    r"\((?:19|20)\d{2}年?(?:最新)?(?:修正|修订|修改|公布|制定|版|本|文本|修正本|修订版|修正文本|修订文本)*\)$"
)
_MARKS = re.compile(r"[《》〈〉<>“”\"'‘’「」『』\s]")
_NAMES = (RegulationAlias.Kind.FULL, RegulationAlias.Kind.FORMER)


def title_key(title: str) -> str:
    """What two spellings of one title have in common: no 中华人民共和国, no edition in brackets, one width.

    `中华人民共和国行政处罚法（2021修订）` and `行政处罚法` meet; `宪法修正案（1988年）` keeps its year,
    because the year is its name.
    """
    plain = unicodedata.normalize("NFKC", title)
    plain = _MARKS.sub("", plain).replace(STATE, "")
    return plain if "修正案" in plain else _EDITION.sub("", plain)


def formal_title(title: str) -> str:
    """The title for the regulation: on one line, without the edition that belongs to the version."""
    joined = re.sub(r"\s+", " ", title).strip()
    joined = re.sub(
        r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])", "", joined
    )
    if "修正案" in joined:
        return joined
    return re.sub(r"[（(](?:19|20)\d{2}年?(?:最新)?(?:修正|修订|修改|公布|版|本|文本)+[）)]$", "", joined) or joined


class Catalogue:
    """The titles and addresses that are taken. Built once for a batch, kept up to date by it."""

    def __init__(self) -> None:
        self.by_key: dict[str, int] = {}
        self.slugs = set(Regulation.objects.values_list("slug", flat=True))
        aliases = RegulationAlias.objects.filter(kind__in=_NAMES).values_list("name", "regulation_id")
        for name, pk in [*aliases, *Regulation.objects.values_list("title", "pk")]:
            self.by_key[title_key(name)] = pk

    def find(self, title: str) -> Regulation | None:
        pk = self.by_key.get(title_key(title))
        return Regulation.objects.filter(pk=pk).first() if pk else None

    def add(self, regulation: Regulation) -> None:
        self.by_key[title_key(regulation.title)] = regulation.pk
        self.slugs.add(regulation.slug)

    def free_slug(self, title: str) -> str:
        """The address: the title without 中华人民共和国 and brackets, numbered when taken."""
        stem = slugify(title.removeprefix(STATE), allow_unicode=True)[: LONGEST_SLUG - 5].strip("-_") or "law"
        slug, count = stem, 1
        while slug in self.slugs:
            count += 1
            slug = f"{stem}-{count}"
        return slug


def find_version(regulation: Regulation, when: Dates) -> RegulationVersion | None:
    """The version of the same day. Gists without text stand in for the text when it is as new or newer."""
    versions = list(regulation.versions.all())
    same = next((v for v in versions if is_same_day(v, when)), None)
    if same:
        return same
    without_text = [v for v in versions if not v.has_text]
    return next((v for v in without_text if _may_fill(v, when)), None)


def is_same_day(version: RegulationVersion, when: Dates) -> bool:
    """Same publication; else same passing; else same verified beginning; two versions without any date are one."""
    ours = {version.promulgated_on, version.passed_on} - {None}
    theirs = {when.promulgated_on} - {None} or {when.passed_on} - {None}
    if version.promulgated_on and when.promulgated_on:
        if version.promulgated_on == when.promulgated_on:
            return True
    elif ours and theirs:
        return bool(ours & theirs)
    if version.effective_from and when.effective_from:
        sure = version.dates_verified and when.verified
        return sure and version.effective_from == when.effective_from
    return not ours and not theirs and not version.effective_from and not when.effective_from


def _may_fill(version: RegulationVersion, when: Dates) -> bool:
    """A stand-in whose own dates are 待核 takes the text of the same day or a later one."""
    if version.dates_verified:
        return False
    mine, theirs = (
        day_of(version.promulgated_on, version.effective_from),
        day_of(when.promulgated_on, when.effective_from),
    )
    return mine is None or theirs is None or theirs >= mine


def day_of(*candidates: dt.date | None) -> dt.date | None:
    """The first date that is known."""
    return next((d for d in candidates if d), None)


def settle_timeline(versions: Iterable[RegulationVersion]) -> list[RegulationVersion]:
    """Each version ends where the next begins. Returns those whose end has changed; saving is the caller's.

    The end of the last one (a repeal) stays; a new last version inherits the end that its predecessor had.
    """
    dated = sorted((v for v in versions if v.live and v.effective_from), key=lambda v: (v.effective_from, v.pk))
    changed = []
    for version, following in zip(dated, dated[1:], strict=False):
        end, begins = version.effective_to, following.effective_from
        if begins is None or end == begins or version.effective_from == begins:
            continue
        if end is not None and end < begins:
            continue
        if end is not None and following.effective_to is None:
            following.effective_to = end
            changed.append(following)
        version.effective_to = begins
        changed.append(version)
    return list({v.pk: v for v in changed}.values())
