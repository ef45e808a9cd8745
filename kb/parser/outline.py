"""The tree under construction: drafts that text can still be added to, and keys that are never given twice."""

from dataclasses import dataclass, field

from kb.parser.nodes import STRUCTURE, Kind, Node, Note

LONGEST_KEY = 60
STRUCTURE_LETTER = {Kind.BOOK: "b", Kind.SUBBOOK: "sb", Kind.CHAPTER: "c", Kind.SECTION: "s"}


@dataclass(slots=True)
class Draft:
    """A node whose text may still grow."""

    kind: Kind
    key: str
    parent: "Draft | None"
    label: str = ""
    heading: str = ""
    text: str = ""
    line: int = 0
    paragraphs: int = 0

    @property
    def depth(self) -> int:
        return self.parent.depth + 1 if self.parent else 0

    def append(self, text: str, *, joint: str = "\n") -> None:
        self.text = f"{self.text}{joint}{text}" if self.text else text

    def freeze(self) -> Node:
        parent = self.parent.key if self.parent else ""
        return Node(self.kind, self.key, self.label, self.heading, self.text, parent, self.depth, self.line)


@dataclass(slots=True)
class Outline:
    """Collects drafts in reading order and hands out keys. `scope` is the attachment being read, if any."""

    drafts: list[Draft] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    scope: Draft | None = None
    structure: list[Draft] = field(default_factory=list)
    counters: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        kind: Kind,
        key: str,
        *,
        parent: Draft | None,
        line: int,
        label: str = "",
        heading: str = "",
        text: str = "",
    ) -> Draft:
        """Appends a node under a key that is made unique."""
        draft = Draft(kind, self._unique(key, line), parent, label, heading, text, line)
        self.keys.add(draft.key)
        self.drafts.append(draft)
        return draft

    def add_paragraph(self, parent: Draft | None, text: str, line: int) -> Draft:
        """The next unnumbered paragraph below `parent`; below nothing it belongs to the preamble."""
        parent = parent or self.preamble(line)
        parent.paragraphs += 1
        return self.add(Kind.PARAGRAPH, f"{parent.key}.p{parent.paragraphs}", parent=parent, line=line, text=text)

    def add_counted(self, kind: Kind, prefix: str, *, line: int, **wording: str) -> Draft:
        """Tables, attachments, stray headings and colophons are counted through: tab1, att2, t1, col."""
        count = self.counters[prefix] = self.counters.get(prefix, 0) + 1
        key = prefix if prefix == "col" and count == 1 else f"{prefix}{count}"
        nested = self.scope if kind in (Kind.TABLE, Kind.TITLE_LINE) else None
        parent = (self.scope if nested else None) or (self.place if kind is Kind.TABLE else None)
        return self.add(
            kind, f"{self.scope.key}/{key}" if nested and self.scope else key, parent=parent, line=line, **wording
        )

    def add_structure(self, kind: Kind, number: int, *, line: int, label: str, heading: str) -> Draft:
        rank = STRUCTURE.index(kind)
        while self.structure and STRUCTURE.index(self.structure[-1].kind) >= rank:
            self.structure.pop()
        above = self.structure[-1] if self.structure else None
        own = f"{STRUCTURE_LETTER[kind]}{number}"
        key = f"{above.key}.{own}" if above else self.scoped(own)
        draft = self.add(kind, key, parent=above or self.scope, line=line, label=label, heading=heading)
        self.structure.append(draft)
        return draft

    def preamble(self, line: int) -> Draft:
        """The opening words before the first article or level; made when first needed."""
        existing = next((d for d in self.drafts if d.kind is Kind.PREAMBLE and d.parent is self.scope), None)
        return existing or self.add(Kind.PREAMBLE, self.scoped("pre"), parent=self.scope, line=line)

    def scoped(self, key: str) -> str:
        return f"{self.scope.key}/{key}" if self.scope else key

    @property
    def place(self) -> Draft | None:
        """The innermost chapter or section, else the attachment."""
        return self.structure[-1] if self.structure else self.scope

    def _unique(self, key: str, line: int) -> str:
        """A number used twice keeps its first owner; the second is told apart by its chapter, else by ~2."""
        key = key[: LONGEST_KEY - 4]
        if key not in self.keys:
            return key
        count = 2
        while f"{key}~{count}" in self.keys:
            count += 1
        self.notes.append(Note("number_repeated", f"编号“{key}”重复出现，第 {count} 处记作 {key}~{count}", line))
        return f"{key}~{count}"
