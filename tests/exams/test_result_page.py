"""A candidate's result: what the settings allow and nothing else, in the letters shown, with the law in place."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from exams.actions.key_fixes import apply_fix, propose_fix
from exams.basis import read_basis
from exams.content import Content, Kind, Part, Point
from exams.documents import key_of, read_markup
from exams.models import Exam, QuestionBasis, Sitting
from exams.results.review import told_sections
from exams.results.visibility import EVERYTHING, Seen
from tests.cast import CAST, member
from tests.factories.exams import ExamFactory, QuestionFactory, judge, multiple, single
from tests.factories.people import OfficerFactory
from tests.factories.results import sat

pytestmark = pytest.mark.django_db
When = Exam.When
SEGMENTS = read_markup("限{三十日=>十五日}内缴纳。逾期加处罚款。")


def everything() -> list[Content]:
    """One question of each kind, each with words of its own in key, explanation and basis."""
    told = {"explanation": "解析密", "basis": "《江城区市容管理办法》第三十三条"}
    short = Part(Kind.SHORT, "简述", key="参考密", points=(Point("要点密", 100),), **told)
    fill = Part(Kind.FILL, "（____）日内", blanks=(("五密", "5密"),), **told)
    document = Part(Kind.DOCUMENT, "找错", segments=SEGMENTS, key=key_of(SEGMENTS), **told)
    group = Content(Kind.GROUP, (*single("先做什么", **told).parts, *judge("能否罚款", **told).parts), "案情如下")
    plain = [single("期限", **told), multiple("内容", **told), judge("说法", **told)]
    return [*plain, *(Content(one.kind, (one,)) for one in (fill, short, document)), group]


ANSWERS = ["A", "AC", "T", json.dumps(["三"], ensure_ascii=False), "写了一些", "2", "B", ""]
SECRETS = ("解析密", "参考密", "要点密", "五密", "十五日", "听证期限为五日", "正确")


@pytest.fixture
def sitting(law):
    """Chen's, of every kind of question, in a mock exam that is over and shows nothing."""
    values = {name: When.NEVER for name in ("score_shown", "answers_shown", "key_shown")}
    exam = ExamFactory(status=Exam.Status.CLOSED, results_published_at=timezone.now(), paper__pass_marks=3, **values)
    questions = [QuestionFactory(content=content) for content in everything()]
    for question in questions:
        QuestionBasis.objects.bulk_create(read_basis(question.newest, question.newest.content))
    return sat(exam, questions, ANSWERS, officer=OfficerFactory(user=member("chen")), rule="fraction", marked=True)


def shows(sitting: Sitting, **values) -> None:
    Exam.objects.filter(pk=sitting.registration.exam_id).update(**values)


def page(client, sitting: Sitting, who: str = "chen", query: str = "") -> str:
    client.force_login(member(who))
    return client.get(reverse("exams:result", args=[sitting.pk]) + query).content.decode()


def test_nothing_is_shown_before_its_time_and_the_page_says_when(client, sitting):
    text = page(client, sitting)
    assert not [secret for secret in (*SECRETS, "期限", "分，满分", "答对", "答错") if secret in text]
    assert "本场考试不显示" in text


def test_the_score_alone(client, sitting):
    sitting.items.filter(kind=Kind.SHORT).update(marks=1)
    Sitting.objects.filter(pk=sitting.pk).update(score=2, is_marked=True)
    shows(sitting, score_shown=When.CLOSED)
    text = page(client, sitting)
    assert "分，满分 8 分，及格线 3 分" in text and "未及格" in text
    assert not [secret for secret in (*SECRETS, "期限", "答对") if secret in text]


def test_right_and_wrong_without_the_key(client, sitting):
    """Peers 38: the page of right and wrong holds no key in any form."""
    shows(sitting, answers_shown=When.PUBLISHED)
    text = page(client, sitting)
    words = ("期限", "答对", "答错", "部分得分", "未作答", "待评分")
    assert not [word for word in words if word not in text]
    assert not [secret for secret in SECRETS if secret in text]
    assert "这道题有问题" not in text and "is-right" not in text


