"""The 24 cases we wrote: complete, anonymous, and right about the law."""

import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from casebook import manuscript
from casebook.anonymise import Substitution
from casebook.manuscript import BASIS, Manuscript
from kb.citations import parse
from kb.importers.collecting import collect
from kb.lookup import select_rows
from kb.parser import parse_regulation
from tests.paths import ROOT, shared

FOLDER = ROOT / "demo" / "data" / "cases"
FILES = sorted(FOLDER.glob("*.md"))
OLD_LAWS = ("大气污染防治法", "噪声污染防治法", "固体废物污染环境防治法")
# What a case must not carry; the day on which the code took effect is law, not a date of the case.
FORBIDDEN = {
    "an id number": r"\d{17}[\dXx]",
    "a phone number": r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}",
    "a number plate": r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9·]{5}",
    "a house number": r"\d+号(?!令)",
    "an exact day": r"\d{4}年\d{1,2}月\d{1,2}日(?!以后)",
    "an unlit name": r"(?:当事人|店主|经营者)[\u4e00-\u9fff](?!某)[\u4e00-\u9fff]{1,2}(?:称|说)",
}
# In the statute package only; checked by reading when the cases were written.
NOT_IN_CORPUS = {"安全生产法", "行政复议法", "行政诉讼法", "民法典"}


def drafts() -> dict[str, Manuscript]:
    return {path.stem: manuscript.read(path.read_text(encoding="utf-8")) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_is_complete_and_of_a_readable_length(path):
    draft = manuscript.read(path.read_text(encoding="utf-8"))
    assert not draft.problems and draft.values["case_no"] == path.stem
    assert [part.block for part in draft.parts] == [
        "facts", "handling", "law", "disputes", "value", "errors", "questions",
    ]  # fmt: skip
    assert 700 <= len(re.sub(r"\s", "", "".join(part.text for part in draft.parts))) <= 1400


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_reader_of_a_case_recognises_anybody(path):
    draft = manuscript.read(path.read_text(encoding="utf-8"))
    text = Substitution(dict(draft.pairs("替换"))).apply("\n".join(part.text for part in draft.parts)).text
    found = {what: re.findall(pattern, text) for what, pattern in FORBIDDEN.items() if re.search(pattern, text)}
    assert not found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_decision_came_within_ninety_days_of_filing(path):
    dates = manuscript.read(path.read_text(encoding="utf-8")).dates()
    assert 0 <= (dates["decided"] - dates["filed"]).days <= 90


def test_there_are_six_cases_in_each_of_four_quarters():
    assert Counter(path.stem[:6] for path in FILES) == {"2025Q4": 6, "2026Q1": 6, "2026Q2": 6, "2026Q3": 6}


def test_there_are_cases_on_the_old_laws_and_on_the_code():
    penalties = [draft.values.get("处罚条款", "") for draft in drafts().values()]
    assert sum(any(law in words for law in OLD_LAWS) for words in penalties) >= 5
    assert sum("生态环境法典" in words for words in penalties) >= 4


def test_no_case_decided_under_the_code_is_punished_under_a_repealed_law():
    for number, draft in drafts().items():
        if draft.dates()["decided"].isoformat() >= "2026-08-15":
            assert not any(law in draft.values.get("处罚条款", "") for law in OLD_LAWS), number


@pytest.fixture(scope="module")
def laws(tmp_path_factory) -> dict[str, list]:
    """The nodes of the cited laws, parsed from ../shared/laws, by short title."""
    archive = shared("laws", "laws.tar.xz")
    folder = tmp_path_factory.mktemp("laws")
    wanted = {law for law, _, _ in cited()}
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if m.isfile() and _names_one(Path(m.name), wanted)]
        tar.extractall(folder, members=members, filter="data")
    found = {}
    for job in collect([folder]).jobs:
        parsed = parse_regulation(job.read())
        found[parsed.title.removeprefix("中华人民共和国")] = list(parsed.nodes)
    return found


def _names_one(path: Path, laws: set[str]) -> bool:
    return path.stem.split("(")[0] in laws or "ecological-environment-code" in path.parts


def cited() -> set[tuple[str, str, str]]:
    """(law, key, case number) of every citation of a basis field."""
    found = set()
    for number, draft in drafts().items():
        for field in BASIS:
            for citation in parse(draft.basis(field)):
                assert citation.key, (number, citation.raw)
                found.add((citation.law.removeprefix("中华人民共和国"), citation.key, number))
    return found


def test_every_provision_a_case_rests_on_exists_in_the_text_of_the_law(laws):
    checked, missing = 0, []
    for law, key, number in sorted(cited()):
        if law in NOT_IN_CORPUS:
            continue
        article = [node for node in laws[law] if node.key.split(".")[0] == key.split(".")[0]]
        checked += 1
        if not select_rows(article, key):
            missing.append((number, law, key))
    assert not missing and checked >= 80
