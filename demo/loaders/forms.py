"""The forms of the district: one file a version in demo/data/forms, through the importers of the two lists."""

import re
from collections.abc import Iterator
from pathlib import Path

from demo.loaders.tables import DATA, RefusedData, accepted, as_sheet
from kb.importers.forms import import_form_fields, import_forms

HEAD = re.compile(r"^([^：\n]+)：(.*)$", re.MULTILINE)
FLAGS = ("简易程序", "普通程序", "行政检查", "行政强制", "常用", "待核")
HEADINGS = (
    "文书编码", "文书名称", "别名", "办案阶段", "使用顺序", "版本", "启用日期", "停用日期", "文号样式", "示例文号",
    "法律依据", "核对情况",
)  # fmt: skip
SECTIONS = ("用途", "何时使用", "常见错误", "示例说明", "正文")
COLUMNS = ("栏目", "形式", "要求", "填写提示", "示例")


def load_forms() -> dict[str, int]:
    """Returns how many forms there are, counting versions, and how many fields."""
    files = [parsed(path) for path in sorted((DATA / "forms").glob("*.md"))]
    forms = accepted(import_forms(as_sheet([form for form, _ in files]), filename="forms"))
    # one file at a time: a transaction of four hundred rows would keep everybody else from writing
    fields = [accepted(import_form_fields(as_sheet(rows), filename=form["文书编码"])) for form, rows in files]
    return {"文书": forms, "文书栏目": sum(fields)}


def parsed(path: Path) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The row of the form and those of its fields. Raises RefusedData when a part is missing."""
    head, *parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    texts = {title.strip(): body.strip() for title, _, body in (part.partition("\n") for part in parts)}
    given = dict(HEAD.findall(head))
    if "栏目" not in texts or "文书编码" not in given:
        raise RefusedData(f"{path.name}：缺少「文书编码」或者「栏目」一节；请照同目录其他文件补上。")
    marks = given.get("适用", "").split("、")
    form = {heading: given.get(heading, "") for heading in HEADINGS}
    form |= {flag: "是" if flag in marks else "否" for flag in FLAGS}
    form |= {section: _plain(texts.get(section, "")) for section in SECTIONS}
    key = {"文书编码": form["文书编码"], "启用日期": form["启用日期"]}
    return form, [key | row for row in _fields(texts["栏目"])]


def _fields(table: str) -> Iterator[dict[str, str]]:
    """Rows of the table below its head; 形式 may name options: 勾选：是、否."""
    for line in table.splitlines()[2:]:
        cells = dict(zip(COLUMNS, (cell.strip() for cell in line.strip().strip("|").split("|")), strict=True))
        kind, _, options = cells["形式"].partition("：")
        optional = cells.pop("要求") == "选填"
        lines = cells["示例"].replace("<br>", "\n")
        yield cells | {"形式": kind, "选项": options, "必填": "否" if optional else "是", "示例": lines}


def _plain(text: str) -> str:
    """Lines without the marks of a list."""
    return "\n".join(line.removeprefix("- ").strip() for line in text.splitlines() if line.strip())