def test_keys_with_explanation_law_and_the_way_to_report(client, sitting):
    shows(sitting, key_shown=When.CLOSED)
    text = page(client, sitting)
    assert not [secret for secret in SECRETS if secret not in text]
    assert "答错" not in text and "分，满分" not in text
    assert text.count("这道题有问题") == 8


def test_a_sitting_that_is_not_over_shows_nothing(client, law):
    exam = ExamFactory(score_shown=When.HANDED_IN, answers_shown=When.HANDED_IN, key_shown=When.HANDED_IN)
    officer = OfficerFactory(user=member("chen"))
    writing = sat(exam, [QuestionFactory(content=everything()[0])], ["A"], officer=officer, state=Sitting.State.OPEN)
    text = page(client, writing)
    assert "还没有交卷" in text and not [secret for secret in SECRETS if secret in text]


def test_the_key_is_told_in_the_letters_that_were_shown(law):
    """Peers 9: options stand where they stood."""
    question = QuestionFactory(content=single("期限", key="B"))
    sitting = sat(ExamFactory(), [question], ["C"], order="CADB", marked=True)
    ((told,),) = [block.items for section in told_sections(sitting, EVERYTHING) for block in section.blocks]
    assert [(one.letter, one.text, one.is_chosen) for one in told.shown.options] == [
        ("A", "七日", True),
        ("B", "三日", False),
        ("C", "十日", False),
        ("D", "五日", False),
    ]
    assert told.key and (told.key.words, told.key.letters) == ("D", "D")


def test_a_fix_is_told_with_the_new_key(client, sitting):
    first = sitting.items.select_related("version__question").first()
    fix = propose_fix(
        sitting.registration.exam, first.version, 1, "new_key", new_key="A/B", reason="两项都对", by=member("song")
    )
    apply_fix(fix, by=member("song"))
    shows(sitting, answers_shown=When.CLOSED, key_shown=When.CLOSED)
    text = page(client, sitting)
    assert "考试后更正了答案" in text and "A 或 B" in text


def test_only_what_was_not_right_on_request(client, sitting):
    shows(sitting, answers_shown=When.CLOSED)
    text = page(client, sitting, query="?only=wrong")
    assert "期限" in text and "先做什么" in text
    (right,) = [item for item in sitting.items.all() if item.marks == item.full_marks]
    assert f'id="q{right.order_no}"' in text, "the parts of a case group stay together"
    assert 'id="q5"' not in text


def test_law_that_has_changed_since_is_shown_as_it_reads_today_with_what_it_said(client, sitting, amend):
    amend(dt.date(2026, 1, 1))
    shows(sitting, key_shown=When.CLOSED)
    text = page(client, sitting)
    assert "听证期限为七日" in text and "核对时的条文" in text and "听证期限为五日" in text


def test_others_do_not_find_the_page(client, sitting):
    found = set()
    for name in CAST:
        client.force_login(member(name))
        if client.get(reverse("exams:result", args=[sitting.pk])).status_code == 200:
            found.add(name)
    assert found == {"chen", "lin", "wu", "song"}
    client.logout()
    assert client.get(reverse("exams:result", args=[sitting.pk])).status_code == 302


def test_as_many_queries_for_many_items_as_for_few(law, django_assert_max_num_queries):
    questions = [QuestionFactory(content=one) for one in everything()] + [QuestionFactory() for _ in range(20)]
    for question in questions:
        QuestionBasis.objects.bulk_create(read_basis(question.newest, question.newest.content))
    sitting = sat(ExamFactory(), questions, [*ANSWERS, *["B"] * 20], marked=True)
    sitting = Sitting.objects.select_related("registration__exam__paper").get(pk=sitting.pk)
    with django_assert_max_num_queries(12):
        told_sections(sitting, EVERYTHING)
    with django_assert_max_num_queries(0):
        assert told_sections(sitting, Seen(score=True)) == []


def test_the_page_after_the_end_leads_to_the_result_when_it_may_be_seen(client, sitting):
    client.force_login(member("chen"))
    address, result = (reverse(f"exams:{name}", args=[sitting.pk]) for name in ("sitting_done", "result"))
    before = client.get(address).content.decode()
    assert "本场考试不显示" in before and result not in before
    shows(sitting, answers_shown=When.CLOSED)
    assert result in client.get(address).content.decode()
