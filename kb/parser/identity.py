"""Who issued a document and on which level it stands, guessed from folder, title and 题注."""

import re

from kb.parser import dates
from kb.parser.nodes import SourceDocument

# Values of kb.models.Regulation.Level.
_FOLDERS = {
    "宪法": "constitution",
    "法律": "law",
    "行政法": "law",
    "法律解释": "interpretation",
    "行政法规": "admin_regulation",
    "司法解释": "judicial",
    "地方性法规": "local_regulation",
    "部门规章": "department_rule",
    "地方政府规章": "local_rule",
    "行政规范性文件": "normative",
    "规范性文件": "normative",
    "党内法规": "party",
    "标准": "standard",
    "内部制度": "internal",
}
_CONGRESS = re.compile("全国人民代表大会")
_LOCAL_CONGRESS = re.compile(r"(?:省|市|区|州|县)(?:第[\u4e00-\u9fff]+届)?人民代表大会")
_STATE_COUNCIL = re.compile(
    r"国务院(?:、[\u4e00-\u9fff、]+)?(?:第[\u4e00-\u9fff\d]+次常务会议|令|发布|公布|批准|关于修改|第)|政务院|国务院\s*$"
)
_MINISTRY_ORDER = re.compile(r"(?:部|局|委员会|总局|总署|银行|署|办公室|部门)(?:、[\u4e00-\u9fff、]+)?令")
_LOCAL_GOVERNMENT = re.compile(r"(?:省|市|区|州|县)人民政府(?:令|第[\u4e00-\u9fff\d]+次常务会议)")
_COURT = re.compile("最高人民(?:法院|检察院)")
_STANDARD = re.compile(r"^(?:GB|DB|CJ|JG|GA|HJ)[/\s]?[TZ]?\s*[\d/]")
_DATED = re.compile(rf"{dates.DATE}(?:印发)?")
_STATE = "中华人民共和国"
_NUMBER = r"第[\d零〇一二三四五六七八九十百]+"
_NATIONAL = re.compile(rf"(?:{_NUMBER}届)?(全国人民代表大会(?:常务委员会)?)(?!公告)")
_LOCAL = re.compile(rf"([\u4e00-\u9fff]{{2,8}}?(?:省|市|区|州|县)){_NUMBER}届(人民代表大会(?:常务委员会)?)")
_PUBLISHERS = re.compile(rf"^(?:经|由)?([\u4e00-\u9fff、]+?)(?:令|公告|{_NUMBER}号令|公布|发布|颁布)")
_APPROVERS = re.compile(rf"^(?:经|由)?([\u4e00-\u9fff、]+?)(?:{_NUMBER}次|批准|通过)")
_IS_ORGAN = re.compile(
    r"^(?!根据|关于|自)[\u4e00-\u9fff]{2,30}(?:院|部|委员会|委|局|署|厅|政府|军委|银行|办公室|中央|总社|海关)$"
)


def guess_level(source: SourceDocument, title: str, history: str, *, amending: bool) -> str:
    """A level code; the 题注 outranks the folder, which outranks the title. `other` when nothing tells."""
    folder = next((_FOLDERS[name] for name in reversed(source.folders) if name in _FOLDERS), "")
    name = title.removeprefix("中华人民共和国")
    if name == "宪法" or re.match("宪法修正案", name):
        return "constitution"
    return _by_history(history, title) or folder or _by_title(title, source.text[:600])


def _by_history(history: str, title: str) -> str:
    if _COURT.search(history) and re.search("解释|批复|规定|意见", title):
        return "judicial"
    if _CONGRESS.search(history) and not _LOCAL_CONGRESS.search(history.replace("全国人民代表大会", "")):
        return "interpretation" if title.endswith("的解释") else "law"
    if _LOCAL_CONGRESS.search(history):
        return "local_regulation"
    if _LOCAL_GOVERNMENT.search(history):
        return "local_rule"
    if _STATE_COUNCIL.search(history):
        return "admin_regulation"
    return "department_rule" if _MINISTRY_ORDER.search(history) else ""


def _by_title(title: str, opening: str) -> str:
    if _STANDARD.match(title) or _STANDARD.match(opening.strip()):
        return "standard"
    if re.search("最高人民(法院|检察院).*(解释|批复|规定)", title):
        return "judicial"
    if re.search(r"[\u4e00-\u9fff]{2,8}(省|市|自治州|自治县)[\u4e00-\u9fff]*条例", title):
        return "local_regulation"
    if re.search("中华人民共和国.+法(?!.*(办法|细则|条例|规定))", title) or title.endswith("法典"):
        return "law"
    if re.search("[〔\\[［【]\\s*\\d{4}\\s*[〕\\]］】]", opening) or re.search("通知|意见|方案|清单", title):
        return "normative"
    return "other"


def guess_issuers(history: tuple[str, ...], colophons: list[str]) -> tuple[str, ...]:
    """The organs behind the text, in the order named: congress, else who published it, who approved it, who signed."""
    lines = [_DATED.sub("", "".join(line.split()).strip("（(")).replace(_STATE, "") for line in history]
    for find in (_congress, _published, _approved):
        for line in lines:
            if organs := find(line):
                return organs
    signed = ["".join(line.split()) for colophon in colophons for line in colophon.split("\n")]
    return _organs("、".join(_DATED.sub("", line) for line in signed))


def _congress(line: str) -> tuple[str, ...]:
    if found := _LOCAL.search(line.replace("全国人民代表大会", "")):
        return (found[1] + found[2],)
    found = _NATIONAL.match(line)
    return (found[1],) if found else ()


def _published(line: str) -> tuple[str, ...]:
    found = _PUBLISHERS.match(line)
    return _organs(found[1]) if found else ()


def _approved(line: str) -> tuple[str, ...]:
    found = _APPROVERS.match(line)
    return _organs(found[1]) if found else ()


def _organs(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in names.split("、") if _IS_ORGAN.match(n)))
