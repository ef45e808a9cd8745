"""A small bank with a question of every kind, and texts that formats like to spoil."""

from dataclasses import replace

from exams.actions.bulk import NewQuestion, create_questions
from exams.content import Content, Kind, Part
from exams.exchange.samples import samples
from kb.models import Domain, PowerItem

AWKWARD = (
    '罚款 < 5,000 元 & "从重"，{见附件}~#1：A. 甲=乙，\\n 不是换行',
    "答案：在第二行\nA. 不是选项\n1. 也不是题号\n# 不是注释",
)


def fill_bank() -> None:
    """Codes, domain, items, difficulty and source differ from what an importer would give by itself."""
    domain, item = Domain.objects.get(name="油烟污染"), PowerItem.objects.get(code="420102C01CF01700")
    contents = [one.content for one in samples(domain.name)]
    choice = contents[0].parts[0]
    contents += [Content(Kind.SINGLE, (replace(choice, stem=AWKWARD[0], options=("= 1+1", "%50%", "->", "“B”")),))]
    contents += [Content(Kind.SHORT, (Part(Kind.SHORT, AWKWARD[1], key=AWKWARD[1], explanation=AWKWARD[0]),))]
    new = [
        NewQuestion(one, domain, (item,) if n % 2 else (), 1 + n % 5, "真题回忆", f"Q000{n + 400}")
        for n, one in enumerate(contents)
    ]
    create_questions(new, by=None)
