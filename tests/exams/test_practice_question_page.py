"""The page of one question: nothing of the key before the answer, everything in words after it."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.utils import timezone

from exams.content import Content, Kind, Part, Point
from exams.models import Exam, PracticeAnswer, Question
from tests.factories.casebook import CaseFactory, public_case
from tests.factories.exams import ExamFactory, QuestionFactory, judge, multiple, rests_on, single
from tests.factories.kb import PowerItemFactory, RegulationFactory, RegulationVersionFactory
from tests.factories.sittings import document, fill, group, one_of_each, short

pytestmark = pytest.mark.django_db
ASK = "/practice/question/?mode=sequential"


@pytest.fixture
def client(as_member):
    return as_member("chen")


def question(content: Content, **values) -> Question:
    return QuestionFactory(content=content, reviewed=True, **values)


def token_of(html: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', html)[1]


def shown(client, address: str = ASK, **headers) -> str:
    return client.get(address, **headers).content.decode()


def post(client, address: str = ASK, follow: bool = True, **fields):
    return client.post(address, {"token": token_of(shown(client, address)), **fields}, follow=follow)


def secrets(content: Content) -> tuple[Content, str]:
    """The same content with a word that must not be seen wherever something may be kept from the candidate."""
    word = "不可先见"
    parts = tuple(replace(part, explanation=word, basis=word, **hidden(part, word)) for part in content.parts)
    return replace(content, parts=parts), word


def hidden(part: Part, word: str) -> dict:
    if part.kind == Kind.FILL:
        return {"blanks": tuple((word,) for _ in part.blanks)}
    if part.kind == Kind.SHORT:
        return {"key": word, "points": (Point(word, 100),)}
    if part.kind == Kind.DOCUMENT:
        return {"segments": tuple(replace(one, right=word) if one.is_faulty else one for one in part.segments)}
    return {}


@pytest.mark.parametrize("content", one_of_each(), ids=lambda one: one.kind.value)
def test_the_key_never_reaches_the_browser_before_the_answer(client, content):
    """Peers B38, and the acceptance of the issue."""
    content, word = secrets(content)
    question(content)
    assert word not in shown(client)
    assert word not in shown(client, HTTP_HX_REQUEST="true")
    assert word in post(client, give_up="1").content.decode()


@pytest.mark.parametrize("keys", [(single(key="A"), single(key="D")), (multiple(key="AB"), multiple(key="CD"))])
def test_two_questions_that_differ_in_their_key_alone_look_the_same(client, keys):
    asked = question(keys[0])
    pages = [without_chance(shown(client))]
    asked.versions.update(body=question(keys[1]).current.body)
    pages.append(without_chance(shown(client)))
    assert pages[0] == pages[1].replace("共 2 题", "共 1 题")


def without_chance(html: str) -> str:
    return re.sub(r'(name="(token|csrfmiddlewaretoken)" value=")[^"]+', r"\1", html)


@pytest.mark.parametrize("content", one_of_each(), ids=lambda one: one.kind.value)
def test_every_kind_is_asked_and_told(client, content):
    question(content)
    html = shown(client)
    assert content.title.split("（____）")[0] in html
    assert 'name="a1"' in html
    told = post(client, give_up="1").content.decode()
    assert 'class="practice__verdict' in told
    assert "下一题" in told


def test_each_option_says_in_words_what_became_of_it(client):
    question(multiple(key="ACD"))
    told = post(client, a1=["A", "B"]).content.decode()
    by_option = dict(re.findall(r'<b class="choice__sign">(\w)</b>.*?(您选了，正确|您选了，错误|正确答案)', told))
    assert by_option == {"A": "您选了，正确", "B": "您选了，错误", "C": "正确答案", "D": "正确答案"}
    assert "回答错误" in told


def test_blanks_sentences_and_parts_are_told_one_by_one(client):
    question(fill())
    told = post(client, a1=["5日", "十日"]).content.decode()
    assert "第 1 空：您填“5日”" in told
    assert "错误，应填 三十日" in told
    question(document())
    told = post(client, a1=["1"]).content.decode()
    assert "第 1 句：您勾选了，此句没有错" in told
    assert "第 2 句：漏选，此句有错；应为“限十五日内缴纳罚款。”" in told
    question(group())
    told = post(client, a1="B", a2="T").content.decode()
    assert "2 小题，答对 1 题" in told


def test_a_short_answer_is_compared_by_the_person_and_stands_in_no_share(client):
    question(short())
    told = post(client, a1="事实清楚").content.decode()
    assert "请对照参考答案自评" in told
    assert "不计入正确率" in told
    assert "又忘了" in told
    assert PracticeAnswer.objects.get().is_right is None


def test_rating_leads_to_the_next_question(client):
    question(single("第一题"))
    question(single("第二题"))
    answered = post(client, a1="B")
    code = PracticeAnswer.objects.get().token
    assert "很熟" in answered.content.decode()
    asked = client.post(f"/practice/answers/{code}/rate/?mode=sequential", {"recall": "4"}, follow=True)
    assert "第二题" in asked.content.decode()


def test_a_wrong_answer_has_nothing_to_be_rated(client):
    question(single())
    assert "很熟" not in post(client, a1="A").content.decode()


def test_nothing_chosen_is_no_answer(client):
    question(single())
    assert "还没有作答" in post(client).content.decode()
    assert not PracticeAnswer.objects.exists()


def test_what_is_no_choice_of_the_question_is_not_taken(client):
    question(multiple())
    for given in (["Z"], ["A", "Z"], ["A\x00"], ["A", "A"]):
        assert "请重新作答" in post(client, a1=given).content.decode()
    assert not PracticeAnswer.objects.exists()


def test_going_back_and_posting_again_shows_the_first_answer(client):
    question(single())
    token = token_of(shown(client))
    pages = [client.post(ASK, {"token": token, "a1": given}) for given in ("A", "B")]
    assert pages[0].url == pages[1].url
    assert "您选了，错误" in client.get(pages[1].url).content.decode()


def test_a_second_tab_is_told_that_the_first_has_answered(client):
    question(single())
    tabs = [token_of(shown(client)) for _ in range(2)]
    client.post(ASK, {"token": tabs[0], "a1": "A"})
    page = client.post(ASK, {"token": tabs[1], "a1": "B"}, follow=True).content.decode()
    assert "已在另一个窗口作答" in page
    assert PracticeAnswer.objects.count() == 1


def test_somebody_elses_answer_is_not_shown(client, member):
    question(single())
    post(client, a1="A")
    code = PracticeAnswer.objects.get().token
    client.force_login(member("lin"))
    assert client.get(f"/practice/answers/{code}/").status_code == 404


def test_htmx_gets_the_card_alone_and_the_page_when_it_restores_one(client):
    question(single())
    assert "<html" not in shown(client, HTTP_HX_REQUEST="true")
    restored = client.get(ASK, HTTP_HX_REQUEST="true", HTTP_HX_HISTORY_RESTORE_REQUEST="true")
    assert "<html" in restored.content.decode()
    assert "HX-Request" in restored["Vary"]
    assert "no-store" in restored["Cache-Control"]


def test_when_the_session_has_ended_htmx_is_sent_to_sign_in(client):
    client.logout()
    answer = client.get(ASK, HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"].startswith("/login/")


# --- the law and a case in place ---


def test_the_provision_in_force_stands_under_the_answer(client, law):
    asked = question(single(explanation="自告知之日起算"))
    rests_on(asked, law)
    told = post(client, a1="A").content.decode()
    assert "听证期限为五日。" in told
    assert "自告知之日起算" in told
    assert "/laws/jcsr/33" in told


def test_repealed_law_is_shown_with_what_took_its_place(client, law):
    from kb.models import ProvisionSuccession

    new = RegulationFactory(title="江城区城市管理条例", slug="new")
    today = timezone.localdate()
    law.versions.update(effective_to=today - dt.timedelta(days=1))
    RegulationVersionFactory(
        regulation=new, effective_from=today - dt.timedelta(days=1), articles={"7": ["期限为七日。"]}
    )
    ProvisionSuccession.objects.create(old_regulation=law, old_key="33", new_regulation=new, new_key="7", note="延长")
    asked = question(single())
    # checked as repealed: a question about the law before the change
    rests_on(asked, law, read_on=today)
    told = post(client, a1="B").content.decode()
    assert "已废止" in told
    assert "听证期限为五日。" in told
    assert "《江城区城市管理条例》第七条" in told
    assert "期限为七日。" in told


def test_a_public_case_on_the_same_item_stands_beside_it_and_a_draft_does_not(client):
    item = PowerItemFactory()
    asked = question(single())
    asked.items.add(item)
    CaseFactory(title="未公开的案例", items=[item])
    assert "未公开的案例" not in post(client, a1="A").content.decode()
    public_case(title="某店占道经营案", items=[item])
    told = post(client, a1="A").content.decode()
    assert "某店占道经营案" in told
    assert "案例仅供参照" in told


def test_without_an_item_a_case_on_the_same_article_is_shown(client, law):
    asked = question(single())
    rests_on(asked, law)
    public_case(title="另一家店的案例", duty_basis="《江城区市容管理办法》第三十三条")
    assert "另一家店的案例" in post(client, a1="A").content.decode()


def test_an_old_answer_says_that_the_question_is_under_review(client):
    asked = question(single())
    address = post(client, a1="A").redirect_chain[-1][0]
    Question.objects.filter(pk=asked.pk).update(status=Question.Status.NEEDS_REVIEW)
    assert "正在复核" in shown(client, address)


def test_while_an_exam_keeps_a_question_back_an_old_answer_does_not_show_its_key(client):
    from tests.factories.sittings import fixed_paper

    paper = fixed_paper(single(explanation="解析在此"))
    address = post(client, a1="A").redirect_chain[-1][0]
    assert "解析在此" in shown(client, address)
    exam = ExamFactory(paper=paper, purpose=Exam.Purpose.CERTIFICATION)
    page = shown(client, address)
    assert "解析在此" not in page
    assert "考试结束后恢复显示" in page
    Exam.objects.filter(pk=exam.pk).update(status=Exam.Status.CLOSED)
    assert "解析在此" in shown(client, address)


def test_what_is_wrong_with_a_question_is_reported_from_its_answer_and_leads_back_there(client):
    asked = question(judge())
    address = post(client, a1="T").redirect_chain[-1][0]
    report = re.search(r'action="([^"]*report[^"]*)"', shown(client, address))[1]
    page = client.post(report, {"text": "依据已经改了", "next": address}, follow=True)
    assert page.redirect_chain[-1][0] == address
    assert asked.current.remarks.get().made_by.username == "chen"


def test_the_queries_of_a_question_and_of_an_answer_do_not_grow(client, law, django_assert_max_num_queries):
    asked = question(group())
    for number in (33, 34):
        rests_on(asked, law, str(number))
    address = post(client, a1="B", a2="T").redirect_chain[-1][0]
    with django_assert_max_num_queries(16):
        shown(client)
    with django_assert_max_num_queries(26):
        shown(client, address)
