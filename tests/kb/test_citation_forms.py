"""Every row of ../shared/domain/citations.tsv, and where we answer differently, why."""

import csv
import re

import pytest

from kb.citations import Citation, Context, parse
from kb.citations.registry import standard_names
from tests.paths import SHARED, shared

# raw -> (law, targets) where our answer differs from the table's, with the reason.
DISAGREEMENTS = {
    # the table gives the year in one of two like rows only; the year is written in both
    "《固体废物污染环境防治法》（2020修订）第一百一十一条第一款第（一）项": (
        "固体废物污染环境防治法@2020",
        ["111.p1.i1"],
    ),
    # 同上 points to a row that is not in the table; a number is a name, given in its normal form
    "鄂政办发(2024)11号": ("鄂政办发〔2024〕11号", [""]),
    "鄂政办发【2024】11号": ("鄂政办发〔2024〕11号", [""]),
    # keys of official documents have no brackets (kb/keys.py)
    "《实施意见》三（二）5": ("武昌区街道综合行政执法规范化建设实施意见", ["三/二/5"]),
    # 12 would be 第十二条; an entry of a list is 项12, as in the table's row 第35项. The name stays as written
    "《第一批清单》第12项": ("第一批清单", ["项12"]),
    # 34.? : the article is certain, the rest is said in a hint
    "第三十四条第（二）目": ("", ["34"]),
}


def rows() -> list[dict[str, str]]:
    path = SHARED / "domain/citations.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def expand(target: str) -> list[str]:
    """`13.p1.i2..i7` -> six keys; `-` -> the law as a whole."""
    if target == "-":
        return [""]
    found = re.fullmatch(r"(.*\.)?([pi])(\d+)\.\.\2(\d+)", target)
    if not found:
        return [target]
    return [f"{found[1]}{found[2]}{n}" for n in range(int(found[3]), int(found[4]) + 1)]


def expected(row: dict[str, str]) -> tuple[list[str], list[str]]:
    if row["raw"] in DISAGREEMENTS:
        law, keys = DISAGREEMENTS[row["raw"]]
        return [law] * len(keys), keys
    keys = [key for part in re.split(r"[;|]", row["target"]) for key in expand(part)]
    laws = row["law"].split(";")
    return (laws if len(laws) == len(keys) else laws * len(keys)), keys


def law_of(citation: Citation) -> str:
    return citation.law + (f"@{citation.version}" if citation.version else "")


def key_of(citation: Citation) -> str:
    return citation.key + (f".{citation.part}" if citation.part else "")


def test_the_table_is_whole():
    shared("domain", "citations.tsv")
    assert len(rows()) == 45


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["raw"])
def test_a_row_of_the_table_is_read_as_given(row):
    found = parse(row["raw"], Context.parse(row["context"] or ""), standard_names())
    laws, keys = expected(row)
    assert [key_of(c) for c in found] == keys
    assert [law_of(c) for c in found] == laws


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ("第三十四条第（二）目", "“目”前没有“项”"),
        ("《行政处罚法》第五十七条第（四）项", "应写明第几款"),
        ("《行政处罚法》第三十三条第一款", "只有一款时不写"),
        ("法典第一千一百六十九条第三款", "多部法规"),
    ],
)
def test_a_doubtful_form_is_read_with_a_hint(raw, hint):
    (found,) = parse(raw, names=standard_names())
    assert any(hint in one for one in found.hints)


def test_an_ambiguous_name_gives_every_candidate():
    (found,) = parse("法典第一千一百六十九条第三款", names=standard_names())
    assert found.candidates == ("生态环境法典", "民法典")
