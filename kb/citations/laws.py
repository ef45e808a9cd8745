"""Which law a citation names: by title, bare name, number, 本法, 该法, or by what came before."""

import re
from dataclasses import dataclass, replace

from kb.citations.grammar import HAN, LAW_ENDING, SENTENCE_END
from kb.citations.names import LawName, LawNames, plain_name, without_lead
from kb.citations.values import Context, Hint

_RUN = re.compile(rf"{HAN}{{2,40}}$")
_FILLER = re.compile(r"(?:\s|的|之|规定的)*$")
_ENDED_BY_ASIDE = re.compile(r"》\s?\([^()\n]*\)的?\s?$")
_OWN = re.compile(r"(?<![基原资样文版])本(?:法典|法|条例|办法|规定|细则|决定|规则)$")
# 殡葬管理条例（2012修订）第十八条
_VERSION_END = re.compile(r"\s?\(\s?(?P<year>(?:19|20)\d\d)\s?年?[^()]{0,12}\)$")
_TAIL_OF_TITLE = re.compile(r"^(?:实施条例|实施细则|实施办法|实施规定)")


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one citation, as far as it can be told."""

    name: str = ""
    written: str = ""
    known: bool = False
    own: bool = False
    given: bool = True
    version: str = ""
    candidates: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class LawFinder:
    """Finds laws in one folded text, remembering which was named last."""

    def __init__(self, text: str, context: Context, names: LawNames):
        self.text, self.context, self.names = text, context, names
        self.own_name = plain_name(context.law) if context.law else ""
        self.last: Law | None = None
        self.last_end = 0

    def remember(self, law: Law, end: int) -> Law:
        """Keeps a named law (no form, no plan) for 该法 and for what follows without a name."""
        if law.given and (law.known or LAW_ENDING.search(law.name)):
            self.last, self.last_end = law, end
        return law

    @property
    def own(self) -> Law:
        if not self.own_name:
            return Law(given=False, hints=(Hint.NO_LAW,))
        return Law(self.own_name, self.own_name, known=True, own=True, given=False)

    def titled(self, name: str) -> Law:
        """The law that 《name》 stands for in this text."""
        plain = plain_name(name)
        if plain and (plain == self.own_name or self._is_own_short(plain)):
            return replace(self.own, given=True)
        if alias := self.context.aliases.find(plain):
            return self._from(self.names.find(alias.title) if not alias.ambiguous else alias, plain)
        return self._from(self.names.find(plain), plain)

    def numbered(self, number: str, attachment: str = "") -> Law:
        """The law of a document or decree number; that of its attachment where it has a name."""
        found = self.names.document(number + attachment) if attachment else self.names.document(number)
        return self._from(found or self.names.find(number), number)

    def bare_before(self, pos: int) -> tuple[int, Law] | None:
        """The bare name that ends right before `pos`: (where it begins, law)."""
        end = pos - len(_FILLER.search(self.text[:pos][-6:])[0])  # type: ignore[index]
        if year := _VERSION_END.search(self.text[max(0, end - 30) : end]):
            found = self.bare_before(end - len(year[0]))
            return (found[0], replace(found[1], version=year["year"])) if found else None
        if found := self._alias_ending(end):
            return found
        if known := self.names.ending_at(self.text, end):
            start, name = known
            return start, self._from(name, self.text[start:end])
        return self._unknown_before(end)

    def unnamed(self, pos: int) -> Law:
        """The law of a 第X条 that no name precedes."""
        if _ENDED_BY_ASIDE.search(self.text[max(0, pos - 60) : pos]) and self.last:
            return replace(self.last, given=False)
        near = self.last if self.last and self._same_sentence(pos) else None
        if not self.own_name:
            return replace(near, given=False, hints=(*near.hints, Hint.INHERITED_FAR)) if near else self.own
        if near and not near.own:
            both = (self.own_name, near.name)
            return Law(given=False, candidates=both, hints=(Hint.OTHER_LAW_NEAR,))
        return self.own

    def _same_sentence(self, pos: int) -> bool:
        return not SENTENCE_END.search(self.text, self.last_end, pos)

    def _is_own_short(self, plain: str) -> bool:
        """《实施意见》 inside 武昌区……实施意见 is that document, unless the name is a law's of its own."""
        return (
            len(plain) > 2
            and self.own_name.endswith(plain)
            and not self.context.aliases.find(plain)
            and not self.names.find(plain)
        )

    def _alias_ending(self, end: int) -> tuple[int, Law] | None:
        """A name that this document defined for itself: （以下简称商标法）."""
        found = self.context.aliases.ending_at(self.text, end)
        return (found[0], self.titled(self.text[found[0] : end])) if found else None

    def _unknown_before(self, end: int) -> tuple[int, Law] | None:
        run = _RUN.search(self.text[max(0, end - 40) : end])
        if not run or not LAW_ENDING.search(run[0]) or _OWN.search(run[0]):
            return None
        start = end - len(run[0])
        if self.last and start == self.last_end and _TAIL_OF_TITLE.match(run[0]):
            whole = self.last.name + run[0]
            return start, self._from(self.names.find(whole), whole)
        name = without_lead(run[0])
        return end - len(name), Law(name, name, hints=(Hint.UNKNOWN_NAME,))

    def _from(self, found: LawName | None, written: str) -> Law:
        if not found:
            return Law(written, written, hints=(Hint.UNKNOWN_NAME,))
        if found.ambiguous:
            return Law(found.title, written, known=True, candidates=found.titles, hints=(Hint.AMBIGUOUS_NAME,))
        return Law(found.title, written, known=True, own=found.title == self.own_name)


_DEFINITION = re.compile(
    r"《(?P<title>[^《》\n]{2,80})》\s?[(（]\s?以下[简统]称[:：]?\s?(?P<short>[^()（）、，；。\n]{1,30})[)）]"
)


def defined_names(text: str) -> LawNames:
    """Every （以下简称《条例》） after a title in a whole document, for `Context.aliases`."""
    names = LawNames()
    for found in _DEFINITION.finditer(text):
        names.add_alias(found["short"].strip("《》“”\"' "), found["title"])
    return names
