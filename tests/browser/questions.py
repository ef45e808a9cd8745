"""A few questions for the journeys, in use on the site that the browser tests visit (`running_site.build`)."""

from exams.actions.questions import create_question, review_question
from exams.content import Content, Kind, Part
from exams.models import Question
from kb.models import Domain, PowerItem

# an item that a public case of the demo teaches, and the provision on which both rest
ITEM = "420102C01CF07500"
BASIS = "《中华人民共和国生态环境法典》第一千一百三十二条第三款"
ORIGIN = "浏览器测试"
GENERAL = "《中华人民共和国行政处罚法》第六十条"
STEM = "在禁止区域露天烧烤食品，拒不改正的，除没收烧烤工具外，还应当处以什么处罚？"


def write() -> None:
    """Seven questions: five quick ones of general law, one on the item, one case group."""
    for number in range(1, 6):
        _in_use(_single(f"街道办理普通程序案件，第 {number} 种情形下的期限是多少？", GENERAL), "通用程序")
    _in_use(_single(STEM, BASIS, ("罚款", "警告", "拘留", "通报批评"), "A"), "油烟污染", ITEM)
    parts = (*_single("本案的期限是多少？", GENERAL).parts, *_judge("本案可以当场处罚。", GENERAL).parts)
    _in_use(Content(Kind.GROUP, parts, "某店占用人行道经营，街道立案调查。"), "通用程序")
    alone()


def alone() -> None:
    """Only these may be drawn from now on, not the demo's nor another journey's: what is drawn by chance out of
    hundreds cannot be walked twice alike. Papers that were built keep their questions."""
    others = Question.objects.exclude(origin=ORIGIN)
    others.update(status=Question.Status.STOPPED, review_reason="浏览器测试期间停用")


def _single(stem: str, basis: str, options: tuple[str, ...] = ("三十日", "六十日", "九十日", "一年"), key: str = "C"):
    explanation = "以法律规定为准，注意起算的时间。"
    return Content(Kind.SINGLE, (Part(Kind.SINGLE, stem, options, key, explanation=explanation, basis=basis),))


def _judge(stem: str, basis: str) -> Content:
    return Content(Kind.JUDGE, (Part(Kind.JUDGE, stem, key="F", explanation="不符合条件。", basis=basis),))


def _in_use(content: Content, domain: str, item: str = "") -> None:
    items = PowerItem.objects.filter(code=item)
    question = create_question(content, by=None, domain=Domain.objects.get(name=domain), items=items, origin=ORIGIN)
    review_question(question, by=None)
