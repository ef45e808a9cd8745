"""What stands after the provisions: attachments and colophons (落款, 抄送, 印发)."""

import re

from kb.parser import dates
from kb.parser.nodes import BLANK, Line
from kb.parser.openings import COUNT

_ATTACHMENT = re.compile(
    rf"^((?:附\s*件|附\s*表|附\s*录|附\s*图)\s*(?:{COUNT}|[A-ZＡ-Ｚ])?)(?=\s*[:：]|[{BLANK}]|$|（)\s*([:：]?)\s*(.*)$|^(附)\s*([:：])\s*(.*)$",
    re.S,
)
LONGEST_ATTACHMENT_LINE = 60
LONGEST_SIGNATURE = 40
SIGNATURE_LOOKAHEAD = 5
_ORGANISATION = re.compile(
    r"^[\u4e00-\u9fff（）()、·]+?(?:政府|办公室|办公厅|委员会|局|部|院|会|厅|署|所|处|社|中心|办|街道|公司|党委|组|队|主席|省长|市长|总理|部长|局长)$"
)
_DISTRIBUTION = re.compile(r"^(?:抄\s*送|主\s*送|抄\s*报|分\s*送|印\s*发|主题词)\s*[:：]")
_ISSUED = re.compile(rf"^.{{0,30}}?{dates.DATE}\s*(?:印发|发布|公布)?$")
_NAMES = re.compile(r"^[（(][\u4e00-\u9fff\s\u3000]{2,40}[）)]$")
STOPS = "。；;！？!?：:"


def attachment(line: Line) -> tuple[str, str] | None:
    """(label, heading) of a line that opens an attachment: 附件1：…清单, 附表, 附：."""
    text = line.stripped
    found = _ATTACHMENT.match(text)
    if not found or len(text) > LONGEST_ATTACHMENT_LINE or text.endswith("。"):
        return None
    word, colon, heading = found.groups()[:3] if found[1] else found.groups()[3:]
    return word + colon, heading


def is_distribution(text: str) -> bool:
    """抄送：…"""
    return bool(_DISTRIBUTION.match(text))


def is_signature(lines: list[Line], at: int) -> bool:
    """Whether the line at this index begins (or is) a colophon: an organisation with a date near below it,
    an organisation and a date on one line, a distribution list, or the authors' names at the very end."""
    text = lines[at].stripped
    if is_distribution(text):
        return True
    if len(text) > LONGEST_SIGNATURE or lines[at].heading:
        return False
    if _NAMES.match(text):
        return at >= len(lines) - 2
    if _ISSUED.match(text) and not dates.is_date_line(text):
        return bool(_ORGANISATION.match(re.split(r"[0-9０-９零〇○一二三四五六七八九]{4}\s*年", text)[0].strip(BLANK)))
    if not _ORGANISATION.match(text.replace(" ", "").replace("\u3000", "")):
        return False
    return _date_below(lines, at)


def _date_below(lines: list[Line], at: int) -> bool:
    """Only organisations, then a date line."""
    for line in lines[at + 1 : at + 1 + SIGNATURE_LOOKAHEAD]:
        if dates.is_date_line(line.stripped):
            return True
        if not _ORGANISATION.match(line.stripped.replace(" ", "").replace("\u3000", "")):
            return False
    return False


def continues_colophon(text: str, *, distribution: bool) -> bool:
    """After a colophon began: dates, further organisations, and the second line of a distribution list."""
    if dates.is_date_line(text) or is_distribution(text) or _ISSUED.match(text) or _NAMES.match(text):
        return True
    if len(text) > LONGEST_SIGNATURE:
        return False
    return distribution or bool(_ORGANISATION.match(text.replace(" ", "")))
