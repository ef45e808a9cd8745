"""An edition as a document: the frozen texts, the law of the deadline, and what is left out with a reason."""

import datetime as dt

import pytest

from casebook.editions.book import Printing, build_book
from casebook.models import Case, Replacement
from content.exports.document import Chapter, Note, Quote, Run, Section, line, members, text_of
from tests.factories.casebook import made_public, section
from tests.factories.editions import CITING, citing_case, edition, law

pytestmark = pytest.mark.django_db


def chapters(issue) -> list[Chapter]:
    return [chapter for part in build_book(issue).document.parts for chapter in part.chapters]


def test_the_frozen_text_is_printed_and_not_the_later_one():
    law()
    case = citing_case("2026Q3-01")
    issue = edition(case)
    draft = case.get_latest_revision_as_object()
    draft.body = [section("facts", "修订后的案情。")]
    draft.save_revision()
    made_public(case)
    printed = text_of(chapters(issue)[0])
    assert "某店占用道路" in printed and "修订后的案情" not in printed


def test_replacements_of_the_frozen_text_are_applied():
    case = citing_case("2026Q3-01", body=[section("facts", "当事人王小明占用道路。")])
    draft = case.get_latest_revision_as_object()
    draft.replacements = [Replacement(kind="person", original="王小明", shown="王某", decision="accepted")]
    draft.save_revision()
    printed = text_of(chapters(edition(made_public(case)))[0])
    assert "王某" in printed and "王小明" not in printed


def test_cases_stand_in_their_order_under_their_sections():
    first, second, third = (citing_case(f"2026Q3-0{n}") for n in (1, 2, 3))
    issue = edition(second, first, third)
    issue.entries.filter(case=third).update(section="专题")
    document = build_book(issue).document
    assert [part.title for part in document.parts][-1] == "专题"
    assert [chapter.title for chapter in members(document.parts, Chapter)] == [second.title, first.title, third.title]


def test_an_article_stands_once_as_it_reads_on_the_day_of_the_deadline():
    law()
    document = build_book(edition(citing_case("2026Q3-01"), citing_case("2026Q3-02"))).document
    articles = list(members(document.appendix, Section))
    assert [article.title for article in articles] == ["第三十三条"]
    said = text_of(articles[0])
    assert "一百元" in said and "五十元" not in said
    assert "见案例 2026Q3-01、2026Q3-02" in said
    assert "2026Q3-01、2026Q3-02 办理时适用的文本与此不同" in said


def test_the_law_of_the_appendix_names_its_version():
    law()
    document = build_book(edition(citing_case("2026Q3-01"))).document
    chapter = document.appendix.chapters[0]
    assert chapter.title == "江城区市容管理办法"
    assert "2026年5月1日起施行" in chapter.byline and "现行有效" in chapter.byline


def test_a_deadline_before_the_change_prints_the_earlier_wording():
    law()
    document = build_book(edition(citing_case("2026Q3-01"), closed_on=dt.date(2026, 4, 30))).document
    assert "五十元" in text_of(tuple(members(document.appendix, Quote)))


def test_citations_lead_into_the_appendix_from_the_basis_and_from_the_text():
    law()
    chapter = chapters(edition(citing_case("2026Q3-01")))[0]
    links = [run.text for run in members(chapter, Run) if run.target]
    assert links == [CITING, CITING]


def test_every_case_carries_the_notice_and_its_editor_s_note():
    notes = list(members(chapters(edition(citing_case("2026Q3-01"), notes=("请注意取证。",)))[0], Note))
    assert "不作为执法依据" in text_of(notes[0])
    assert notes[1] == Note("编者注", (line("请注意取证。"),))


def test_a_case_taken_down_is_left_out_with_the_reason():
    kept, gone = citing_case("2026Q3-01"), citing_case("2026Q3-02")
    issue = edition(kept, gone)
    Case.objects.filter(pk=gone.pk).update(withdrawn_at="2026-10-01T00:00:00Z")
    book = build_book(issue)
    assert [chapter.title for chapter in members(book.document.parts, Chapter)] == [kept.title]
    assert [(left.case_no, left.reason) for left in book.left_out] == [("2026Q3-02", "已撤下")]


def test_an_internal_case_is_never_in_an_edition():
    case = citing_case("2026Q3-01")
    issue = edition(case)
    Case.objects.filter(pk=case.pk).update(anonymity="C")
    book = build_book(issue)
    assert not book.document.parts and "仅内部使用" in book.left_out[0].reason


def test_a_revision_that_cannot_be_read_does_not_stop_the_others():
    good, bad = citing_case("2026Q3-01"), citing_case("2026Q3-02")
    issue = edition(good, bad)
    revision = bad.live_revision
    revision.content = {**revision.content, "decided_on": "no day"}
    revision.save(update_fields=["content"])
    book = build_book(issue)
    assert len(list(members(book.document.parts, Chapter))) == 1
    assert "刊载版本无法读取" in book.left_out[0].reason


def test_a_finding_left_open_in_the_frozen_text_keeps_the_case_out():
    case = citing_case("2026Q3-01")
    issue = edition(case)
    revision = case.live_revision
    open_finding = {"pk": None, "case": case.pk, "kind": "person", "original": "王小明", "shown": "王某"}
    revision.content = {**revision.content, "replacements": [{**open_finding, "decision": "open"}]}
    revision.save(update_fields=["content"])
    assert "未处理的匿名提示" in build_book(issue).left_out[0].reason


def test_a_character_without_a_glyph_names_the_case_and_the_character(fonts):
    good, bad = citing_case("2026Q3-01"), citing_case("2026Q3-02", body=[section("facts", "当事人笑😀")])
    book = build_book(edition(good, bad), fonts=fonts)
    assert [left.case_no for left in book.left_out] == ["2026Q3-02"]
    assert "U+1F600" in book.left_out[0].reason


def test_a_corrected_printing_says_why_and_what():
    document = build_book(
        edition(citing_case("2026Q3-01")), Printing(2, "更正金额。", ("撤下案例：2026Q3-05。",))
    ).document
    front = text_of((document.preface_title, document.preface, document.cover))
    assert all(words in front for words in ("更正金额。", "撤下案例：2026Q3-05。", "第2次印刷"))


def test_an_edition_of_many_cases_asks_the_database_few_times_a_case(django_assert_max_num_queries):
    law()
    issue = edition(*(citing_case(f"2026Q3-{n:02d}") for n in range(1, 7)))
    with django_assert_max_num_queries(40 + 6 * 12):
        build_book(issue)
