"""The list of the bank: what people decide by, and how they find a question."""

import pytest

from exams.bank.listing import QuestionFilterSet, facility_label, found, questions_shown, use_label
from exams.bank.usage import with_usage
from exams.models import PaperForm, PaperItem, PracticeAnswer, Question, Sitting, SittingItem
from tests.factories.exams import PaperFactory, QuestionFactory, RegistrationFactory, judge, single
from tests.factories.kb import DomainFactory, PowerItemFactory

ADDRESS = "/admin/questions/"


def answered(question: Question, marks: list[int]) -> None:
    """One sitting a mark, each of one mark at most; None is not marked yet."""
    for mark in marks:
        registration = RegistrationFactory()
        sitting = Sitting.objects.create(registration=registration, seed=1, state=Sitting.State.HANDED_IN)
        item = {"order_no": 1, "section_no": 1, "question": question, "version": question.current, "rule": "all"}
        SittingItem.objects.create(sitting=sitting, kind=question.kind, full_marks=1, marks=mark, **item)


def practised(question: Question, person, right: list[bool]) -> None:
    rows = {"question": question, "version": question.current, "person": person, "mode": "random"}
    PracticeAnswer.objects.bulk_create(
        PracticeAnswer(is_right=one, answered_at=question.created_at, **rows) for one in right
    )


def listed(**data: str) -> list[str]:
    questions = with_usage(Question.objects.select_related("newest", "domain", "reviewer"))
    return [one.code for one in QuestionFilterSet(data=data, queryset=questions, request=None).qs.order_by("code")]


@pytest.mark.django_db
def test_words_are_found_in_stem_options_explanation_and_basis():
    wanted = QuestionFactory(content=single("听证期限", explanation="九十日是旧题", basis="《某法》第一条"))
    QuestionFactory(content=single("别的题", options=("甲", "乙")))
    for words in ("听证", "五日", "旧题", "某法", "听证 旧题", wanted.code):
        assert list(found(Question.objects.all(), words)) == [wanted], words
    assert not found(Question.objects.all(), "听证 乙")


@pytest.mark.django_db
def test_a_change_is_found_by_its_new_words(member):
    from exams.actions.questions import revise_question

    question = QuestionFactory(content=single("听证期限"))
    revise_question(question, single("复议期限"), by=member("lin"))
    assert list(found(Question.objects.all(), "复议")) == [question]
    assert not found(Question.objects.all(), "听证")


@pytest.mark.django_db
def test_use_and_facility_are_counted_from_sittings_and_practice(member):
    question = QuestionFactory(reviewed=True)
    form = PaperForm.objects.create(paper=PaperFactory(), seed=1)
    PaperItem.objects.create(form=form, section_no=1, order_no=1, question=question, version=question.current)
    answered(question, [1, 0, None])
    practised(question, member("chen"), [True, True])
    row = with_usage(Question.objects.all()).get()
    assert (row.papers, row.candidates, row.answers) == (1, 3, 4)
    assert row.facility == pytest.approx(0.75)
    assert use_label(row) == "1 卷 3 人次"
    assert facility_label(row) == "75%（4）"


@pytest.mark.django_db
def test_what_nobody_has_answered_has_no_facility():
    QuestionFactory(reviewed=True)
    row = with_usage(Question.objects.all()).get()
    assert row.facility is None
    assert facility_label(row) == use_label(row) == ""


@pytest.mark.django_db
def test_filters_narrow_the_list(member):
    domain, item = DomainFactory(slug="city", name="市容"), PowerItemFactory()
    hard = QuestionFactory(content=judge(), reviewed=True, domain=domain, difficulty=5, author=member("lin"))
    hard.items.add(item)
    easy = QuestionFactory(difficulty=1)
    practised(hard, member("chen"), [False] * 10)
    cases = {
        "status": "draft", "kind": "single", "domain": str(easy.domain_id), "difficulty": "1", "used": "no",
        "facility": "none",
    }  # fmt: skip
    for name, value in cases.items():
        assert easy.code in listed(**{name: value}), name
    assert listed(facility="low") == listed(item=str(item.pk)) == listed(author=str(member("lin").pk)) == [hard.code]
    assert listed(status="reviewed", kind="judge", difficulty="5", domain=str(domain.pk)) == [hard.code]


@pytest.mark.django_db
def test_a_filter_by_law_looks_at_the_newest_and_the_approved_version(law, member):
    from exams.actions.questions import create_question, review_question, revise_question

    basis = "《江城区市容管理办法》第三十三条"
    resting = create_question(single(basis=basis), by=member("lin"), domain=DomainFactory())
    review_question(resting, by=member("wu"))
    revise_question(resting, single("别的", basis=""), by=member("lin"))
    left = create_question(single("第二题", basis=basis), by=member("lin"), domain=DomainFactory())
    revise_question(left, single("第二题改", basis=""), by=member("lin"))
    assert listed(law=str(law.pk)) == [resting.code]


def test_the_page_shows_fifty_and_asks_the_same_number_of_queries(at_desk, django_assert_max_num_queries):
    client = at_desk("lin")
    QuestionFactory.create_batch(2, reviewed=True)
    client.get(ADDRESS)
    with django_assert_max_num_queries(40) as few:
        client.get(ADDRESS)
    QuestionFactory.create_batch(58, reviewed=True)
    with django_assert_max_num_queries(len(few)):
        page = client.get(ADDRESS)
    assert len(page.context["object_list"]) == 50
    assert len(client.get(f"{ADDRESS}?p=2").context["object_list"]) == 10


@pytest.mark.django_db
def test_an_export_gets_what_the_list_shows_on_all_its_pages(rf, member):
    QuestionFactory.create_batch(55)
    QuestionFactory(reviewed=True)
    request = rf.get(f"{ADDRESS}?status=draft&ordering=-code")
    request.user = member("lin")
    shown = list(questions_shown(request))
    assert len(shown) == 55
    assert shown[0].code > shown[-1].code


def test_a_reviewer_reads_the_list_and_writes_no_question(at_desk):
    assert "命题</a>" not in at_desk("wu").get(ADDRESS).content.decode()
    assert "/admin/questions/new/" in at_desk("lin").get(ADDRESS).content.decode()


def test_every_sort_key_of_the_list_works(at_desk):
    client = at_desk("lin")
    QuestionFactory.create_batch(3)
    for key in ("code", "kind", "status", "domain__sort_order", "difficulty", "candidates", "-facility"):
        assert client.get(f"{ADDRESS}?ordering={key}").status_code == 200
