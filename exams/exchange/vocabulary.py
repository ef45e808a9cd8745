"""The words by which files call kinds, fields and difficulties. Pure."""

import re
import unicodedata

from exams.content import KIND_LABELS, Kind

# every name by which question banks call a kind, without the last 题
_KINDS = {
    Kind.SINGLE: ("单选", "单项选择", "单项", "单选择", "single", "radio"),
    Kind.MULTIPLE: ("多选", "多项选择", "多项", "多选择", "multiple", "checkbox"),
    Kind.JUDGE: ("判断", "是非", "判断正误", "对错", "judge", "truefalse", "true/false"),
    Kind.FILL: ("填空", "填充", "fill"),
    Kind.SHORT: ("简答", "问答", "论述", "名词解释", "简述", "主观", "short", "essay"),
    Kind.DOCUMENT: ("改错", "文书改错", "document"),
    Kind.GROUP: ("案例", "案例分析", "材料", "材料分析", "组合", "group"),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}
# a choice of which the answer tells whether one or several are right
_CHOICE = {"选择", "不定项选择", "不定项", "任选"}
# kinds that this bank does not know; a tag with another word is taken for a part of the stem
_FOREIGN = {"连线", "匹配", "排序", "计算", "完形填空", "听力", "作文", "写作", "翻译", "投票", "绘图", "操作", "综合"}
_FIELDS = {
    "answer": ("答案", "正确答案", "参考答案", "标准答案", "试题答案", "答", "ANSWER"),
    "explanation": ("解析", "答案解析", "试题解析", "参考解析", "题目解析", "整体解析", "分析"),
    "basis": ("依据", "法律依据", "法条依据", "法规依据"),
    "domain": ("领域", "所属领域"),
    "items": ("事项", "赋权事项", "事项编码"),
    "difficulty": ("难度", "难易度", "难易程度", "难度等级"),
    "origin": ("来源", "试题来源", "出处"),
    "code": ("编号", "试题编号", "题库编号"),
    "points": ("要点", "评分要点", "得分要点", "采分点"),
    "markup": ("文书",),
}
FIELD_OF = {word: name for name, words in _FIELDS.items() for word in words}
FIELD_LABELS = {name: words[0] for name, words in _FIELDS.items()}
_DIFFICULTIES = {
    1: ("1", "一", "容易", "易", "很易", "简单", "低"),
    2: ("2", "二", "较易", "偏易", "较简单", "较低"),
    3: ("3", "三", "中等", "中", "一般", "适中", "普通"),
    4: ("4", "四", "较难", "偏难", "较高"),
    5: ("5", "五", "困难", "难", "很难", "高"),
}
_DIFFICULTY_OF = {word: n for n, words in _DIFFICULTIES.items() for word in words}
CHOICE_WORD = "选择"


def plain(text: str) -> str:
    """Half width, without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def kind_of(word: str) -> Kind | None:
    """The kind that a word such as `单项选择题` names; None for one that names none or leaves it open."""
    bare = _bare(word)
    return _KIND_OF.get(bare) or (Kind(bare) if bare in Kind._value2member_map_ else None)


def leaves_open(word: str) -> bool:
    """`选择题`, `不定项选择题`: the answer tells which."""
    return _bare(word) in _CHOICE


def names_kind(word: str) -> bool:
    """Whether the word is meant as a kind, be it one that we do not know."""
    bare = _bare(word)
    return bool(kind_of(word)) or bare in _CHOICE or bare in _FOREIGN


def known_kinds() -> str:
    return "、".join(KIND_LABELS.values())


def difficulty_of(word: str) -> int:
    """1 to 5; 0 for anything else."""
    return _DIFFICULTY_OF.get(plain(word).rstrip("级"), 0)


def split_codes(text: str) -> tuple[str, ...]:
    """Codes of power items, however divided."""
    return tuple(one for one in re.split(r"[、，,；;\s]+", unicodedata.normalize("NFKC", text).upper()) if one)


def _bare(word: str) -> str:
    return plain(word).lower().strip("【】[]()").removesuffix("题")
