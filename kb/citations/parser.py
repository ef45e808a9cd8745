"""Finds every citation of a text. Never raises on any text, never guesses a law."""

import re
from collections.abc import Callable
from dataclasses import replace

from kb.citations import grammar
from kb.citations.documents import issuer_before, normalise_document_number
from kb.citations.laws import Law, LawFinder
from kb.citations.names import NO_NAMES, LawNames
from kb.citations.path import Element, Place, read_elements, read_unit
from kb.citations.relative import places_meant
from kb.citations.roles import role_of
from kb.citations.values import Citation, Context, Hint
from kb.numerals import to_number

# 第（三）项 after these belongs to a list or an annex, not to the article at hand.
_ELSEWHERE = re.compile(
    r"(?:部分|上述|附件\w{0,2}|附录\w{0,2}|附表\w{0,2}|清单|目录|作为|增加|该|下列[^，。]{0,4})\s?$"
)
_AFTER_ITEM = re.compile(
    r"\s?(?:至|到|、|，|。|；|：|,|\)|”|和|或|及|与|以|的|规|所|情|行|中|之|外|条|标|要|措|除|时|$)"
)
_NO_LAW_NUMBER = re.compile(r"\s?[年月日号%％元个人次件万亿米吨款项.．:：\-/]|\d|[a-zA-Z]")
_TITLE_TAIL = re.compile(r"(?:实施条例|实施细则|实施办法)(?=的?\s?(?:第|\())")


def parse(text: str, context: Context | None = None, names: LawNames | None = None) -> list[Citation]:
    """Every citation of the text in order; a list or a range gives one per target.

    `context` says where the text stands (for 本法, 前款, 第八条 without a name), `names` which
    names are known. A name that is not known is given as written, with `known` False.
    """
    if not grammar.WORTH_READING.search(grammar.fold(text)):
        return []
    return _Reading(text, context or Context(), names or NO_NAMES).citations()


