"""What a sample of a draft is: the file, and what a reader of the printed page would say about it.

`docx_dialects` and `docx_contents` make them anew for every run; the cases are invented.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.casebook.docx_maker import archive, p

TITLE = "某烧烤店未清洗油烟管道案"
FACTS = "2025年10月13日，街道接到群众投诉，称楼下某烧烤店油烟扰民。执法人员到场检查，发现净化器停用。"
HANDLING = "2025年10月15日立案调查。经集体讨论，2025年11月18日作出行政处罚决定，罚款人民币8000元。"
LAW = "当事人违反了《江城区餐饮油烟管理办法》第八条，依据该办法第二十条处罚。"
VALUE = "本案提示执法人员，开机与达标应当分别取证。"
FOUR = ("facts", "handling", "law", "value")


@dataclass(frozen=True)
class Sample:
    """A file and what is to be found in it. `unplaced`: number of parts nobody can place."""

    raw: bytes
    blocks: tuple[str, ...] = FOUR
    title: str = TITLE
    leftovers: frozenset[str] = frozenset()
    unplaced: int = 0
    pictures: int = 0
    absent: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    suffix: str = ".docx"


SAMPLES: dict[str, Callable[[], Sample]] = {}


def sample(maker: Callable[[], Sample]) -> Callable[[], Sample]:
    SAMPLES[maker.__name__] = maker
    return maker


def sections(heading: Callable[[str], str], names=("基本案情", "调查与处理", "法律分析", "典型意义")) -> list[str]:
    """The four sections, their headings made by `heading`."""
    return [
        part
        for name, text in zip(names, (FACTS, HANDLING, LAW, VALUE), strict=True)
        for part in (heading(name), p(text))
    ]


def titled(*body: str) -> list[str]:
    return [p(TITLE, centre=True, bold=True), *body]


def rewritten(raw: bytes, old: bytes, new: bytes) -> bytes:
    """The same package with other bytes in every part."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        return archive({name: parts.read(name).replace(old, new) for name in parts.namelist()})
