"""The names by which laws are known, and the bare name that ends right before 第X条."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.citations.grammar import fold

COUNTRY = "中华人民共和国"
_YEAR = re.compile(r"\(\s?(?:19|20)\d\d\s?年?[^()]{0,12}\)")
_TRAILING_ASIDE = re.compile(r"（[^（）]{1,12}）$")
_BLANK = re.compile(r"\s+")

# Words after which a bare name begins. Where anything else precedes a known name, the name is
# part of a longer one (北京市|绿化条例, 商标法|实施细则) and must not be taken for it.
LEAD_WORDS = (
    "依照|依据|根据|按照|遵照|参照|比照|对照|违反|违背|触犯|适用|符合|不符合|执行|遵守|援引|引用|属于|视为|视同|是指|"
    "具备|具有|规定|行使|提交|采取|证明|遇有|致使|出现|履行|取得|所称|不在|办理|引进|邮寄|计算|超出|收到|构成|所列|我国|国家|现行|修改后的|修订后的|修正后的|"
    "以及|或者|或|及|和|与|并|而|有|按|依|据|以|由|因|除|将|把|对|在|于|从|自|经|为|是|的|了|原|旧|新|即|如|见|查|看|问|用|其|该"
)
_BEFORE_NAME = re.compile(rf"(?:^|[^一-鿿〇]|{LEAD_WORDS})$")
_LEAD = re.compile(rf"^.*(?:{LEAD_WORDS})(?=[一-鿿]{{2,}}$)")
# Inside an unknown name only verbs cut, for a name may well hold 和, 与, 对, 以.
_VERB = re.compile(
    r"^.*(?:依照|依据|根据|按照|遵照|参照|比照|违反|违背|触犯|适用|符合|执行|遵守|属于|视为|是指|以及|或者|出现|取得|(?<=[一-鿿])和|或有|具有|并按|(?:^|的)有|^按|^依)"
    r"(?=[一-鿿]{2,}$)"
)


def plain_name(name: str) -> str:
    """The name for comparing: no 《》, no 中华人民共和国, no （2021年修订）, no blanks, one kind of bracket."""
    folded = _YEAR.sub("", _BLANK.sub("", fold(name)))
    if folded.startswith("《") and folded.endswith("》"):
        folded = folded[1:-1]
    folded = folded.replace("<", "〈").replace(">", "〉").replace("《", "〈").replace("》", "〉")
    return folded.removeprefix(COUNTRY).replace("(", "（").replace(")", "）")


def without_lead(run: str) -> str:
    """An unknown name without the words before it: `应当依照公证法` -> `公证法`."""
    return _VERB.sub("", run).removeprefix(COUNTRY)


@dataclass(frozen=True, slots=True)
class LawName:
    """What a name stands for: one title, or several when it is ambiguous; the likeliest first."""

    titles: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.titles[0]

    @property
    def ambiguous(self) -> bool:
        return len(self.titles) > 1


class LawNames:
    """A registry of names. Titles and names are compared in their plain form (`plain_name`).

    A name that is itself a title means that title. A name given for several titles is ambiguous.
    """

    def __init__(self, titles: Iterable[str] = (), aliases: Iterable[tuple[str, str]] = ()):
        self._titles: dict[str, LawName] = {}
        self._aliases: dict[str, LawName] = {}
        self._documents: dict[str, LawName] = {}
        self._lengths: tuple[int, ...] = ()
        for title in titles:
            self.add_title(title)
        for name, title in aliases:
            self.add_alias(name, title)

    def add_title(self, title: str) -> None:
        plain = plain_name(title)
        self._titles[plain] = LawName((plain,))
        self._lengths = ()

    def add_alias(self, name: str, title: str) -> None:
        """Another name of a title; a second title for the same name makes it ambiguous."""
        plain, target = plain_name(name), plain_name(title)
        self._titles.setdefault(target, LawName((target,)))
        known = self._aliases.get(plain)
        titles = known.titles if known else ()
        if target not in titles:
            self._aliases[plain] = LawName((*titles, target))
        self._lengths = ()

    def set_ambiguous(self, name: str, titles: Iterable[str]) -> None:
        """Says outright what a name may mean; no title at all forbids the name."""
        plain = plain_name(name)
        self._aliases.pop(plain, None)
        candidates = tuple(plain_name(t) for t in titles)
        if candidates:
            self._aliases[plain] = LawName(candidates)
        self._lengths = ()

    def add_document(self, number: str, title: str) -> None:
        """A document or decree number in its normal form, as `normalise_document_number` gives it."""
        self._documents.setdefault(number, LawName((plain_name(title),)))

    def find(self, name: str) -> LawName | None:
        """The law of exactly this name, also when its （试行） is left out or added."""
        plain = plain_name(name)
        return self._get(plain) or self._get(_TRAILING_ASIDE.sub("", plain))

    def document(self, number: str) -> LawName | None:
        return self._documents.get(number)

    def ending_at(self, text: str, end: int) -> tuple[int, LawName] | None:
        """The longest known name that ends at `end` of folded text and begins at a word's border."""
        for start, name in self._endings(text, end):
            if text[max(0, start - len(COUNTRY)) : start] == COUNTRY:
                return start - len(COUNTRY), name
            if _BEFORE_NAME.search(text[max(0, start - 5) : start]):
                return start, name
            # the longest known name is the tail of a longer, unknown one
            return None
        return None

    def _endings(self, text: str, end: int) -> Iterator[tuple[int, LawName]]:
        """Known names that end there, the longest first."""
        if not self._lengths:
            names = {*self._titles, *self._aliases}
            self._lengths = tuple(sorted({len(n) for n in names if len(n) > 1}, reverse=True))
        for length in self._lengths:
            if length <= end and (name := self._get(text[end - length : end])):
                yield end - length, name

    def _get(self, plain: str) -> LawName | None:
        return self._titles.get(plain) or self._aliases.get(plain)


NO_NAMES = LawNames()