class _Reading:
    """One pass over one text. Each `_read_…` takes a match and returns where to go on, or None."""

    def __init__(self, text: str, context: Context, names: LawNames):
        self.written, self.text, self.context = text, grammar.fold(text), context
        self.laws = LawFinder(self.text, context, names)
        self.found: list[Citation] = []
        self.cursor = 0
        self.readers: dict[str, Callable[[re.Match[str]], int | None]] = {
            "book": self._read_book,
            "own": self._read_own,
            "that": self._read_that,
            "relative": self._read_relative,
            "section": self._read_section,
            "decree": self._read_decree,
            "document": self._read_document,
            "bare": self._read_bare,
            "loose": self._read_loose,
        }

    def citations(self) -> list[Citation]:
        pos = 0
        while head := grammar.HEAD.search(self.text, pos):
            after = self._opening_end(head) or self.readers[head.lastgroup or ""](head)
            pos = max(after or 0, head.end())
            self.cursor = max(self.cursor, after or 0)
        return self.found

    def _opening_end(self, head: re.Match[str]) -> int | None:
        """Past `第三十三条　` when the head opens an article at the beginning of a line."""
        opening = grammar.OPENING.match(self.text, head.start()) if head["bare"] else None
        line = self.text.rfind("\n", 0, head.start()) + 1
        return opening.end() if opening and not self.text[line : head.start()].strip() else None

    # --- heads that name the law ------------------------------------------------

    def _read_book(self, head: re.Match[str]) -> int | None:
        title, end = head[0][1:-1], head.end()
        if tail := _TITLE_TAIL.match(self.text, end):
            title, end = title + tail[0], tail.end()
        law, after = self._with_version(self.laws.titled(title), end)
        self.laws.remember(law, after)
        found = self._targets(law, head.start(), after) or self._levels(law, head.start(), after)
        if not found and law.known:
            self._emit_key(law, "", head.start(), end)
        return found or after

    def _read_own(self, head: re.Match[str]) -> int | None:
        return self._path(replace(self.laws.own, given=True), head.start(), head.end())

    def _read_that(self, head: re.Match[str]) -> int | None:
        last = self.laws.last or Law(given=False, hints=(Hint.NO_LAW,))
        return self._path(last, head.start(), head.end())

    def _read_decree(self, head: re.Match[str]) -> int | None:
        start = issuer_before(self.text, head.start(), bracketed=True, decree=True)
        return self._numbered(head.start() if start is None else start, head)

    def _read_document(self, head: re.Match[str]) -> int | None:
        bracketed = not head[0][0].isdigit()
        start = issuer_before(self.text, head.start(), bracketed=bracketed, decree=False)
        return None if start is None else self._numbered(start, head)

    def _numbered(self, start: int, head: re.Match[str]) -> int | None:
        """A law named by its number; a decree without issuer counts only when it is known."""
        start = max(start, self.cursor)
        number = normalise_document_number(self.text[start : head.end()])
        end, attachment = head.end(), grammar.ATTACHMENT.match(self.text, head.end())
        law = self.laws.numbered(number)
        if attachment:
            end = attachment.end()
            named = self.laws.numbered(number, f"附件{to_number(attachment['number'])}")
            law = named if named.known else law
        if start == head.start() and not law.known:
            return None
        self.laws.remember(law, end)
        return self._targets(law, start, end) or self._emit(law, [Element((Place(),), start, end, "")])

    # --- heads that name no law --------------------------------------------------

    def _read_relative(self, head: re.Match[str]) -> int | None:
        places = places_meant(head, self.context)
        if places is None:
            nowhere = Element((Place(),), head.start(), head.end(), "", hints=(Hint.NOTHING_BEFORE,))
            return self._emit(self.laws.own, [nowhere])
        if not places[0].article:
            return self._emit(self.laws.own, [Element(places, head.start(), head.end(), "chapter")])
        elements = read_elements(self.text, head.end(), places, head.start())
        return self._emit(self.laws.own, elements)

    def _read_bare(self, head: re.Match[str]) -> int | None:
        unit = read_unit(self.text, head.start())
        if not unit:
            return None
        named = self.laws.bare_before(head.start())
        if named and named[0] >= self.cursor:
            start, law = named
            return self._path(self.laws.remember(law, head.start()), start, head.start())
        if unit.unit == "条":
            return self._path(self.laws.unnamed(head.start()), head.start(), head.start())
        if unit.unit in "款项" and self._belongs_here(head.start(), unit.unit, unit.end):
            return self._read_part(head.start(), unit.unit)
        return None

    def _read_part(self, pos: int, unit: str) -> int | None:
        """第二款 or 第（二）项 on its own: of the article at hand, or of the one just cited."""
        other = next((c for c in reversed(self.found) if c.key and self._other_article(c)), None)
        if not other:
            return self._path(self.laws.own, pos, pos, self._base(unit))
        law = Law(other.law, other.written, other.known, other.own, False, hints=(Hint.PART_OF_WHICH,))
        place = Place.from_key(other.key)
        base = Place(article=place.article, paragraph=place.paragraph if unit == "项" else None)
        return self._path(law, pos, pos, (base,))

    def _read_section(self, head: re.Match[str]) -> int | None:
        number, _, sub = head[0].lstrip("§ ").partition("-")
        named = self.laws.bare_before(head.start())
        start, law = named if named and named[1].known else (head.start(), self.laws.unnamed(head.start()))
        place = Place(article=f"{int(number)}-{int(sub)}" if sub else str(int(number)))
        elements = read_elements(self.text, head.end(), (place,), start, loose=True)
        return self._emit(law, elements) if int(number) else None

    def _read_loose(self, head: re.Match[str]) -> int | None:
        """`处罚法33`, `行政处罚法33条1款`: a number without 第 right after a known name."""
        named = self.laws.bare_before(head.start())
        if not named or not named[1].known or named[0] < self.cursor:
            return None
        start, law = named
        first = head.start() + len(head[0]) - len(head[0].lstrip())
        self.laws.remember(law, first)
        if read_unit(self.text, first):
            return self._path(law, start, first, loose=True)
        number = to_number(head[0].strip())
        if number > 1_900 or not number or _NO_LAW_NUMBER.match(self.text, head.end()):
            return None
        return self._emit(law, [Element((Place(article=str(number)),), start, head.end(), "条")])

    def _other_article(self, cited: Citation) -> bool:
        return not cited.own or Place.from_key(cited.key).article != self.context.article

    def _belongs_here(self, pos: int, unit: str, end: int) -> bool:
        """A 第二款 or 第（二）项 on its own is one of the article at hand."""
        if not self.context.article or _ELSEWHERE.search(self.text[max(0, pos - 10) : pos]):
            return False
        return unit == "款" or bool(_AFTER_ITEM.match(self.text, end))

    def _base(self, unit: str) -> tuple[Place, ...]:
        """An item named inside an item is its sibling; otherwise only the article is certain."""
        place = Place.from_key(self.context.key)
        inside = unit == "项" and place.item is not None
        return (Place(article=place.article, paragraph=place.paragraph if inside else None),)

    # --- what follows a head -----------------------------------------------------

    def _with_version(self, law: Law, end: int) -> tuple[Law, int]:
        """（2021年修订） and （国发〔2020〕3号） after a title, in any order."""
        while True:
            if version := grammar.VERSION.match(self.text, end):
                law, end = replace(law, version=version["year"]), version.end()
            elif aside := grammar.ASIDE.match(self.text, end):
                end = aside.end()
            else:
                return law, end

    def _targets(self, law: Law, start: int, end: int) -> int | None:
        """Articles after the head, or 第N项 of a list, or an attachment."""
        gap = grammar.LEADING_LAW.match(self.text, end)
        listed = grammar.LIST_NUMBER.match(self.text, end)
        if listed and 1 <= (number := to_number(listed["number"])) <= 9_999:
            return self._emit_key(law, f"项{number}", start, listed.end())
        return self._path(law, start, gap.end() if gap else end, loose=True)

    def _levels(self, law: Law, start: int, end: int) -> int | None:
        """三（二）5 of an official document."""
        levels = grammar.LEVELS.match(self.text, end)
        if not levels:
            return None
        key = "/".join(part for part in levels.group("a", "b", "c", "d") if part)
        return self._emit_key(law, key, start, levels.end())

    def _path(self, law: Law, start: int, pos: int, base: tuple[Place, ...] = (), *, loose: bool = False) -> int | None:
        elements = read_elements(self.text, pos, base, start, loose=loose)
        meant = [e for e in elements if e.places[-1].key]
        return self._emit(law, meant) if meant else None

    def _emit(self, law: Law, elements: list[Element]) -> int:
        for index, element in enumerate(elements):
            for place in element.places:
                key = self.context.chapter or "chapter" if element.unit == "chapter" else place.key
                self._add(law, key, element, given=law.given and index == 0)
        return elements[-1].end

    def _emit_key(self, law: Law, key: str, start: int, end: int) -> int:
        self._add(law, key, Element((), start, end, ""), given=law.given)
        return end

    def _add(self, law: Law, key: str, element: Element, *, given: bool) -> None:
        self.found.append(
            Citation(
                raw=self.written[element.start : element.end],
                start=element.start,
                end=element.end,
                law=law.name,
                key=key,
                written=law.written,
                law_given=given,
                known=law.known,
                own=law.own,
                version=law.version,
                part=element.part,
                role=role_of(self.text, element.start, element.end),
                candidates=law.candidates,
                hints=(*law.hints, *element.hints),
            )
        )
