"""What stands instead of a name: the same for the same person or firm, different for different ones. Pure."""

from collections.abc import Iterable, Iterator

from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import bare
from casebook.anonymise.names import surname_of
from casebook.anonymise.organisations import described
from casebook.anonymise.words import OFFICERS, WITNESSES

STEMS = "甲乙丙丁戊己庚辛壬癸"
FIXED = {
    Kind.IDENTITY: "（略）",
    Kind.PHONE: "（略）",
    Kind.PLATE: "某号牌",
    Kind.ACCOUNT: "（略）",
    Kind.CREDIT_CODE: "（略）",
    Kind.CONTACT: "（略）",
    Kind.OTHER: "（略）",
}
BY_CUE = {"坐标": "（略）", "独有": "", "签名": "（略）"}


class Aliases:
    """Gives out aliases in the order in which originals appear; `taken` are masked names already in the text."""

    def __init__(self, originals: Iterable[tuple[str, Hit]], whole_text: str) -> None:
        self._text = whole_text
        self._given: dict[str, str] = {}
        first: dict[str, Hit] = {}
        for original, hit in originals:
            known = first.setdefault(bare(original), hit)
            if not known.cue and hit.cue:
                first[bare(original)] = hit
        self._name_people({name: hit for name, hit in first.items() if hit.kind == Kind.PERSON})
        self._name_firms([name for name, hit in first.items() if hit.kind == Kind.ORGANISATION])

    def of(self, original: str, hit: Hit) -> str:
        """The replacement that is proposed for an original."""
        known = self._given.get(bare(original))
        if known is not None:
            return known
        return hit.proposal or BY_CUE.get(hit.cue, FIXED.get(hit.kind, "某处"))

    def _name_people(self, people: dict[str, Hit]) -> None:
        groups: dict[str, list[str]] = {}
        for name, hit in people.items():
            groups.setdefault(_family(name, hit), []).append(name)
        for family, names in groups.items():
            for name, alias in zip(names, self._free(family, len(names)), strict=False):
                self._given[name] = alias

    def _free(self, family: str, needed: int) -> Iterator[str]:
        """张某 for one, 张某甲 and 张某乙 for two; never what the text already calls somebody else."""
        alone = family not in self._text or family in WITNESSES
        if needed == 1 and alone and family not in OFFICERS and family != "执法人员":
            yield family
            return
        yield from (alias for alias in _numbered(family) if alias not in self._text)

    def _name_firms(self, firms: list[str]) -> None:
        """某烧烤店: firms of one trade read the same."""
        groups: dict[str, list[str]] = {}
        for name in firms:
            groups.setdefault(described(name), []).append(name)
        for shown, names in groups.items():
            self._given.update(dict.fromkeys(names, shown))


def _family(name: str, hit: Hit) -> str:
    """What the people of one series have in common: the surname, or the part they play."""
    if hit.cue in OFFICERS:
        return "执法人员"
    if hit.cue in WITNESSES:
        return hit.cue
    surname = surname_of(name)
    return f"{surname}某" if surname else "某某"


def _numbered(family: str) -> Iterator[str]:
    yield from (f"{family}{stem}" for stem in STEMS)
    yield from (f"{family}{n}" for n in range(11, 200))
