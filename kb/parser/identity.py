"""Who issued a document and on which level it stands, guessed from folder, title and 题注."""

import re

from kb.parser.nodes import BLANK, SourceDocument

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
_ORGAN = re.compile(
    r"([\u4e00-\u9fff、]{2,60}?)(?:令)?(?:第[\d一二三四五六七八九十百零〇]+号)?令?(?:公布|发布|颁布|批准|通过)"
)
_SESSION = re.compile(r"第[\u4e00-\u9fff\d]+[届次].*$")
_JOINERS = re.compile("[、，,和]")


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
    """The organs that passed or published the text first, in the order named; else those that signed it."""
    for line in history:
        words = re.sub(r"^.*?\d+日|^[^日]*日", "", line).strip(BLANK + "（(")
        found = _ORGAN.search(_SESSION.sub("通过", words) if "届" in words or "次" in words else words)
        if found:
            names = [n.strip() for n in _JOINERS.split(found[1]) if 2 <= len(n.strip()) <= 30]
            return tuple(dict.fromkeys(_plain(n) for n in names if _plain(n)))
    signed = [line.strip(BLANK) for col in colophons for line in col.split("\n")]
    return tuple(dict.fromkeys(s for s in signed if re.fullmatch(r"[\u4e00-\u9fff]{3,30}", s) and not s.endswith("日")))


def _plain(name: str) -> str:
    """中华人民共和国国务院 -> 国务院; verbs are no organs."""
    name = name.removeprefix("中华人民共和国")
    return "" if name in ("公布", "发布", "通过", "批准") else name
