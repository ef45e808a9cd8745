"""先做什么: what the item says itself, else what its summary says and no more."""

import re

from kb.models import PowerItem
from kb.penalties import parse_penalties

ORDERED = re.compile(r"责令[^，；。（）]+|责成[^，；。（）]+|说服教育责令改正")
# 处罚法第五十一条 sets the limits of the simple procedure; the item only says whether it may apply.
SIMPLE = {
    "一般可": "一般可以适用简易程序，当场处罚的数额不得超过法定限额",
    "视数额": "拟处罚数额在法定限额以内的可以适用简易程序，超过的适用普通程序",
    "否": "适用普通程序",
}
REMIND = re.compile(r"听证|法制审核|鉴定|监测|移送|先责令|先说服|竞合|前置")


def first_steps(item: PowerItem) -> list[str]:
    """Short lines for a checklist."""
    if item.first_steps:
        return [line.strip() for line in item.first_steps.splitlines() if line.strip()]
    if item.power_type != PowerItem.PowerType.PENALTY:
        return _plain(item)
    return [*_order(item.penalty_summary), *_procedure(item), *_reminders(item)]


def _order(summary: str) -> list[str]:
    found = ORDERED.search(summary)
    if not found:
        return []
    penalties = parse_penalties(summary)
    if penalties and all(p.condition.startswith(("拒不", "逾期")) for p in penalties):
        return [f"先{found[0]}；{penalties[0].condition}的，才可以处罚款"]
    return [found[0]]


def _procedure(item: PowerItem) -> list[str]:
    return [SIMPLE.get(item.simple_procedure, f"简易程序：{item.simple_procedure}")] if item.simple_procedure else []


def _reminders(item: PowerItem) -> list[str]:
    return [part for part in re.split("[；。]", item.note) if REMIND.search(part)]


def _plain(item: PowerItem) -> list[str]:
    """For inspections and coercion the summary is the way of doing it."""
    text = item.penalty_summary.strip("—（）() ")
    return [part.strip() for part in re.split("[；。→]", text) if part.strip()]
