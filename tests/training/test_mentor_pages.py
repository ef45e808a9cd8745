"""Mentors and readers on their pages: assigned, read on a phone, seen by the mentor; questions asked and settled."""

import datetime as dt
import io

import pypdf
import pytest
from django.utils import timezone

from exams.models import PaperItem
from tests import cast
from tests.factories.exams import PaperFactory, PaperSectionFactory, QuestionFactory, single
from tests.factories.kb import InstructorFactory, PowerItemFactory, RegulationFactory, RegulationVersionFactory
from tests.factories.people import OfficerFactory
from tests.factories.training import MentorFactory, PairingFactory
from training.actions import consultations
from training.models import CoachingLog, Consultation, Reader, ReadingTemplate, TemplateEntry

TODAY = timezone.localdate()


@pytest.fixture
def paper(db):
    """Two single choices, a mark each, one of them needed."""
    paper = PaperFactory(title="到岗小测", pass_marks=1)
    PaperSectionFactory(paper=paper, section_no=1, count=2)
    form = paper.forms.create(label="A", seed=1)
    for number, key in enumerate("BC", 1):
        question = QuestionFactory(
            content=single(f"第{number}题的题干", key=key, explanation="保密的解析"), reviewed=True
        )
        PaperItem.objects.create(form=form, section_no=1, order_no=number, question=question, version=question.current)
    return paper


@pytest.fixture
def pair(member):
    mentor = MentorFactory(officer__user=member("mei"), officer__name="梅导师")
    return PairingFactory(
        mentor=mentor, officer__user=member("chen"), officer__name="陈一", officer__unit=cast.street()
    )


@pytest.fixture
def template(paper):
    law = RegulationFactory(title="江城区市容管理办法", slug="jcsr")
    RegulationVersionFactory(regulation=law, articles={"33": ["限五日内改正。"]})
    template = ReadingTemplate.objects.create(title="新到岗两周包")
    TemplateEntry.objects.create(template=template, order_no=1, kind="provision", regulation=law, key="33")
    TemplateEntry.objects.create(template=template, order_no=2, kind="quiz", quiz=paper)
    return template


@pytest.fixture
def reader(pair, template, as_member):
    posted = {"template": template.pk, "officers": [pair.officer.pk], "due_on": TODAY + dt.timedelta(days=14)}
    assert as_member("mei").post("/mentoring/assign/", posted).status_code == 302
    return Reader.objects.get()


def test_a_reading_goes_from_the_mentor_to_the_reader_and_back(reader, as_member):
    client = as_member("chen")
    assert "新到岗两周包" in client.get("/me/").content.decode()
    page = client.get(f"/readings/{reader.pk}/").content.decode()
    assert "限五日内改正" in page and "小测" in page
    provision, quiz = reader.assignment.entries.all()
    client.post(f"/readings/{reader.pk}/{provision.pk}/confirm/")
    client.post(f"/readings/{reader.pk}/{quiz.pk}/quiz/", {"a1": "B", "a2": "A"})
    reader.refresh_from_db()
    assert reader.finished_at
    seen = as_member("mei").get(f"/mentoring/readings/{reader.assignment_id}/").content.decode()
    assert "陈一" in seen and "已完成" in seen


def test_each_confirmation_leads_to_what_waits_next(reader, as_member):
    client, law = as_member("chen"), reader.assignment.entries.first()
    assert '已完成 <b class="num">0/2' in client.get(f"/readings/{reader.pk}/").content.decode()
    answer = client.post(f"/readings/{reader.pk}/{law.pk}/confirm/")
    assert answer.url == f"/readings/{reader.pk}/#entry-2"
    page = client.get(f"/readings/{reader.pk}/").content.decode()
    assert '已完成 <b class="num">1/2' in page and "继续读第 2 项" in page


def test_days_that_are_likely_stand_in_the_browsers_own_fields(pair, as_member):
    client = as_member("mei")
    assert f'value="{TODAY}"' in client.get("/mentoring/coaching/").content.decode()
    assert f'value="{TODAY + dt.timedelta(days=14)}"' in client.get("/mentoring/assign/").content.decode()


def test_a_quiz_shows_no_key_before_the_answer_and_tells_all_after(reader, as_member):
    quiz = reader.assignment.entries.get(kind="quiz")
    address = f"/readings/{reader.pk}/{quiz.pk}/quiz/"
    before = as_member("chen").get(address).content.decode()
    assert "第1题的题干" in before and "保密的解析" not in before and "正确答案" not in before
    after = as_member("chen").post(address, {"a1": "A", "a2": "A"}).content.decode()
    assert "未通过" in after and "保密的解析" in after


