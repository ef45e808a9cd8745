"""What reading a draft gives: frozen values, nothing of Django."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as read. `label` is its automatic number, which no one typed.

    `level` is the outline level from 1 (0: none); `pictures` are numbers of pictures that stand in it;
    `added` are characters that reading put in (brackets around a footnote, marks of pictures).
    """

    text: str
    label: str = ""
    level: int = 0
    is_title: bool = False
    bold: bool = False
    centred: bool = False
    pictures: tuple[int, ...] = ()
    added: int = 0

    @property
    def written(self) -> str:
        return f"{self.label}{self.text}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells, each with its paragraphs. `first` begins a table."""

    cells: tuple[tuple[Line, ...], ...]
    first: bool = False


Entry = Line | Row


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the draft: the block it becomes, its heading as written, its text.

    An empty `block` means that nobody can tell yet where it belongs: the editor places it or drops it.
    """

    block: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without its hidden data. `part` counts parts from 0; `fault` says why there are no bytes."""

    number: int
    name: str
    data: bytes = b""
    suffix: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    part: int = -1
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something of the file that is no text of the case: where and how much, never whose and what."""

    kind: str
    count: int
    message: str
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Where the visible characters went (blanks do not count). `added` were put in by reading."""

    visible: int = 0
    title: int = 0
    headings: int = 0
    placed: int = 0
    unplaced: int = 0
    captions: int = 0
    added: int = 0

    @property
    def accounted(self) -> int:
        return self.title + self.headings + self.placed + self.unplaced + self.captions - self.added

    @property
    def complete(self) -> bool:
        """Every visible character of the file is somewhere in the draft."""
        return self.visible == self.accounted


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as read, before anybody confirmed anything."""

    title: str
    parts: tuple[Part, ...] = ()
    pictures: tuple[Picture, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    account: Account = Account()
    log: tuple[str, ...] = ()
    title_from: str = ""

    @property
    def unplaced(self) -> list[Part]:
        return [part for part in self.parts if not part.block]


@dataclass(frozen=True, slots=True)
class Content:
    """A file's content before it is sorted into parts."""

    entries: tuple[Entry, ...]
    pictures: tuple[Picture, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    visible: int = 0
    unreadable: tuple[str, ...] = ()
    log: tuple[str, ...] = ()


def characters(text: str) -> int:
    """How many characters a reader sees: all but blanks."""
    return len("".join(text.split()))
