"""The hub, the lists, and what practice shows on the pages below."""

import pytest
from django.urls import reverse

from content.site import ensure_site
from exams.models import Exam, Favourite, PracticeState, Question
from exams.practice.progress import today_of
from people.roles import Role
from tests.factories.exams import ExamFactory, QuestionFactory, rests_on, single
from tests.factories.kb import DomainFactory, PowerItemFactory
from tests.factories.people import OfficerFactory, UserFactory
from tests.factories.sittings import fixed_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(as_member):
    return as_member("chen")


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def wrong(person, question: Question) -> None:
    PracticeState.objects.create(
        person=person, question=question, version=question.current, in_wrong_book=True, wrong_count=2
    )


def test_the_hub_offers_what_there_is(client, law):
    item = PowerItemFactory(short_name="露天烧烤")
    question = QuestionFactory(reviewed=True, domain=DomainFactory(slug="shirong", name="市容环境"))
    question.items.add(item)
    rests_on(question, law)
    fixed_paper(single("卷中的题"), title="综合练习卷", open_for_practice=True)
    html = page(client, "/practice/")
    for name, value in (("domain", "shirong"), ("law", "jcsr"), ("item", item.code)):
        assert f"/practice/?{name}={value}" in html
    assert "综合练习卷" in html
    assert "今日五题" in html


def test_the_hub_is_narrowed_by_its_address(client):
    item = PowerItemFactory(short_name="露天烧烤")
    QuestionFactory(reviewed=True).items.add(item)
    QuestionFactory(reviewed=True)
    html = page(client, f"/practice/?item={item.code}")
    assert '共 <b class="num">1</b> 题' in html
    assert f"/practice/question/?mode=random&amp;item={item.code}" in html
    assert client.get("/practice/?item=none").status_code == 404


def test_the_hub_says_when_an_exam_keeps_questions_back(client):
    assert "尚未结束" not in page(client, "/practice/")
    paper = fixed_paper(single("考题"), title="资格考试卷", open_for_practice=True)
    ExamFactory(paper=paper, purpose=Exam.Purpose.CERTIFICATION)
    html = page(client, "/practice/")
    assert "尚未结束" in html
    assert "资格考试卷" not in html


def test_the_queries_of_the_hub_do_not_grow(client, member, law, django_assert_max_num_queries):
    for n in range(6):
        question = QuestionFactory(reviewed=True, domain=DomainFactory(slug=f"d{n}", name=f"领域{n}"))
        question.items.add(PowerItemFactory())
        rests_on(question, law)
        wrong(member("chen"), question)
    page(client, "/practice/")
    with django_assert_max_num_queries(36):
        page(client, "/practice/")


def test_the_wrong_book_lists_stems_and_no_keys(client, member):
    question = QuestionFactory(content=single("听证的期限", explanation="自告知之日起"), reviewed=True)
    wrong(member("chen"), question)
    html = page(client, "/practice/wrong/")
    assert "听证的期限" in html
    assert "答错 2 次" in html
    assert "自告知之日起" not in html


def test_the_lists_have_pages_and_cost_the_same(client, member, django_assert_max_num_queries):
    for question in QuestionFactory.create_batch(25, reviewed=True):
        wrong(member("chen"), question)
        Favourite.objects.create(person=member("chen"), question=question)
    for address in ("/practice/wrong/", "/practice/favourites/"):
        with django_assert_max_num_queries(13):
            assert '共 <b class="num">25</b> 题' in page(client, address)


def test_what_is_out_of_use_is_in_no_list(client, member):
    question = QuestionFactory(content=single("停用的题"), reviewed=True)
    wrong(member("chen"), question)
    Favourite.objects.create(person=member("chen"), question=question)
    Question.objects.update(status=Question.Status.STOPPED)
    assert "停用的题" not in page(client, "/practice/wrong/") + page(client, "/practice/favourites/")


def test_a_favourite_is_toggled_with_and_without_scripts(client):
    question = QuestionFactory(reviewed=True)
    address = f"/practice/favourites/{question.pk}/"
    back = client.post(address, {"keep": "1", "back": "/practice/question/?mode=random&seed=7"})
    assert back.url == "/practice/question/?mode=random&seed=7"
    assert "已收藏" in client.post(address, {"keep": "1"}, HTTP_HX_REQUEST="true").content.decode()
    assert Favourite.objects.count() == 1
    assert "☆ 收藏" in client.post(address, {}, HTTP_HX_REQUEST="true").content.decode()
    assert not Favourite.objects.exists()


def test_a_favourite_leads_to_no_other_host(client):
    question = QuestionFactory(reviewed=True)
    for back in ("https://example.org/", "//example.org/"):
        assert client.post(f"/practice/favourites/{question.pk}/", {"keep": "1", "back": back}).url.startswith(
            "/practice/"
        )


def test_auxiliary_staff_practise(client):
    """Peers and the handbook: who holds no post that needs a card may practise, and is not certified."""
    helper = UserFactory(role=Role.OFFICER)
    OfficerFactory(user=helper, in_enforcement_post=False)
    QuestionFactory(content=single("辅助人员也能练"), reviewed=True)
    client.force_login(helper)
    assert "辅助人员也能练" in page(client, "/practice/question/")


def test_home_and_desk_say_what_waits(client, member):
    ensure_site(district="江城区")
    question = QuestionFactory(reviewed=True)
    wrong(member("chen"), question)
    home = page(client, "/")
    assert "今日五题 0/5" in home
    assert "错题本 1" in home
    desk = page(client, "/me/")
    assert "今日五题 0/5" in desk
    assert "到期复习 0" in desk
    assert "没有安排复习" in desk
    client.logout()
    assert "今日五题" not in page(client, "/")


def test_the_header_leads_to_practice(client):
    assert '<a href="/practice/" aria-current="page">练习</a>' in page(client, "/practice/")


def test_items_and_laws_lead_to_their_questions(client, law):
    item = PowerItemFactory()
    assert "/practice/?item=" not in page(client, item.get_absolute_url())
    question = QuestionFactory(reviewed=True)
    question.items.add(item)
    rests_on(question, law)
    assert f"/practice/?item={item.code}" in page(client, item.get_absolute_url())
    assert "/practice/?law=jcsr" in page(client, law.get_absolute_url())


def test_the_end_of_a_run_and_an_empty_bank_say_so(client):
    assert "没有更多题目" in page(client, "/practice/question/?mode=wrong")
    assert "题库暂无可练习的题目" in page(client, "/practice/question/?mode=daily")
    assert "还没有可以练习的题目" in page(client, "/practice/")


def test_a_random_run_gets_its_order_from_the_address(client):
    QuestionFactory(reviewed=True)
    answer = client.get("/practice/question/?mode=random")
    assert answer.status_code == 302
    assert "seed=" in answer.url


def test_numbers_of_today_come_after_the_answers(client, member):
    QuestionFactory.create_batch(6, reviewed=True)
    for _ in range(2):
        asked = page(client, reverse("exams:question") + "?mode=daily")
        token = asked.split('name="token" value="')[1].split('"')[0]
        client.post(reverse("exams:question") + "?mode=daily", {"token": token, "a1": "A"})
    today = today_of(member("chen"))
    assert (today.done, today.size, today.wrong) == (2, 5, 2)
    assert today.next_due is not None
