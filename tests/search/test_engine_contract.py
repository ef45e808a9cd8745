"""The same cases on every engine: what `search.engines.base` promises."""

from dataclasses import replace
from datetime import date

import pytest

from search.chinese import phrase_tokens, tokens
from search.engines.base import DEEPEST, EngineQuery, Filters, SearchDocument
from search.engines.memory import MemoryEngine
from search.engines.tantivy import TantivyEngine

TODAY = date(2026, 11, 22)

ITEM = SearchDocument(
    key="item:1",
    kind="item",
    title="对擅自占用城市道路、公共场所摆摊设点经营（占道经营）的处罚",
    url="/items/CF01700/",
    domain="市容环境",
    department="区城市管理执法局",
    exact=("code:cf01700", "name:占道经营"),
    weight=1.5,
)
ARTICLE = SearchDocument(
    key="regulation:7#33",
    kind="article",
    title="行政处罚法 第三十三条",
    url="/laws/x/33",
    path="行政处罚法 > 第四章",
    body="桥灯损坏轻微并及时更换，没有影响通行的，不予行政处罚。",
    law="7",
    level="法律",
    exact=("行政处罚法#33",),
    since=date(2021, 7, 15),
)
REPEALED = SearchDocument(
    key="regulation:9#83",
    kind="article",
    title="大气污染防治法 第八十三条",
    url="/laws/y/83",
    body="国家鼓励和倡导文明、绿色祭祀。",
    law="9",
    level="法律",
    exact=("大气污染防治法#83",),
    until=date(2026, 8, 15),
)
COMING = SearchDocument(
    key="regulation:3",
    kind="document",
    title="关于文明祭祀的通知",
    url="/laws/z/",
    body="倡导文明祭祀，不占道焚烧。",
    since=date(2027, 1, 1),
)
ALL = (ITEM, ARTICLE, REPEALED, COMING)


@pytest.fixture(params=["memory", "tantivy", pytest.param("elasticsearch", marks=pytest.mark.servers)])
def engine(request, tmp_path):
    made = made_engine(request, tmp_path)
    made.rebuild(ALL)
    return made


def made_engine(request, tmp_path):
    match request.param:
        case "memory":
            return MemoryEngine()
        case "tantivy":
            return TantivyEngine(tmp_path / "index")
    return request.getfixturevalue("elasticsearch_engine")


def query(text="", **more):
    terms = {token: 1.0 for token in tokens(text)}
    more.setdefault("filters", Filters(on=TODAY))
    return EngineQuery(terms=terms, **more)


def keys(results):
    return [hit.document.key for hit in results.hits]


def test_a_word_finds_its_document_whole(engine):
    (first, *_) = engine.search(query("不予处罚")).hits
    assert first.document == ARTICLE


def test_half_a_word_unknown_to_the_dictionary_is_found_by_its_bigrams(engine):
    assert keys(engine.search(query("色祭祀"))) == ["regulation:9#83", "regulation:3"]


def test_traditional_characters_and_full_width_letters_find_simplified_text(engine):
    assert keys(engine.search(query("文明祭祀倡導")))[0] in ("regulation:9#83", "regulation:3")


def test_an_exact_key_wins_over_words(engine):
    found = engine.search(query("占道经营处罚", exact={"行政处罚法#33": 1000.0}))
    assert keys(found)[0] == "regulation:7#33"
    assert found.hits[0].score > 1000


def test_every_hit_carries_what_is_required(engine):
    assert set(keys(engine.search(query("祭祀")))) == {"regulation:9#83", "regulation:3"}
    assert keys(engine.search(query("祭祀", required=phrase_tokens("绿色祭祀")))) == ["regulation:9#83"]


def test_what_is_required_finds_without_any_other_word(engine):
    assert keys(engine.search(query(required=phrase_tokens("绿色祭祀")))) == ["regulation:9#83"]


def test_an_exact_key_alone_finds_only_its_document(engine):
    assert keys(engine.search(query(exact={"code:cf01700": 1.0}))) == ["item:1"]


@pytest.mark.parametrize("weight", [1.0, 1.3, 3.0])
def test_weight_multiplies_the_score(engine, weight):
    engine.replace(["item:1"], [replace(ITEM, weight=weight)])
    exact = engine.search(query(exact={"name:占道经营": 10.0})).hits[0].score
    assert exact == pytest.approx(10 * weight, rel=1e-3)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "article"}, {"regulation:7#33", "regulation:9#83"}),
        ({"domain": "市容环境"}, {"item:1"}),
        ({"department": "区城市管理执法局"}, {"item:1"}),
        ({"level": "法律"}, {"regulation:7#33", "regulation:9#83"}),
        ({"law": "9"}, {"regulation:9#83"}),
        ({"status": "pending"}, {"regulation:3"}),
        ({"status": "in_force"}, {"item:1", "regulation:7#33"}),
        ({"status": "repealed"}, {"regulation:9#83"}),
        ({"kind": "article", "status": "in_force"}, {"regulation:7#33"}),
        ({"kind": "case"}, set()),
    ],
)
def test_filters_keep_only_what_fits(engine, filters, expected):
    found = engine.search(query(filters=Filters(on=TODAY, **filters)))
    assert set(keys(found)) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2026, 8, 14), "in_force"), (date(2026, 8, 15), "repealed")],
)
def test_a_law_is_repealed_from_its_last_day_on(engine, day, status):
    found = engine.search(query(filters=Filters(law="9", status=status, on=day)))
    assert keys(found) == ["regulation:9#83"]


