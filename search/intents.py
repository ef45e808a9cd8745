"""Words that say what kind of answer is wanted, not what it is about.

They are taken out of the query and replaced by the statute's own words for that kind of answer, with
a small weight, so that 占道经营怎么罚 still means 占道经营 first.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Intent:
    """`label` is shown by explain(); `statutory` are the words a provision of that kind uses."""

    label: str
    pattern: re.Pattern[str]
    statutory: str = ""


CONTACT, FORMS = "联系", "文书"
# A query that ends like the name of a form asks for the form; the name stays in the query.
_FORM_ENDS = "|".join(f"(?<={end})" for end in ("笔录", "决定书", "告知书", "通知书", "审批表", "登记表", "回证"))


def _intent(label: str, pattern: str, statutory: str = "") -> Intent:
    return Intent(label, re.compile(pattern), statutory)


INTENTS = (
    _intent(
        "处罚",
        r"(?:要|会|该|应该?)?(?:怎么|如何|怎样|咋)(?:处?罚|处理|处置)|(?:处?罚)(?:多少钱?|几多|款多少)|罚款标准",
        "罚款 责令改正",
    ),
    _intent(
        "期限", r"(?:是|有)?(?:多久|多长时间|几天|几日|几个月|几年|什么时候)(?:内|之内|有效|到期)?", "期限 日内 年内"
    ),
    _intent(
        "程序", r"(?:几个人|多少人)(?:去|才能|可以)?(?=执法|检查|办案)|要不要(?=出示|听证|告知)", "不得少于两人 程序"
    ),
    _intent("条件", r"(?:什么|哪些|哪种)(?:情况|情形|条件)下?(?:可以|能|应当)?", "下列情形 可以"),
    _intent(
        CONTACT,
        r"(?:找)?(?:业务)?指导员|找谁|(?<!开锁)(?:联系)?电话(?:是多少|号码|(?=\s|$))|谁(?:来)?管|归谁管|哪个部门管?",
    ),
    _intent(
        FORMS,
        r"(?:要|用|填|写)?(?:什么|哪些|哪种|哪个)?(?:执法)?(?:文书|表格|格式文本|模板|范本|样表)|(?:怎么|如何|怎样)(?:写|填写?|制作)"
        rf"|(?:{_FORM_ENDS})$",
    ),
    _intent("问句", r"怎么办|怎么弄|咋办|咋搞|怎么搞|可不可以|能不能|是不是|行不行|有没有|是什么|吗|呢|吧|请问"),
)
