"""Which power items a draft is about: those whose basis it cites, and those whose words it uses."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from casebook.intake.basis import Cited
from casebook.intake.folding import fold
from kb.models import Citation, PowerItem

MOST = 6
BASIS_WEIGHT = 0.6
LIKE_ENOUGH = 0.3
TITLE_WEIGHT = 2
_EMPTY = ("的处罚", "的行政处罚", "对", "行为", "处罚", "未按", "规定", "要求", "的", "或者", "等")


@dataclass(frozen=True, slots=True)
class ItemProposal:
    """An item with the reason why it is proposed; `certain` ones are ticked beforehand."""

    item: PowerItem
    score: float
    reason: str
    certain: bool


def propose_items(title: str, texts: Iterable[str], cited: Iterable[Cited]) -> list[ItemProposal]:
    """The likeliest items, best first. Three queries."""
    items = list(PowerItem.objects.select_related("domain").prefetch_related("sub_items"))
    bases = _bases(cited)
    rarity = _rarity(items)
    heading, body = pairs(title), pairs("".join(texts))
    proposals = (_propose(item, heading, body, rarity, bases.get(item.pk, [])) for item in items)
    found = sorted((one for one in proposals if one.score >= LIKE_ENOUGH), key=lambda one: (-one.score, one.item.code))
    best = found[0].score if found else 0
    return [_ticked(one, best) for one in found[:MOST]]


def _propose(item: PowerItem, heading: set, body: set, rarity: dict, basis: list[str]) -> ItemProposal:
    likeness, words = max(
        (_likeness(name, heading, body, rarity) for name in _names(item)), key=lambda found: found[0], default=(0.0, [])
    )
    reasons = [f"引用同一条文 {'、'.join(basis)}"] if basis else []
    reasons += [f"用词相近：{'、'.join(words)}"] if likeness >= LIKE_ENOUGH and words else []
    return ItemProposal(item, likeness + BASIS_WEIGHT * bool(basis), "；".join(reasons), bool(basis))


def _ticked(one: ItemProposal, best: float) -> ItemProposal:
    certain = one.score == best and one.score >= BASIS_WEIGHT
    return ItemProposal(one.item, one.score, one.reason, certain)


def _likeness(name: str, heading: set, body: set, rarity: dict) -> tuple[float, list[str]]:
    """How much of the item's rare character pairs the draft holds (those in its title count twice), from 0 to 1."""
    wanted = pairs(name)
    total = sum(rarity.get(pair, 1.0) for pair in wanted) or 1.0
    in_title, in_text = wanted & heading, (wanted & body) - heading
    held = (
        sum(rarity.get(pair, 1.0) for pair in in_title) + sum(rarity.get(pair, 1.0) for pair in in_text) / TITLE_WEIGHT
    )
    telling = sorted(in_title | in_text, key=lambda pair: (-rarity.get(pair, 1.0), pair))
    return held / total, telling[:4]


def _names(item: PowerItem) -> list[str]:
    return [item.name, *filter(None, [item.short_name]), *(sub.name for sub in item.sub_items.all())]


def pairs(text: str) -> set[str]:
    """The neighbouring Han characters of a text, without the words that every item has."""
    folded = fold(text)
    for word in _EMPTY:
        folded = folded.replace(word, " ")
    return {
        folded[i : i + 2] for i in range(len(folded) - 1) if all("一" <= sign <= "鿿" for sign in folded[i : i + 2])
    }


def _rarity(items: list[PowerItem]) -> dict[str, float]:
    """Weight of a pair: the fewer items have it, the more it tells."""
    counts = Counter(pair for item in items for pair in set().union(*(pairs(name) for name in _names(item))))
    return {pair: math.log(1 + len(items) / count) for pair, count in counts.items()}


def _bases(cited: Iterable[Cited]) -> dict[int, list[str]]:
    """Item -> the citations of the draft that are among its basis."""
    wanted = {(one.regulation_id, one.article_key): one.text for one in cited if one.regulation_id and one.article_key}
    wanted_roles = {Citation.Role.PROCEDURE}
    skipped = {(o.regulation_id, o.article_key) for o in cited if o.role in wanted_roles}
    rows = Citation.objects.resolved().filter(
        source_type__app_label="kb",
        source_type__model="poweritem",
        regulation__in={regulation for regulation, _ in wanted},
    )
    found: dict[int, list[str]] = {}
    for source, regulation, article in rows.values_list("source_id", "regulation_id", "article_key").distinct():
        key = (regulation, article)
        if key in wanted and key not in skipped:
            found.setdefault(source, []).append(wanted[key])
    return found
