"""款 of the public package that were cut where a printed page ended, put together again.

The Ecological-Environment Code came into the package page by page: a hundred of its paragraphs stop in the middle of a
word and go on in a line of their own, which would count as the next 款; citations of 第二款 then led to the wrong text.

Joining two lines changes the count of 款, so it has to be certain. A line is cut off when all of this holds:
- it stands in a numbered article, and not in the law's last one, which may have swallowed tables and attachments;
- it is as long as a line of print, ends in a Chinese character or a comma, and is no heading, numbered line or row of a
  table;
- the next line begins with a Chinese character, is no heading or numbered line either, and comes to the end of a
  sentence (itself, or by a line that it is joined with).
Where a page ended together with a sentence no rule can tell: such places are named in KNOWN, when a second public
edition has the 款 in one piece and the line is as long as full lines of print. No character is lost: two lines become
one without anything between them. What is joined is reported.
"""

import re
from dataclasses import dataclass, replace

from kb.importers.statute_wheel import Statute, StatuteArticle
from kb.parser.joining import SHORTEST_BROKEN_LINE

SHOWN = 8  # characters on each side of a joint
# law and day of promulgation -> article -> the line (from 1) that the next one continues
KNOWN = {
    ("中华人民共和国生态环境法典", "2026-03-12"): {"第四百九十五条": 2, "第八百零六条": 4, "第一千二百零五条": 1},
}
_HAN = r"\u4e00-\u9fff"
_OPEN_END = re.compile(rf"[{_HAN}，、]$")
_SENTENCE_END = re.compile(r"[。；：！？…][”』」）]?$")
_OWN_LINE = re.compile(
    r"第[零〇一二三四五六七八九十百千]+(?:分?编|章|节|条|款|项)|附[件表录图则：:]|[（(]?[一二三四五六七八九十]+[、）)．.]"
)
_PRINT = re.compile(r"[|\t{}=＝]")


@dataclass(frozen=True)
class Joint:
    """Where two lines of an article became one."""

    article: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.article}“…{self.before[-SHOWN:]}”+“{self.after[:SHOWN]}…”"


def mend(statute: Statute) -> tuple[Statute, tuple[Joint, ...]]:
    """The law with its cut paragraphs whole, and where they were joined."""
    joints: list[Joint] = []
    known = KNOWN.get((statute.title, statute.promulgated_on), {})
    articles = [_mend(article, joints, known.get(article.label, 0)) for article in statute.articles[:-1]]
    return replace(statute, articles=(*articles, *statute.articles[-1:])), tuple(joints)


def is_cut_off(before: str, after: str) -> bool:
    """Whether the line `before` stops in the middle of a sentence that `after` ends."""
    if len("".join(before.split())) < SHORTEST_BROKEN_LINE or not _OPEN_END.search(before):
        return False
    if any(_OWN_LINE.match(line) or _PRINT.search(line) for line in (before, after)):
        return False
    return bool(re.match(rf"[{_HAN}]", after) and _SENTENCE_END.search(after))


def _mend(article: StatuteArticle, joints: list[Joint], known: int = 0) -> StatuteArticle:
    """From the end to the beginning, so that a line that is cut twice ends its sentence when it is looked at."""
    if not article.is_numbered:
        return article
    lines = [line.strip() for line in article.text.split("\n") if line.strip()]
    whole, found = lines[-1:], []
    for number, line in reversed(list(enumerate(lines[:-1], 1))):
        if number == known or is_cut_off(line, whole[0]):
            found.append(Joint(article.label, line, whole[0]))
            whole[0] = line + whole[0]
        else:
            whole.insert(0, line)
    joints += reversed(found)
    return replace(article, text="\n".join(whole)) if found else article
