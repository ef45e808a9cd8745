"""The bank on the pages of items and laws: numbers for everybody, questions only for who reads the bank."""

import io

import pytest
from openpyxl import load_workbook

from exams.actions.questions import create_question, review_question
from exams.bank.gaps import items_without_question
from exams.models import Question
from tests.factories.exams import QuestionFactory, single
from tests.factories.kb import DomainFactory, PowerItemFactory, StreetAssignmentFactory

BASIS = "《江城区市容管理办法》第三十三条"
SECRETS = ("当事人要求听证的期限", "五日的选项", "因为第六十四条", "受影响试题", "引用本条的试题")


@pytest.fixture
def question(law, member):
    content = single(basis=BASIS, explanation="因为第六十四条", options=("三日", "五日的选项"))
    question = create_question(content, by=member("lin"), domain=DomainFactory(), items=[PowerItemFactory()])
    review_question(question, by=member("wu"))
    return question


def pages(question: Question) -> list[str]:
    item = question.items.get()
    return [item.get_absolute_url(), "/laws/jcsr/", "/laws/jcsr/33"]


@pytest.mark.parametrize("name", ["", "chen", "gao", "mei", "zhou"])
def test_no_page_tells_candidates_what_a_question_says(name, question, client, as_member):
    reader = as_member(name) if name else client
    for address in pages(question):
        html = reader.get(address).content.decode()
        for secret in SECRETS:
            assert secret not in html, (address, secret)


def test_an_items_page_counts_its_usable_questions_by_difficulty(question, client):
    item = question.items.get()
    QuestionFactory(difficulty=5).items.add(item)  # a draft does not count
    QuestionFactory(reviewed=True, difficulty=5).items.add(item)
    html = client.get(item.get_absolute_url()).content.decode()
    assert "共 2 道：难度 3　1 道；难度 5　1 道" in html


def test_who_may_practise_is_led_from_the_item_to_its_questions(question, client, as_member):
    item = question.items.get()
    address = f"/practice/?item={item.code}"
    assert address not in client.get(item.get_absolute_url()).content.decode()
    officer = as_member("chen")
    assert address in officer.get(item.get_absolute_url()).content.decode()
    assert officer.get(address).status_code == 200


def test_an_item_without_questions_says_nothing(law, client):
    assert 'id="questions"' not in client.get(PowerItemFactory().get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["lin", "wu", "song"])
def test_who_reads_the_bank_finds_the_questions_of_a_law(name, question, as_member):
    client = as_member(name)
    assert "审定 1 道" in client.get("/laws/jcsr/").content.decode()
    assert question.code in client.get("/laws/jcsr/33").content.decode()
    assert question.code not in client.get("/laws/jcsr/34").content.decode()


def test_questions_overtaken_by_a_change_are_named_on_the_laws_page(question, as_member):
    Question.objects.update(status=Question.Status.NEEDS_REVIEW, review_reason="所引条文已有变化")
    html = as_member("wu").get("/laws/jcsr/").content.decode()
    assert question.code in html and "所引条文已有变化" in html


def test_items_that_streets_hold_without_a_usable_question_are_listed(question):
    covered, lacking, stopped = question.items.get(), PowerItemFactory(is_frequent=True), PowerItemFactory()
    for item in (covered, lacking, stopped):
        StreetAssignmentFactory(item=item)
    PowerItemFactory()  # held by no street
    QuestionFactory(status=Question.Status.STOPPED).items.add(stopped)
    assert [(item.pk, item.unusable) for item in items_without_question()] == [(lacking.pk, 0), (stopped.pk, 1)]


def test_the_gaps_leave_as_excel(law, at_desk):
    item = PowerItemFactory(name="占道经营")
    StreetAssignmentFactory(item=item)
    client = at_desk("lin")
    assert "占道经营" in client.get("/admin/questions/gaps/").content.decode()
    answer = client.get(f"/admin/questions/gaps/?format=xlsx&domain={item.domain.slug}")
    rows = list(load_workbook(io.BytesIO(answer.getvalue())).active.values)
    assert rows[1][:2] == (item.code, "占道经营")
