"""Facts set as lists and tables: terms with their meaning, things to do, figures."""

from wagtail import blocks


class FactBlock(blocks.StructBlock):
    """One line of a fact table."""

    term = blocks.CharBlock(label="名称")
    text = blocks.TextBlock(label="内容")


class FactsBlock(blocks.ListBlock):
    """A table of terms and their meaning (components/fact_table.html)."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(FactBlock(), **kwargs)

    class Meta:
        icon = "list-ul"
        label = "要点表"
        group = "提示与清单"
        template = "blocks/facts.html"
        description = "左边名称，右边内容"
        preview_value = [{"term": "受理部门", "text": "区司法局执法监督科"}, {"term": "办理时限", "text": "五个工作日"}]


class ChecklistBlock(blocks.ListBlock):
    """Things to do or gather, with boxes to tick on paper (components/checklist.html)."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(blocks.CharBlock(label="一项"), **kwargs)

    class Meta:
        icon = "check"
        label = "核对清单"
        group = "提示与清单"
        template = "blocks/checklist.html"
        description = "逐项核对，可打印"
        preview_value = ["出示执法证", "告知陈述、申辩权", "制作现场笔录"]


class FigureTableBlock(blocks.StructBlock):
    """A plain table typed line by line: cells divided by | ; the first line is the head."""

    caption = blocks.CharBlock(label="表题")
    lines = blocks.TextBlock(label="表格内容", help_text="每行一条，单元格之间用 | 分开；第一行是表头")

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        """Adds `table` in the shape of components/data_table.html; short rows are filled up."""
        context = super().get_context(value, parent_context)
        head, *rows = [_cells(line) for line in value["lines"].splitlines() if line.strip()] or [[]]
        context["table"] = {
            "caption": value["caption"],
            "columns": [{"label": cell} for cell in head],
            "rows": [(row + [""] * len(head))[: len(head)] for row in rows],
        }
        return context

    class Meta:
        icon = "table"
        label = "表格"
        group = "提示与清单"
        template = "blocks/figure_table.html"
        description = "小型表格，手机上自动变为卡片"
        preview_value = {"caption": "学时要求", "lines": "类别 | 每年学时\n法律知识 | 20\n业务知识 | 40"}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.replace("｜", "|").strip("|").split("|")]
