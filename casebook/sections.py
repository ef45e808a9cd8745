"""The sections of a case by name. Pure, so that reading a manuscript needs no Wagtail."""

# type -> (heading, icon, what belongs there). The order is the order of a new case.
SECTIONS = {
    "facts": ("基本案情", "doc-full", "时间写到月，地点写到路段，当事人写张某、某餐饮店。"),
    "handling": ("调查与处理", "tasks", "检查、取证、责令改正、告知、决定、履行。"),
    "law": ("法律分析", "openquote", "违反条款、处罚条款、构成要件与裁量。"),
    "disputes": ("争议焦点", "warning", "有过哪些不同意见，采纳了哪一种，理由是什么。"),
    "value": ("典型意义", "pick", "别的执法人员能从中学到什么。"),
    "errors": ("常见错误", "cross", "每行一条，以“- ”开头。"),
    "evidence": ("证据清单", "list-ul", "只写证据种类，每行一条。"),
    "sequel": ("后续情况", "history", "复议、诉讼、回访。"),
    "questions": ("讨论题", "help", "每行一题，以“1. ”开头。"),
    "keywords": ("关键词", "tag", "几个词，用空格或者顿号分开。"),
}
PICTURE = "picture"
QUESTIONS = "questions"


def heading_of(section: str, given: str = "") -> str:
    """What stands above a section; nothing above a picture."""
    return given or ("" if section == PICTURE else SECTIONS[section][0])
