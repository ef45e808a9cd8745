"""The kind of result told from its words. Pure; used where nobody has said it."""

# The first that fits: what weighs most in the decision names the result.
_SIGNS = (
    ("transferred", ("移送公安", "移送司法", "案件移送", "移送有管辖权")),
    ("coercion", ("强制拆除", "代履行", "强制执行", "申请法院")),
    ("fine", ("罚款",)),
    ("confiscation", ("没收",)),
    ("warning", ("警告", "通报批评")),
    ("no_penalty", ("不予处罚", "不予行政处罚", "免予处罚")),
    ("order", ("责令", "改正", "整改")),
)


def result_of(outcome: str) -> str:
    """A value of `Case.Result`, or "" when the words say none: `责令改正，罚款` -> `fine`, `不予罚款` -> no fine."""
    words = outcome.replace("不予罚款", "")
    return next((result for result, signs in _SIGNS if any(sign in words for sign in signs)), "")
