"""What else a Word document holds: found and counted, never carried over, and never quoted.

The report says where and how much. It names no author and repeats no comment: it is kept with the draft.
"""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from casebook.intake.values import Leftover, characters
from casebook.intake.word_concealed import AUTHOR, DELETED, GLOSS, HIDDEN, MOVED, field_name, is_struck
from casebook.intake.word_story import Story
from casebook.intake.wordml import FALLBACK, TEXT, M, W

_O = "{urn:schemas-microsoft-com:office:office}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_FORMATS = tuple(f"{W}{name}" for name in ("rPrChange", "pPrChange", "tblPrChange", "sectPrChange", "tcPrChange"))
_QUIET_FIELDS = {"", "PAGE", "NUMPAGES"}
Part = Callable[[str], etree._Element | None]


def leftovers_of(package: zipfile.ZipFile, part: Part, document: etree._Element, story: Story) -> Iterator[Leftover]:
    """In the order in which an editor should read them. Asked after the story has been read."""
    yield from _revisions(document, story)
    yield from _comments(document, part)
    yield from _concealed(story)
    yield from _properties(package, part)
    yield from _headers(package, part)
    yield from _placed(story)
    yield from _objects(package, document)
    yield from _marks(document)


def _revisions(document: etree._Element, story: Story) -> Iterator[Leftover]:
    inserted = _outside_copies(document, "ins", "moveTo")
    if added := characters("".join(_text(element) for element in inserted)):
        where = f"{len(inserted)} 处，{added} 字，{_authors(inserted)} 人"
        yield Leftover("insertion", len(inserted), f"修订插入 {where}：已作为正文采用，请核对。", carried=True)
    removed = _outside_copies(document, "del", "moveFrom")
    reasons = Counter({reason: _count(story, reason) for reason in (DELETED, MOVED)})
    if total := sum(reasons.values()):
        where = f"{len(removed)} 处，{total} 字，{_authors(removed)} 人"
        yield Leftover("deletion", len(removed), f"修订删除 {where}：未采用，删去的文字没有保留。")
    if changed := sum(1 for _ in document.iter(*_FORMATS)):
        yield Leftover("formatting", changed, f"格式修订 {changed} 处：未保留。")


def _comments(document: etree._Element, part: Part) -> Iterator[Leftover]:
    comments = part("word/comments.xml")
    found = list(comments.iter(f"{W}comment")) if comments is not None else []
    if found:
        where = f"{len(found)} 条，{_authors(found)} 人"
        yield Leftover("comment", len(found), f"批注 {where}：未采用，内容没有保留。")


def _concealed(story: Story) -> Iterator[Leftover]:
    for reason, kind, message in (
        (HIDDEN, "hidden", "隐藏文字 {} 字：未采用，内容没有保留。"),
        (AUTHOR, "author_field", "作者、文件名等域显示的文字 {} 字：未采用。"),
        (GLOSS, "gloss", "拼音注音 {} 字：未采用，汉字已采用。"),
    ):
        if total := _count(story, reason):
            yield Leftover(kind, total, message.format(total))


def _properties(package: zipfile.ZipFile, part: Part) -> Iterator[Leftover]:
    """Author, last editor, company, manager, and what WPS adds; how many are filled in, not with what."""
    filled = 0
    for member in ("docProps/core.xml", "docProps/app.xml"):
        root = part(member)
        filled += sum(1 for element in root if _names_somebody(element)) if root is not None else 0
    custom = part("docProps/custom.xml")
    filled += len(custom) if custom is not None else 0
    if filled:
        yield Leftover("metadata", filled, f"文档属性 {filled} 项（作者、单位、最后修改者等）：未保留。")
    members = package.namelist()
    if any(member.startswith("docProps/thumbnail") for member in members):
        yield Leftover("thumbnail", 1, "首页缩略图：未保留。")
    if hidden := sum(member.startswith("customXml/item") and member.endswith(".xml") for member in members):
        yield Leftover("custom_xml", hidden, f"附带数据 {hidden} 份：未保留。")


