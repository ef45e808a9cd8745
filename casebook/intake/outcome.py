"""What the case ended in, told from the sentences of the decision: words for `outcome`, a code for `result`. Pure."""

import re
from collections.abc import Iterable

from casebook.intake.figures import Found, sentences
from casebook.intake.folding import fold

_DECIDED = re.compile(r"决定|给予|处以|作出|罚款|责令|没收")
_THREAT = re.compile(r"以上|以下的?罚款|可以处|幅度")
# (words in the sentence, what is written for them, code of the result); the code of the first kind found counts
_KINDS = (
    (re.compile(r"不予(?:行政)?处罚|免予(?:行政)?处罚"), "不予处罚", "no_penalty"),
    (re.compile(r"罚款"), "罚款", "fine"),
    (re.compile(r"没收"), "没收", "confiscation"),
    (re.compile(r"(?:给予|处以|予以|的)警告|警告(?:、|并|的行政处罚)|通报批评"), "警告", "warning"),
    (re.compile(r"吊销"), "吊销许可证件", "other"),
    (re.compile(r"停产停业|停业整顿"), "责令停产停业", "other"),
    (re.compile(r"强制拆除|代履行"), "强制执行", "coercion"),
    (re.compile(r"移送(?:公安|司法|市场监管|有关部门)"), "移送", "transferred"),
    (re.compile(r"责令(?:[^,。;]{0,8})(?:改正|停止|整改|拆除|清理|清除|恢复)|限期改正|限期整改"), "责令改正", "order"),
)
# as they are said: the order comes first
_SAID_FIRST = "责令改正"


def read_outcome(texts: Iterable[str]) -> list[Found]:
    """`outcome` (责令改正，罚款) and `result` (fine) with the sentences they rest on; empty when nothing is said."""
    kinds: dict[str, tuple[str, str]] = {}
    for sentence in (s for text in texts for s in sentences(text)):
        folded = fold(sentence)
        if _DECIDED.search(folded) and not _quotes_law(sentence):
            for form, words, code in _KINDS:
                if form.search(folded):
                    kinds.setdefault(words, (code, sentence))
    if not kinds:
        return []
    named = sorted(kinds, key=lambda words: words != _SAID_FIRST)
    leading = next(words for _, words, _ in _KINDS if words in kinds)
    code, sentence = kinds[leading]
    return [Found("outcome", "，".join(named), sentence), Found("result", code, sentence)]


def _quotes_law(sentence: str) -> bool:
    """A sentence that tells what a law threatens, not what was decided."""
    return bool(_THREAT.search(fold(sentence)))
