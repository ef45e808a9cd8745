"""The whole reading of one document: lines, junk, front, body, dates, and the check that nothing was lost."""

import hashlib
import re
from pathlib import PurePath

from kb.parser import dates, fidelity, identity, numbering
from kb.parser.body import read_body
from kb.parser.front import Front, split_front
from kb.parser.history import read_dates, read_events
from kb.parser.junk import clean
from kb.parser.levels import looks_like_standard
from kb.parser.lines import read_lines
from kb.parser.nodes import Kind, Line, Node, Note, ParsedRegulation, Severity, SourceDocument
from kb.parser.openings import Style, article, numbered

_AMENDING = re.compile(r"关于修改|关于修正|修正案|关于废止|的修订$")


def parse_text(text: str, filename: str = "", folders: tuple[str, ...] = ()) -> ParsedRegulation:
    """A text at hand, read as if it had come from a file of that name."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return parse_regulation(SourceDocument(filename, text, text, digest, folders))


def parse_regulation(source: SourceDocument) -> ParsedRegulation:
    """Never raises; what is doubtful is in `notes`, and a note of severity `error` means: do not import."""
    read = read_lines(source.text, part_starts=frozenset({1, *(part.first_line for part in source.parts)}))
    cleaned = clean(read.lines)
    stem = PurePath(source.filename.replace("\\", "/")).stem if source.filename else ""
    front = split_front(cleaned.lines, read.info_end, cleaned.title_line, stem)
    amending = bool(_AMENDING.search(front.title))
    titles = (front.inner_title, front.title) if front.in_body else (front.inner_title,)
    body = read_body(front.body, titles=titles, amending=amending, standard=_is_standard(front.body))
    events = read_events(front.history)
    when, date_notes = read_dates(events, front.history, body.nodes, dates.iso_date(stem))
    notes = [*source.notes, *read.notes, *cleaned.notes, *front.notes, *body.notes, *date_notes]
    notes += numbering.check(body.nodes, amending=amending)
    notes += _nothing_lost(front, cleaned.lines, body.nodes)
    notes += _is_empty(body.nodes)
    return ParsedRegulation(
        title=front.title,
        source=source,
        nodes=body.nodes,
        history=front.history,
        events=events,
        dates=when,
        level=identity.guess_level(source, front.title, front.title + "\n".join(front.history), amending=amending),
        issuers=identity.guess_issuers(front.history, [n.text for n in body.nodes if n.kind is Kind.COLOPHON]),
        doc_number=front.doc_number,
        inner_title=front.inner_title,
        is_amending=amending,
        title_in_body=front.in_body,
        notes=tuple(notes),
    )


def _is_standard(lines: tuple[Line, ...]) -> bool:
    """Decimal clauses, and neither 条 nor 一、 anywhere."""
    texts = [line.stripped for line in lines]
    if any(article(t) or ((step := numbered(t)) and step.style is Style.CHINESE) for t in texts):
        return False
    return looks_like_standard(texts)


def _nothing_lost(front: Front, lines: tuple[Line, ...], nodes: tuple[Node, ...]) -> list[Note]:
    """The parser's own proof, on every file: what went in must come out."""
    title = "" if front.in_body else front.title
    rebuilt = fidelity.squeeze(title + "".join(front.history)) + fidelity.of_nodes(nodes)
    difference = fidelity.first_difference(fidelity.of_lines(lines), rebuilt)
    if not difference:
        return []
    return [Note("text_lost", f"条文拼合后与原文不一致，{difference}", severity=Severity.ERROR)]


def _is_empty(nodes: tuple[Node, ...]) -> list[Note]:
    if nodes:
        return []
    return [Note("no_text", "文件里没有正文（只有网页设置或标题），没有可以导入的条文", severity=Severity.ERROR)]