def _headers(package: zipfile.ZipFile, part: Part) -> Iterator[Leftover]:
    members = [m for m in package.namelist() if m.startswith(("word/header", "word/footer")) and m.endswith(".xml")]
    texts = [_text(root) for member in members if (root := part(member)) is not None]
    if total := characters("".join(texts)):
        yield Leftover("header", sum(bool(t.strip()) for t in texts), f"页眉页脚文字 {total} 字：未采用。")


def _placed(story: Story) -> Iterator[Leftover]:
    """Not left behind at all, yet an editor should look where it went."""
    if story.note_count:
        message = f"脚注、尾注 {story.note_count} 条：已放在正文引用处的“［注：…］”中。"
        yield Leftover("footnote", story.note_count, message, carried=True)
    if story.box_count:
        message = f"文本框 {story.box_count} 个：文字已放在所在段落之后，请核对次序。"
        yield Leftover("text_box", story.box_count, message, carried=True)
    if story.table_count:
        message = f"表格 {story.table_count} 个：已转为文字，单元格之间用“|”分开。"
        yield Leftover("table", story.table_count, message, carried=True)
    for picture in story.pictures.all:
        if picture.fault:
            yield Leftover("picture", 1, f"{picture.name}：{picture.fault}。")


def _objects(package: zipfile.ZipFile, document: etree._Element) -> Iterator[Leftover]:
    objects = sum(1 for _ in document.iter(f"{_O}OLEObject"))
    charts = sum(1 for _ in document.iter(_CHART))
    diagrams = sum(1 for _ in document.iter(_DIAGRAM))
    embedded = sum(member.startswith("word/embeddings/") for member in package.namelist())
    if objects or charts or embedded:
        total = max(objects + charts, embedded)
        yield Leftover("embedded", total, f"嵌入的对象或图表 {total} 个：未采用；需要的内容请写成文字或插入图片。")
    if diagrams:
        yield Leftover("diagram", diagrams, f"智能图形 {diagrams} 个：图形未采用，其中的文字列在“尚未归类的文字”里。")
    if chunks := sum(1 for _ in document.iter(f"{W}altChunk", f"{W}subDoc")):
        yield Leftover("chunk", chunks, f"嵌套的文档 {chunks} 份：没有读取；请把内容粘贴到正文后重新上传。")


def _marks(document: etree._Element) -> Iterator[Leftover]:
    names = [field_name(field.get(f"{W}instr") or "") for field in document.iter(f"{W}fldSimple")]
    names += [field_name(code.text or "") for code in document.iter(f"{W}instrText")]
    if fields := [name for name in names if name not in _QUIET_FIELDS]:
        yield Leftover("field", len(fields), f"域代码 {len(fields)} 处：只采用显示的文字。")
    marks = [mark for mark in document.iter(f"{W}bookmarkStart") if mark.get(f"{W}name") != "_GoBack"]
    if marks:
        yield Leftover("bookmark", len(marks), f"书签 {len(marks)} 处：未保留。")
    if links := sum(1 for _ in document.iter(f"{W}hyperlink")):
        yield Leftover("hyperlink", links, f"超链接 {links} 处：只采用显示的文字，地址没有保留。")


def _count(story: Story, reason: str) -> int:
    return sum(characters(element.text or "") for element, why in story.concealed.items() if why == reason)


def _authors(elements: list[etree._Element]) -> int:
    return len({element.get(f"{W}author") or "" for element in elements})


def _outside_copies(document: etree._Element, *names: str) -> list[etree._Element]:
    """Marks of text, without the copies for old programs and without the marks of paragraphs."""
    found = document.iter(*(f"{W}{name}" for name in names))
    return [e for e in found if len(e) and next(e.iterancestors(FALLBACK), None) is None]


def _text(root: etree._Element) -> str:
    return "".join(element.text or "" for element in root.iter(*TEXT, f"{M}t") if not is_struck(element))


def _names_somebody(element: etree._Element) -> bool:
    name = etree.QName(element).localname
    return bool((element.text or "").strip()) and name in {
        "creator", "lastModifiedBy", "Company", "Manager", "title", "subject", "keywords", "description", "category",
    }  # fmt: skip