def test_facets_count_all_that_was_found(engine):
    facets = engine.search(query(limit=1, facets=True)).facets
    assert facets["kind"] == {"item": 1, "article": 2, "document": 1}
    assert facets["level"] == {"法律": 2}
    assert facets["status"] == {"pending": 1, "in_force": 2, "repealed": 1}


def test_pages_follow_each_other_without_overlap(engine):
    pages = [keys(engine.search(query(offset=offset, limit=2))) for offset in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 0]
    assert {key for page in pages for key in page} == {document.key for document in ALL}
    assert engine.search(query(offset=2, limit=2)).total == 4


def test_an_excluded_token_shuts_a_document_out(engine):
    assert keys(engine.search(query("文明祭祀", excluded=("通知",)))) == ["regulation:9#83"]


def test_nothing_is_found_for_words_nobody_wrote(engine):
    assert engine.search(query("量子")).total == 0


def test_a_common_word_finds_nothing_beside_a_telling_one(engine):
    engine.rebuild([replace(ARTICLE, key=f"regulation:{n}", body="经营许可") for n in range(60)] + [ITEM])
    assert engine.search(query("经营")).total == 61
    assert keys(engine.search(query("占道经营"))) == ["item:1"]
    found = engine.search(query("占道经营", exact={"行政处罚法#33": 1.0}))
    assert found.total == 61


def test_replacing_leaves_one_document_of_a_key(engine):
    changed = SearchDocument(key="item:1", kind="item", title="对随地吐痰的处罚", url="/items/CF01700/")
    assert engine.replace(["item:1"], [changed]) == 1
    assert keys(engine.search(query("吐痰"))) == ["item:1"]
    assert engine.search(query("占道经营", filters=Filters(kind="item", on=TODAY))).total == 0


def test_an_owner_takes_all_its_documents_along(engine):
    engine.replace(["regulation:9", "regulation:404"], [])
    assert not any(key.startswith("regulation:9") for key in keys(engine.search(query())))
    assert engine.search(query()).total == 3


def test_a_rebuild_forgets_what_it_was_not_given(engine):
    engine.rebuild([ITEM])
    assert dict(engine.digests()) == {"item:1": ITEM.digest}


def test_digests_tell_every_document_as_it_is(engine):
    assert dict(engine.digests()) == {document.key: document.digest for document in ALL}
    assert replace(ITEM, title="x").digest != ITEM.digest


@pytest.mark.parametrize("text", ["占道经营", "不予行政处罚", "文明祭祀", "处罚"])
def test_every_engine_gives_the_order_and_scores_of_the_memory_engine(engine, text):
    memory = MemoryEngine()
    memory.rebuild(ALL)
    expected, found = memory.search(query(text)), engine.search(query(text))
    assert keys(found) == keys(expected)
    for ours, theirs in zip(expected.hits, found.hits, strict=True):
        assert ours.score == pytest.approx(theirs.score, rel=0.02)


def test_a_deep_page_ends_at_the_last_document(engine):
    engine.rebuild(replace(ITEM, key=f"item:{n}", title=f"事项 {n}") for n in range(300))
    assert len(engine.search(query(offset=290, limit=20)).hits) == 10
    assert engine.search(query(offset=9980, limit=20)).total == 300


def test_a_very_long_name_does_not_keep_a_document_out(engine):
    engine.replace(["item:1"], [replace(ITEM, exact=("名" * 20_000,), body="x" * 40_000)])
    assert keys(engine.search(query("占道经营")))[0] == "item:1"


LAWS = 30


def law(number, articles, since=date(2020, 1, 1)):
    """Articles of one law, the first about flower beds as much as its number says, the others a little less."""
    for n in range(1, articles + 1):
        yield replace(
            ARTICLE,
            key=f"regulation:{number}#{n}",
            title=f"办法 第{n}条",
            body="花坛" * (40 - number) + "说明" * (n + number),
            law=str(number),
            exact=(f"article:{number}#{n}",),
            dated=since,
        )


@pytest.fixture
def laws(engine):
    """Law 1 fits best with one article, law 30 least with thirty."""
    engine.rebuild([ITEM, *(one for n in range(1, LAWS + 1) for one in law(n, n, date(2000 + n, 1, 1)))])
    return engine


def owners(results):
    return [hit.document.owner for hit in results.hits]


def test_hits_of_one_law_are_folded_behind_its_best(laws):
    found = laws.search(query("花坛", limit=4, fold=2))
    assert owners(found) == [f"regulation:{n}" for n in (1, 2, 2, 3, 3, 4, 4)]
    assert [hit.folded for hit in found.hits] == [0, 0, 0, 0, 1, 0, 2]
    assert (found.total, found.places) == (sum(range(LAWS + 1)), LAWS)


