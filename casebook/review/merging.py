"""Two drafts that began from one text, taken apart and put together again. Pure: works on the content of revisions.

parts = parts_of(mine, theirs, base)              # only what differs
merged = merge(mine, theirs, {"title": MINE})     # the rest stays as theirs
"""

import copy
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MINE, THEIRS, BOTH = "mine", "theirs", "both"
Content = Mapping[str, Any]
Block = dict[str, Any]

BLOCK = "block:"
ITEMS = "case_items"


@dataclass(frozen=True, slots=True)
class Part:
    """One field or section that reads differently in the two drafts; `base` is None when it is not known."""

    name: str
    mine: Any
    theirs: Any
    base: Any = None
    base_known: bool = False

    @property
    def clash(self) -> bool:
        """Both changed it, or nobody can tell: a person has to choose."""
        return self.preferred == ""

    @property
    def preferred(self) -> str:
        """The side that alone changed it."""
        if self.base_known and self.theirs == self.base:
            return MINE
        return THEIRS if self.base_known and self.mine == self.base else ""

    @property
    def is_block(self) -> bool:
        return self.name.startswith(BLOCK)

    @property
    def choices(self) -> tuple[str, ...]:
        """A section that both wrote may be kept twice, one after the other."""
        return (MINE, THEIRS, BOTH) if self.is_block and self.mine and self.theirs else (MINE, THEIRS)


def parts_of(mine: Content, theirs: Content, base: Content | None, fields: Iterable[str]) -> list[Part]:
    """What differs, fields in the order given, then the sections in theirs and mine."""
    one, other, start = (_values(content, fields) for content in (mine, theirs, base or {}))
    names = list(dict.fromkeys([*other, *one]))
    return [
        Part(name, one.get(name), other.get(name), start.get(name), base is not None)
        for name in names
        if one.get(name) != other.get(name)
    ]


def merge(mine: Content, theirs: Content, choices: Mapping[str, str]) -> dict[str, Any]:
    """Theirs with the parts that were chosen from mine. Parts without a choice stay as theirs."""
    merged = copy.deepcopy(dict(theirs))
    for name, side in choices.items():
        if side == MINE and not name.startswith(BLOCK):
            merged[name] = copy.deepcopy(mine[name])
    merged["body"] = json.dumps(_merged_blocks(_blocks(mine), _blocks(theirs), choices), ensure_ascii=False)
    return merged


def _values(content: Content, fields: Iterable[str]) -> dict[str, Any]:
    values = {name: _plain(content.get(name)) for name in fields}
    values[ITEMS] = [row["item"] for row in content.get(ITEMS, [])]
    sections = {BLOCK + block["id"]: _plain({**block["value"], "type": block["type"]}) for block in _blocks(content)}
    return values | sections


def _plain(value: Any) -> Any:
    """Forms send other line ends than the database holds, and a section's parts in any order."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in sorted(value.items()) if inner not in ("", None)}
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _blocks(content: Content) -> list[Block]:
    body = content.get("body") or "[]"
    return json.loads(body) if isinstance(body, str) else list(body)


def _merged_blocks(mine: list[Block], theirs: list[Block], choices: Mapping[str, str]) -> list[Block]:
    """Theirs in their order; sections that only mine has follow the one they follow in mine."""
    own = {block["id"]: block for block in mine}
    merged = [kept for block in theirs for kept in _chosen(block, own.get(block["id"]), choices)]
    known = {block["id"] for block in theirs}
    for place, block in enumerate(mine):
        if block["id"] not in known and choices.get(BLOCK + block["id"]) == MINE:
            before = [b["id"] for b in mine[:place]]
            after = max((n for n, b in enumerate(merged, 1) if b["id"] in before), default=0)
            merged.insert(after, block)
    return merged


def _chosen(theirs: Block, mine: Block | None, choices: Mapping[str, str]) -> list[Block]:
    side = choices.get(BLOCK + theirs["id"], THEIRS)
    if side == THEIRS:
        return [theirs]
    kept = [mine] if mine else []
    return [theirs, {**mine, "id": str(uuid.uuid4())}] if side == BOTH and mine else kept
