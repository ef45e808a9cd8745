"""All real files of ../shared: every 条 accounted for, every character kept. Pure parsing, no database."""

import re
import tarfile

import pytest

from kb.parser import Kind, Severity, parse_text
from kb.parser.fidelity import of_parsed
from tests.paths import shared

# The independent count: lines that open an article, in any emphasis, with a blank or emphasis behind.
OPENS_ARTICLE = re.compile(
    r"^\**第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?(?:\*\*|[ \u3000])", re.M
)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\s*?(?=\n|$|#)", re.S)
# Where the two counts differ, and why.
EXPLAINED = {
    "飞行基本规则(2007-10-18).md": 112,  # whole chapters on one line each: 12 lines hold 124 articles
    "宪法修正案（2018年）.md": -5,  # 第一百二十三条 to 第一百二十七条 are quoted by 第五十二条
}
FILES, SKIPPED_INDEXES = 856, 6


@pytest.fixture(scope="module")
def laws():
    with tarfile.open(shared("laws", "laws.tar.xz")) as archive:
        members = [m for m in archive if m.isfile() and m.name.endswith(".md")]
        return {m.name: archive.extractfile(m).read().decode("utf-8") for m in members}


@pytest.fixture(scope="module")
def parsed(laws):
    return {name: parse_text(text, name.rsplit("/", 1)[-1], tuple(name.split("/")[:-1])) for name, text in laws.items()}


def plain(text: str) -> str:
    """The file without Markdown, written independently of the parser."""
    text = re.sub(r"<!--.*?-->", "", FRONT_MATTER.sub("", text), flags=re.S)
    return "".join(re.sub(r"^#+\s*", "", text, flags=re.M).replace("**", "").split())


def test_every_file_gives_its_text_back(laws, parsed):
    assert len(laws) == FILES
    wrong = [name for name, text in laws.items() if parsed[name].nodes and of_parsed(parsed[name]) != plain(text)]
    assert not wrong


def test_every_article_is_accounted_for(laws, parsed):
    differences = {}
    for name, text in laws.items():
        found = len(parsed[name].articles) - len(OPENS_ARTICLE.findall(text))
        if found:
            differences[name.rsplit("/", 1)[-1]] = found
    assert differences == EXPLAINED


def test_only_empty_files_have_nothing_to_import(laws, parsed):
    empty = [n for n, p in parsed.items() if any(x.severity is Severity.ERROR for x in p.notes)]
    assert len(empty) == SKIPPED_INDEXES + 1  # and the cover of the code that comes in six files
    assert all(len(plain(laws[name])) < 60 for name in empty)


def test_articles_run_without_gaps(parsed):
    gaps = {name for name, p in parsed.items() if any(x.code == "article_gap" for x in p.notes)}
    assert {name.rsplit("/", 2)[-2] for name in gaps} == {"ecological-environment-code"}  # parts 2 to 5 on their own


def test_the_seeds_lose_only_what_is_reported():
    for path in sorted(shared("seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        reading = parse_text(text, path.name)
        rest = re.sub(r"</?(?:ul|li|b)>|\*\*|#", "", "".join(text.split()))
        for removed in (n for n in reading.notes if n.code in ("page_number", "navigation")):
            assert "".join(removed.text.split()) in rest
            rest = rest.replace("".join(removed.text.split()), "", 1)
        without_markup = rest.replace("-(", "(")
        without_markup = re.sub(r"(?<![\d—])-(?=\d\.)", "", without_markup)
        assert of_parsed(reading) == without_markup, path.name


def test_the_seeds_are_read_as_documents():
    titles = {p.name[:3]: parse_text(p.read_text(encoding="utf-8"), p.name) for p in shared("seeds").glob("*.txt")}
    assert titles["002"].title == "武昌区街道综合行政执法规范化建设实施意见"
    assert titles["003"].doc_number == "新政办[2022]14号"
    keys = {n.key for n in titles["003"].nodes}
    assert {"二/二/3/4", "三/一", "四/四", "att2/tab1"} <= keys
    assert all(any(n.kind is Kind.LEVEL1 for n in p.nodes) for p in titles.values())
