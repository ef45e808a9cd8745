"""The 207 power items: the district's list joined with process, supervision and the editors' guides."""

import re
from collections.abc import Callable

from demo.loaders.tables import DATA, accepted, as_sheet, records
from kb.importers.power_items import import_power_items
from kb.models import Domain

ON_THE_SPOT = "当场处罚"


def load_items() -> dict[str, int]:
    """Returns counts by what was loaded."""
    domains = _domains()
    rows = as_sheet(map(joined(), records("power_items")))
    return {"领域": domains, "事项": accepted(import_power_items(rows, filename="power_items.tsv"))}


def _domains() -> int:
    """New ones only: every save of a domain has its items indexed anew."""
    rows = records("domains")
    known = set(Domain.objects.values_list("name", flat=True))
    for order, row in enumerate(rows, 1):
        if row["名称"] not in known:
            Domain.objects.create(name=row["名称"], slug=row["网址标识"], sort_order=order)
    return len(rows)


def joined() -> Callable[[dict[str, str]], dict[str, str]]:
    """A function that gives an item of the list the columns kept in the other files."""
    guides = {row["code"]: row for row in records("item_guides")}
    supervision = {row["部门"]: row["监督方式"] for row in records("supervision")}
    steps = processes()

    def join(item: dict[str, str]) -> dict[str, str]:
        guide = guides.get(item["code"], {})
        return item | {
            "流程": "\n".join(process_of(item, steps)),
            "监督方式": supervision[item["department"]],
            "先做什么": _lines(guide.get("first_steps", "")),
            "证据清单": _lines(guide.get("evidence", "")),
            "职责边界": guide.get("boundary", ""),
            "高频": "是" if "高频" in guide.get("tags", "") else "否",
            "疑难": "是" if "疑难" in guide.get("tags", "") else "否",
        }

    return join


def processes() -> dict[str, list[str]]:
    """processes.md: heading (a type or a code) -> its steps."""
    found: dict[str, list[str]] = {}
    text = (DATA / "processes.md").read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, *lines = part.splitlines()
        found[heading.strip()] = [line.strip() for line in lines if line.strip()]
    return found


def process_of(item: dict[str, str], steps: dict[str, list[str]]) -> list[str]:
    """The item's own steps, else those of its type; on-the-spot penalties where the list allows them."""
    own = list(steps.get(item["code"]) or steps[item["type"]])
    if item["type"] == "行政处罚" and item["simple_procedure"] in {"一般可", "视数额"}:
        own[1:1] = steps[ON_THE_SPOT]
    return own


def _lines(text: str) -> str:
    return "\n".join(part for part in text.split("；") if part)