def test_the_best_of_a_law_are_those_shown(laws):
    whole = laws.search(query("花坛", filters=Filters(law="9", on=TODAY)))
    folded = laws.search(query("花坛", limit=LAWS, fold=3))
    assert [key for key in keys(folded) if key.startswith("regulation:9#")] == keys(whole)[:3]


def test_folded_pages_follow_each_other_without_gap_or_overlap(laws):
    whole = laws.search(query("花坛", limit=LAWS, fold=2))
    pages = [laws.search(query("花坛", offset=offset, limit=7, fold=2)) for offset in range(0, LAWS + 7, 7)]
    assert [key for page in pages for key in keys(page)] == keys(whole)
    assert len(owners(pages[-2])) == 2 * (LAWS % 7)
    assert pages[-1].hits == ()
    assert {page.total for page in pages} == {whole.total}
    assert {page.places for page in pages} == {LAWS}


def test_all_that_is_folded_adds_up_to_the_total(laws):
    found = laws.search(query("花坛", limit=100, fold=2))
    assert len(found.hits) + sum(hit.folded for hit in found.hits) == found.total


def test_what_belongs_to_no_law_is_never_folded(engine):
    engine.rebuild(replace(ITEM, key=f"item:{n}") for n in range(5))
    found = engine.search(query("占道经营", fold=1))
    assert len(found.hits) == found.places == found.total == 5
    assert not any(hit.folded for hit in found.hits)


def test_folding_changes_neither_facets_nor_scores(laws):
    plain, folded = (laws.search(query("花坛", facets=True, limit=LAWS, fold=fold)) for fold in (0, 1))
    assert folded.facets == plain.facets
    assert folded.hits[0].score == pytest.approx(plain.hits[0].score)
    assert folded.hits[0].document == plain.hits[0].document


def test_without_folding_places_are_documents(laws):
    found = laws.search(query("花坛", limit=3))
    assert found.places == found.total


def test_a_folded_search_keeps_to_its_filters(laws):
    found = laws.search(query("花坛", fold=1, filters=Filters(kind="article", status="in_force", law="5", on=TODAY)))
    assert keys(found)[0].startswith("regulation:5#")
    assert (found.total, found.places, found.hits[0].folded) == (5, 1, 4)


def test_by_date_the_latest_come_first_and_of_one_day_the_best(laws):
    found = laws.search(query("花坛", limit=100, by_date=True))
    days = [hit.document.dated for hit in found.hits]
    assert days == sorted(days, reverse=True)
    of_one_day = [hit.score for hit in found.hits if hit.document.dated == date(2030, 1, 1)]
    assert len(of_one_day) == LAWS
    assert of_one_day == sorted(of_one_day, reverse=True)
    assert of_one_day[0] > of_one_day[-1]


def test_by_date_what_has_no_date_comes_last(engine):
    engine.rebuild([replace(ITEM, dated=date(2020, 5, 1), key="item:2"), ITEM, replace(ARTICLE, dated=TODAY)])
    assert keys(engine.search(query(by_date=True))) == ["regulation:7#33", "item:2", "item:1"]


def test_pages_by_date_follow_each_other(laws):
    whole = laws.search(query("花坛", limit=60, by_date=True))
    pages = [laws.search(query("花坛", offset=offset, limit=20, by_date=True)) for offset in (0, 20, 40)]
    assert [key for page in pages for key in keys(page)] == keys(whole)


def test_laws_are_folded_by_date_too(laws):
    found = laws.search(query("花坛", limit=3, fold=1, by_date=True))
    assert owners(found) == ["regulation:30", "regulation:29", "regulation:28"]
    assert [hit.folded for hit in found.hits] == [29, 28, 27]


def test_pages_reach_down_to_ten_thousand(engine):
    engine.rebuild(SearchDocument(f"item:{n}", "item", "事项", "/", weight=1 + n / 20_000) for n in range(10_010))
    last = engine.search(query("事项", offset=DEEPEST - 20, limit=20))
    assert keys(last) == [f"item:{n}" for n in range(29, 9, -1)]
    assert last.total == 10_010
    by_date = engine.search(query("事项", offset=DEEPEST - 20, limit=20, by_date=True))
    assert len(by_date.hits) == 20
    folded = engine.search(query("事项", offset=DEEPEST - 20, limit=20, fold=2))
    assert keys(folded) == keys(last)


def test_among_very_many_the_latest_are_found_all_the_same(engine):
    many = (SearchDocument(f"item:{n}", "item", "事项", "/", dated=date(2001, 1, 1)) for n in range(10_010))
    late = SearchDocument("item:late", "item", "事项 其他 其他 其他", "/", dated=TODAY)
    engine.rebuild([*many, late])
    assert keys(engine.search(query("事项", limit=1, by_date=True))) == ["item:late"]
    assert engine.search(query("事项", limit=1, by_date=True)).total == 10_011
