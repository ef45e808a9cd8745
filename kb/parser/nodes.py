"""The values the parser passes on: what came in, what it read, what it is unsure about.

Everything here is frozen and knows nothing of Django; the importer turns nodes into rows.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a node is. The values are those of kb.models.Provision.Kind."""

    BOOK = "book"
    SUBBOOK = "subbook"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    SUBITEM = "subitem"
    PREAMBLE = "preamble"
    TITLE_LINE = "title_line"
    ATTACHMENT = "attachment"
    COLOPHON = "colophon"
    TABLE = "table"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    LEVEL3 = "level3"
    LEVEL4 = "level4"


STRUCTURE = (Kind.BOOK, Kind.SUBBOOK, Kind.CHAPTER, Kind.SECTION)
LEVELS = (Kind.LEVEL1, Kind.LEVEL2, Kind.LEVEL3, Kind.LEVEL4)


class VersionKind(StrEnum):
    """How a version came about; the values of kb.models.RegulationVersion.Kind."""

    ENACTED = "enacted"
    AMENDED = "amended"
    REVISED = "revised"
    REPEAL = "repeal"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a document that comes in several: its name and its first line in the joined text."""

    filename: str
    first_line: int


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as read: `text` line by line, tables as tab-separated lines, nothing interpreted yet.

    `folders` are the names of the folders above the file, nearest last; `original` is what a reader of the
    source must be able to see again (the decoded file; for a .docx its extracted text).
    """

    filename: str
    text: str
    original: str
    sha256: str
    folders: tuple[str, ...] = ()
    encoding: str = "utf-8"
    parts: tuple[Part, ...] = ()
    notes: tuple["Note", ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its markup. `heading` is the depth of a Markdown or HTML heading, 0 for plain text;
    `lead` the zero-width characters on lines of their own before the first line of the body;
    `broken`: a page number has been cut off its end, so that its sentence goes on below."""

    number: int
    text: str
    heading: int = 0
    bold: bool = False
    lead: str = ""
    broken: bool = False

    @property
    def stripped(self) -> str:
        return self.text.strip(WHITE)

    @property
    def visible(self) -> str:
        """The line as a reader sees it, for tests of its shape."""
        return self.text.strip(BLANK)

    @property
    def is_table_row(self) -> bool:
        """Readers and the Markdown step write cells with tabs between them."""
        return "\t" in self.text.strip(" \u3000")


# Characters that carry no text: str.strip() alone does not know the zero-width ones.
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BLANK = " \t\r\n\u3000\u00a0\u2002\u2003\u2009\u2028\u2029\x0b\x0c\x85" + ZERO_WIDTH


WHITE = "".join(c for c in BLANK if c not in ZERO_WIDTH)


class Severity(StrEnum):
    """`info` explains, `warning` wants a look, `error` keeps the file out."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about the reading of a file, with its line (0: the whole file)."""

    code: str
    message: str
    line: int = 0
    text: str = ""
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Node:
    """One provision. Its full wording is label + heading + text; `parent` is the key of the node above."""

    kind: Kind
    key: str
    label: str = ""
    heading: str = ""
    text: str = ""
    parent: str = ""
    depth: int = 0
    line: int = 0


class Act(StrEnum):
    """What happened on a day that the history note names."""

    PASSED = "通过"
    APPROVED = "批准"
    PROMULGATED = "公布"
    AMENDED = "修正"
    REVISED = "修订"
    EFFECTIVE = "施行"
    REPEALED = "废止"


@dataclass(frozen=True, slots=True)
class Event:
    """One dated step in the life of a regulation, with the words that say so."""

    on: datetime.date
    acts: frozenset[Act]
    text: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of the version at hand. `verified` is False (待核) when `effective_from` was not read from the text."""

    kind: VersionKind = VersionKind.ENACTED
    passed_on: datetime.date | None = None
    promulgated_on: datetime.date | None = None
    effective_from: datetime.date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class ParsedRegulation:
    """A regulation or document in one version: everything that was in the file, placed."""

    title: str
    source: SourceDocument
    nodes: tuple[Node, ...]
    history: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    dates: Dates = field(default_factory=Dates)
    level: str = ""
    issuers: tuple[str, ...] = ()
    doc_number: str = ""
    inner_title: str = ""
    is_amending: bool = False
    title_in_body: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def articles(self) -> tuple[Node, ...]:
        """The articles of the regulation itself, not those of its attachments."""
        return tuple(n for n in self.nodes if n.kind == Kind.ARTICLE and "/" not in n.key)

    @property
    def history_note(self) -> str:
        return "\n".join(self.history)

    def warnings(self) -> tuple[Note, ...]:
        return tuple(n for n in self.notes if n.severity == Severity.WARNING)