def test_a_coaching_takes_four_fields_and_counts_once(pair, as_member):
    client = as_member("mei")
    key = client.get("/mentoring/coaching/").context["form"]["client_key"].value()
    posted = {
        "officers": [pair.officer.pk],
        "happened_on": TODAY,
        "way": "on_site",
        "minutes": 60,
        "gist": "勘验笔录写明方位",
        "client_key": key,
    }
    for _ in range(2):
        assert client.post("/mentoring/coaching/", posted).status_code == 302
    assert CoachingLog.objects.count() == 1
    assert "勘验笔录" in client.get("/mentoring/").content.decode()
    refused = client.post("/mentoring/coaching/", {**posted, "item": "没有这个事项", "client_key": "k9"})
    assert "没有找到唯一的事项" in refused.content.decode()


def test_a_mentor_does_not_meet_other_peoples_mentees(pair, as_member):
    other = OfficerFactory(name="他人学员", unit=cast.street())
    for address in ("/mentoring/", "/mentoring/coaching/", "/mentoring/assign/"):
        assert "他人学员" not in as_member("mei").get(address).content.decode()
    assert other.pk


def test_the_yearly_record_is_one_page_of_counted_work(pair, as_member, fonts):
    response = as_member("mei").get(f"/mentoring/{pair.mentor.pk}/{TODAY.year}.pdf")
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    assert len(pages) == 1 and "梅导师" in pages[0].extract_text()
    assert as_member("chen").get(f"/mentoring/{pair.mentor.pk}/{TODAY.year}.pdf").status_code == 403


def test_a_question_becomes_an_answer_on_the_items_page(as_member, member, client):
    item = PowerItemFactory(name="对占道经营的处罚")
    InstructorFactory(item=item, officer__user=member("zhou"))
    as_member("chen").post(f"/items/{item.code}/ask/", {"question": "店主王建国拒绝签字怎么办？"})
    one = Consultation.objects.get()
    address = f"/questions/{one.pk}/"
    assert as_member("gao").get(address).status_code == 404
    as_member("zhou").post(f"{address}answer/", {"answer": "由见证人签名。"})
    refused = as_member("zhou").post(
        f"{address}propose/", {"question": "店主王建国拒绝签字怎么办？", "answer": "由见证人签名。"}, follow=True
    )
    assert "王建国" in "".join(str(m) for m in refused.context["messages"])
    as_member("zhou").post(f"{address}propose/", {"question": "当事人拒绝签字怎么办？", "answer": "由见证人签名。"})
    as_member("wu").post(f"{address}approve/")
    client.logout()
    page = client.get(item.get_absolute_url()).content.decode()
    assert "当事人拒绝签字怎么办" in page and "王建国" not in page


def test_each_side_evaluates_on_the_own_page_and_sees_nothing_of_the_other(pair, as_member):
    address = f"/mentoring/pairs/{pair.pk}/"
    assert "梅导师" in as_member("chen").get("/me/").content.decode()
    as_member("chen").post(address, {"points": "4", "text": "讲得清楚"})
    mentors_view = as_member("mei").get(address).content.decode()
    assert "讲得清楚" not in mentors_view
    as_member("mei").post(address, {"points": "5", "text": ""})
    assert sorted(pair.evaluations.values_list("side", "points")) == [("by_mentor", 5), ("by_officer", 4)]
    assert as_member("gao").get(address).status_code == 404


def test_an_instructor_meets_only_the_questions_of_the_own_items(as_member, member):
    mine, others = PowerItemFactory(), PowerItemFactory()
    InstructorFactory(item=mine, officer__user=member("zhou"))
    for item, words in ((mine, "我的事项的问题"), (others, "别人事项的问题")):
        as_member("chen").post(f"/items/{item.code}/ask/", {"question": words})
    page = as_member("zhou").get("/questions/").content.decode()
    assert "我的事项的问题" in page and "别人事项的问题" not in page


def test_pages_ask_few_queries_however_long_the_list(reader, as_member, django_assert_max_num_queries):
    client = as_member("chen")
    client.get(f"/readings/{reader.pk}/")
    with django_assert_max_num_queries(30):
        client.get(f"/readings/{reader.pk}/")
    client = as_member("mei")
    with django_assert_max_num_queries(28):
        client.get("/mentoring/")


def test_who_sends_a_proposal_back_is_led_to_the_list_and_reads_it_no_more(as_member, member):
    item = InstructorFactory(officer__user=member("zhou")).item
    one = consultations.ask(item, "当事人拒绝签字怎么办？", by=member("chen"))
    consultations.answer(one, "注明情况。", by=member("zhou"))
    consultations.propose(one, "拒绝签字怎么办？", "注明情况。", by=member("zhou"))
    reviewer = as_member("wu")
    assert reviewer.get(f"/questions/{one.pk}/").status_code == 200
    assert reviewer.post(f"/questions/{one.pk}/take-back/", {"reason": "再写清楚"}).url == "/questions/"
    assert reviewer.get(f"/questions/{one.pk}/").status_code == 404
