"""No key, explanation, basis or correction reaches the browser while an exam runs: in no page, no JSON, no script.

Every secret of the paper is a word of its own, so that one search of every response finds a leak (peers 38).
"""

import json
from decimal import Decimal
from itertools import count
from types import SimpleNamespace

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams.content import Content, Kind, Part, Point, Segment
from exams.models import Sitting, SittingItem
from exams.sittings.frame import Rules, places
from exams.sittings.leases import Lease, signed
from exams.sittings.shown import shown_item
from tests.factories.sittings import built

SECRET = "机密"
_numbers = count(1)


def secret() -> str:
    return f"{SECRET}{next(_numbers)}号"


def told(**values):
    return {"explanation": secret(), "basis": f"《{secret()}》第一条", **values}


def every_kind() -> list[Content]:
    options = ("罚款", "警告", "没收", "拘留")
    segments = (
        Segment("当事人张某。", ends_line=True),
        Segment("限三十日内缴纳。", wrong="三十日", right=secret(), at=1),
        Segment("逾期加处罚款。", wrong="加处", right=secret(), at=2, ends_line=True),
    )
    parts = [
        Part(Kind.SINGLE, "单选题干", options, "B", **told()),
        Part(Kind.MULTIPLE, "多选题干", options, "ACD", **told()),
        Part(Kind.JUDGE, "判断题干", key="F", **told()),
        Part(Kind.FILL, "限（____）内提出，延长（____）。", blanks=((secret(), secret()), (secret(),)), **told()),
        Part(Kind.SHORT, "简答题干", key=secret(), points=(Point(secret(), 60), Point(secret(), 40)), **told()),
        Part(Kind.DOCUMENT, "改错题干", segments=segments, key="2,3", **told()),
    ]
    case = Content(Kind.GROUP, tuple(parts[:4]), "共用案情")
    return [*(Content(part.kind, (part,)) for part in parts), case]


@pytest.fixture
def browser(member):
    client = Client()
    client.force_login(member("chen"))
    return client


def every_answer_while_it_runs(client, exam, user):
    """(what, text) of every response of the candidate's way, from the list to the page after the end."""
    yield "my exams", client.get("/exams/")
    yield "waiting room", client.get(f"/exams/{exam.pk}/")
    yield "start", client.post(f"/exams/{exam.pk}/start/", follow=True)
    sitting = Sitting.objects.get()
    url, items = f"/exams/sittings/{sitting.pk}/", list(sitting.items.all())
    headers = {"X-Sitting": signed(Lease(sitting.pk, 1, user.pk))}
    answers = {"single": "A", "multiple": "AB", "judge": "T", "fill": ["甲", "乙"], "short": "丙", "document": [1, 2]}
    for part in ("save", "hand-in"):
        changes = [{"no": item.order_no, "seq": 1, "answer": answers[item.kind]} for item in items]
        wrong = [{"no": item.order_no, "seq": 2, "answer": "Z"} for item in items]
        for sent in ({"items": changes}, {"items": wrong}, {"items": []}, {"items": 1}):
            if part == "save" or sent == {"items": []}:
                answer = client.post(f"{url}{part}/", json.dumps(sent), "application/json", headers=headers)
                yield f"{part} {sent}"[:40], answer
        if part == "save":
            yield "paper", client.get(url)
            yield "form", client.get(f"{url}form/")
            yield "form posted", client.post(f"{url}form/", {"q1": "Z", "go": "1"}, follow=True)
            yield "confirm", client.get(f"{url}form/hand-in/")
            yield "home", client.get("/me/")
    yield "done", client.get(f"{url}done/")


def test_no_response_holds_a_secret_before_results_are_published(browser, member):
    chen = member("chen")
    exam = built(*every_kind(), users=(chen,), paper={"shuffles_items": True})
    seen = list(every_answer_while_it_runs(browser, exam, chen))
    texts = {what: answer.content.decode() for what, answer in seen}
    assert len(texts) >= 12
    assert "共用案情" in texts["paper"], "the walk has seen the paper itself"
    assert "限三十日内缴纳。" in texts["paper"]
    assert {what for what, text in texts.items() if SECRET in text} == set()
    headers = " ".join(f"{name}: {value}" for _, answer in seen for name, value in answer.items())
    assert SECRET not in headers


def test_the_reply_to_a_right_and_to_a_wrong_answer_is_the_same(browser, member):
    """A key shows through nothing the server says, either."""
    chen = member("chen")
    exam = built(*every_kind()[:3], users=(chen,), paper={"shuffles_options": False})
    browser.post(f"/exams/{exam.pk}/start/")
    sitting = Sitting.objects.get()
    headers = {"X-Sitting": signed(Lease(sitting.pk, 1, chen.pk))}
    replies = []
    for seq, answers in enumerate((("B", "ACD", "F"), ("A", "B", "T")), 1):
        sent = {"items": [{"no": n, "seq": seq, "answer": answer} for n, answer in enumerate(answers, 1)]}
        reply = browser.post(
            f"/exams/sittings/{sitting.pk}/save/", json.dumps(sent), "application/json", headers=headers
        ).json()
        replies.append({name: value for name, value in reply.items() if name not in ("at", "remaining", "seqs")})
    assert replies[0] == replies[1]


TEXT = st.text("罚款警告没收停业拘留吊销", min_size=1, max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_templates_are_given_does_not_depend_on_the_key(data):
    """Two questions that differ in nothing but key, explanation and basis are the same to a candidate."""
    options = tuple(data.draw(st.lists(TEXT, min_size=2, max_size=8, unique=True)))
    letters = st.sampled_from("ABCDEFGH"[: len(options)])
    first, second = (
        Part(Kind.SINGLE, "问", options, data.draw(letters), explanation=data.draw(TEXT), basis=data.draw(TEXT))
        for _ in range(2)
    )
    seed = data.draw(st.integers(0, 2**62))
    shown = [shown_item(_item(part, seed), part) for part in (first, second)]
    assert shown[0] == shown[1]


def _item(part, seed):
    drawn = [SimpleNamespace(section_no=1, question_id=1, version_id=1)]
    content = {1: Content(part.kind, (part,))}
    (place,) = places(
        drawn, content, {1: Rules(1, Decimal(1), "all")}, seed=seed, shuffles_items=True, shuffles_options=True
    )
    return SittingItem(
        order_no=1, kind=part.kind, option_order=place.option_order, size=place.size, full_marks=place.full_marks
    )
