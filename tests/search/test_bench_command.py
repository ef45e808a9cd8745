"""The benchmark on a corpus of a few articles of our own."""

import json
import lzma
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.bench.reading import Unreadable, articles, questions, scaled
from search.documents.regulations import ORDINARY
from search.engines import get_engine
from search.engines.base import EngineQuery, Filters
from tests.factories.kb import PowerItemFactory

ROWS = [
    ("A1", "中华人民共和国试验甲法", "法律", "第三条", "摊贩不得占用人行道。违者责令改正。"),
    ("A2", "中华人民共和国试验甲法", "法律", "第三十条之一", "犬只应当束绳；犬粪由携带人清除。"),
    ("B1", "试验乙条例", "行政法规", "第三条", "施工单位应当遮盖渣土，冲洗车轮。"),
]
ASKED = [
    {"qid": "q1", "query": "遛狗不拴绳 犬只", "split": "train"},
    {"qid": "q2", "query": "渣土没有遮盖怎么办", "split": "dev"},
    {"qid": "q3", "query": "没有答案的问题", "split": "dev"},
]


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.jsonl.xz"
    names = ("id", "law", "level", "article", "text")
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        for row in ROWS:
            lines.write(json.dumps({**dict(zip(names, row, strict=True)), "heads": "第一章 总则"}) + "\n")
    return path


@pytest.fixture
def asked(tmp_path):
    return _lines(tmp_path / "asked.jsonl", ASKED)


@pytest.fixture
def judged(tmp_path):
    path = tmp_path / "qrels.tsv"
    path.write_text("q1\t0\tA2\t1\nq2\t0\tB1\t1\nq2\t0\tA1\t0\n")
    return path


def _lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def bench(*args):
    return benches(*args)[0]


def benches(*args):
    """One report for each engine."""
    out = StringIO()
    call_command("bench_search", *map(str, args), "--calls", "4", "--clients", "2", "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("engine", ["memory", "tantivy"])
def test_a_run_reports_index_relevance_and_speed(engine, corpus, asked, judged):
    report = bench(corpus, asked, judged, "--engine", engine)
    assert (report["engine"], report["build"]["documents"]) == (engine, 3)
    assert report["relevance"]["questions"] == 2, "the question without an answer is not asked"
    assert (report["relevance"]["hit_1"], report["relevance"]["ndcg_10"]) == (1.0, 1.0)
    assert [report[name]["clients"] for name in ("alone", "together")] == [1, 2]
    assert report["alone"]["engine"]["p50"] <= report["alone"]["whole"]["p50"]


def test_a_split_keeps_to_its_questions(corpus, asked, judged):
    assert bench(corpus, asked, judged, "--split", "dev")["relevance"]["questions"] == 1


def test_the_index_of_the_site_is_left_alone(corpus, asked, judged):
    bench(corpus, asked, judged)
    assert get_engine().search(EngineQuery({}, {}, filters=Filters())).total == 0


def test_citations_are_answered_by_the_cited_article(corpus, tmp_path):
    spellings = ["试验甲法第三十条之一", "试验甲法30-1", "《中华人民共和国试验甲法》第30条之一"]
    cited = _lines(tmp_path / "cited.jsonl", [{"query": text, "gold": ["A2"]} for text in spellings])
    assert bench(corpus, cited)["relevance"]["hit_1"] == 1.0


def test_items_of_the_site_answer_by_code(corpus, tmp_path, db):
    item = PowerItemFactory(name="对擅自占用城市道路摆摊的处罚")
    wanted = _lines(tmp_path / "items.jsonl", [{"query": "摆摊占路", "any_of": [{"code": item.code}]}])
    report = bench(corpus, wanted, "--items")
    assert report["build"]["documents"] == 4
    assert report["relevance"]["hit_1"] == 1.0


def test_synthetic_passages_measure_speed_only(corpus, asked, judged):
    report = bench(corpus, asked, judged, "--scale", "25")
    assert report["build"]["documents"] == 25
    assert report["relevance"] is None


def test_synthetic_passages_are_many_different_ones_and_the_same_each_time(corpus):
    real = list(articles(corpus))
    made = list(scaled(real, 20))
    assert made == list(scaled(real, 20))
    assert len({one.key for one in made}) == 20
    assert len({one.body for one in made}) > 5


def test_articles_look_as_the_site_would_index_them(corpus):
    law, sub, rule = articles(corpus)
    assert (law.title, law.path, law.law) == ("试验甲法 第三条", "试验甲法 > 第一章 总则", "试验甲法")
    assert sub.exact == ("article:试验甲法#30-1", "law:试验甲法")
    assert law.weight > rule.weight == ORDINARY


@pytest.mark.parametrize("split", ["", "test"])
def test_questions_without_answers_are_refused_with_the_way_out(asked, judged, split):
    with pytest.raises(Unreadable, match="QRELS.*dev、train"):
        questions(asked, judged if split else None, split)


def test_a_broken_line_is_named(tmp_path, corpus):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"query": "a", "gold": ["A1"]}\n{"query"\n')
    with pytest.raises(CommandError, match="broken.jsonl 第 2 行"):
        bench(corpus, broken)


def test_judgements_have_four_columns(asked, tmp_path):
    short = tmp_path / "short.tsv"
    short.write_text("q1 0 A2 1\nq2 B1\n")
    with pytest.raises(Unreadable, match="第 2 行应有四列"):
        questions(asked, short)


def test_a_person_gets_a_table(corpus, asked, judged):
    out = StringIO()
    call_command("bench_search", str(corpus), str(asked), str(judged), "--calls", "2", stdout=out)
    assert "nDCG@10 1.000" in out.getvalue()


def test_engines_stand_side_by_side_on_the_same_questions(corpus, asked, judged):
    memory, tantivy, fts5 = benches(corpus, asked, judged, "--engine", "memory,tantivy,fts5")
    assert [one["engine"] for one in (memory, tantivy, fts5)] == ["memory", "tantivy", "fts5"]
    assert memory["relevance"] == tantivy["relevance"] == fts5["relevance"]


def test_one_run_tells_the_splits_apart(corpus, asked, judged):
    report = bench(corpus, asked, judged)
    assert {name: one["questions"] for name, one in report["splits"].items()} == {"dev": 1, "train": 1}
    assert bench(corpus, asked, judged, "--split", "dev")["splits"] == {}


def test_an_index_that_is_kept_is_built_once(corpus, asked, judged, tmp_path):
    kept = tmp_path / "kept"
    first = bench(corpus, asked, judged, "--index", kept)
    second = bench(corpus, asked, judged, "--index", kept)
    assert (first["build"]["documents"], second["build"]) == (3, None)
    assert first["relevance"] == second["relevance"]


def test_the_table_has_a_row_for_each_engine(corpus, asked, judged):
    out = StringIO()
    engines = ("--engine", "memory,fts5", "--calls", "2")
    call_command("bench_search", str(corpus), str(asked), str(judged), *engines, stdout=out)
    rows = [line for line in out.getvalue().splitlines() if line.startswith("|")]
    assert [row.split("|")[1].strip() for row in rows] == ["引擎", "---", "memory", "fts5"]
    assert len({row.count("|") for row in rows}) == 1
