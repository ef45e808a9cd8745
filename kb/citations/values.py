"""What the parser takes and gives: frozen values without behaviour of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.citations.names import NO_NAMES, LawNames


class Role:
    """What a citation is used for; the codes are those of the Citation model."""

    POWER = "power"
    DUTY = "duty"
    PENALTY = "penalty"
    DISCRETION = "discretion"
    PROCEDURE = "procedure"
    REFERENCE = "reference"


class Hint:
    """What a reader should be told about the way a citation is written."""

    SUBITEM_WITHOUT_ITEM = "“目”前没有“项”，疑为“项”之误"
    ITEM_WITHOUT_PARAGRAPH = "写到项而没有写款：所在条有多款时应写明第几款"
    FIRST_PARAGRAPH = "写有“第一款”：所在条只有一款时不写“第一款”"
    AMBIGUOUS_NAME = "名称可指多部法规"
    UNKNOWN_NAME = "名称不在名录中"
    INHERITED_FAR = "没有写法名，按本句前面的法名理解"
    OTHER_LAW_NEAR = "没有写法名，而本句前面另有法名，不能判定指哪一部"
    PART_OF_WHICH = "只写了款或项，按前面刚引用的条理解"
    NO_LAW = "没有写法名"
    NOTHING_BEFORE = "前面没有可指的条款"
    LONG_RANGE = "起止不能逐一展开，只取两端"


@dataclass(frozen=True, slots=True)
class Context:
    """Where the text stands. Everything may be empty.

    `law` the law's name, `key` the provision (`33.p3`), `chapter` the chapter's key (`c3`),
    `articles` the law's article keys in order (for 前条 around 第X条之一),
    `aliases` the names which the document defined for itself（以下简称《条例》）.
    """

    law: str = ""
    key: str = ""
    chapter: str = ""
    articles: Sequence[str] = ()
    aliases: LawNames = NO_NAMES

    @classmethod
    def parse(cls, text: str) -> "Context":
        """`行政处罚法#33.p3` -> law and key; a name alone gives the law alone."""
        law, _, key = text.strip().partition("#")
        return cls(law=law.strip(), key=key.strip())

    @property
    def article(self) -> str:
        return self.key.split(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference to one provision; a list or a range gives several, a range with one span.

    `start`, `end` count characters of the text as given, and `raw` is exactly that piece.
    `law` is the known title without 中华人民共和国, or the name as `written` when `known` is False;
    empty when no law can be told. `key` is empty for a law as a whole. `law_given` is True when
    the citation itself names the law (本法 counts). `candidates` holds every law an ambiguous name may mean.
    """

    raw: str
    start: int
    end: int
    law: str
    key: str
    written: str = ""
    law_given: bool = True
    known: bool = False
    own: bool = False
    version: str = ""
    part: str = ""
    role: str = Role.REFERENCE
    candidates: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
