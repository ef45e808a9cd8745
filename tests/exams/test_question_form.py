"""The form of a question: every kind is written and changed on it, and whatever is refused comes back as typed."""

import pytest

from exams.actions.questions import create_question, revise_question
from exams.content import Content, Kind, Part
from exams.models import Question
from tests.factories.exams import single
from tests.factories.kb import DomainFactory, PowerItemFactory

NEW = "/admin/questions/new"
BASIS = "《江城区市容管理办法》第三十三条"
OPTIONS = {"p1-count": "4", "p1-option-1": "三日", "p1-option-2": "五日", "p1-option-3": "", "p1-option-4": ""}
KINDS = {
    "single": {**OPTIONS, "p1-stem": "听证期限", "p1-key": "2"},
    "multiple": {**OPTIONS, "p1-stem": "哪些期限", "p1-key": ["1", "2"]},
    "judge": {"p1-stem": "期限为五日", "p1-answer": "T"},
    "fill": {"p1-stem": "期限为____", "p1-answer": "五日|5日"},
    "short": {"p1-stem": "怎样告知", "p1-answer": "书面告知", "p1-points": "书面（40%）\n告知（60%）"},
    "document": {"p1-stem": "找出错误", "p1-markup": "告知书\n限{三日=>五日}内申请听证。"},
    "group": {
        "stem": "某店占道经营。", "parts": "2", "p1-kind": "single", **OPTIONS, "p1-stem": "期限", "p1-key": "2",
        "p2-kind": "judge", "p2-stem": "可以罚款", "p2-answer": "F", "p2-basis": BASIS,
    },
}  # fmt: skip


@pytest.fixture
def belongs(law):
    """The fields beside the text."""
    return {"domain": DomainFactory().pk, "difficulty": "2", "origin": "自编", "parts": "1", "p1-basis": BASIS}


@pytest.fixture
def question(law, member):
    return create_question(single(basis=BASIS), by=member("lin"), domain=DomainFactory())


def sent(question: Question, **changed: str) -> dict[str, str]:
    """The form of the question as a browser would send it."""
    part = question.newest.content.parts[0]
    options = {f"p1-option-{n}": text for n, text in enumerate(part.options, 1)}
    belongs = {"domain": question.domain_id, "difficulty": question.difficulty, "origin": question.origin}
    text = {"p1-stem": part.stem, "p1-key": "2", "p1-basis": part.basis, "p1-count": len(part.options)}
    seen = {"seen": question.newest.version_no, "parts": "1"}
    return belongs | text | options | seen | {name.replace("_", "-"): value for name, value in changed.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_every_kind_is_written_and_opens_again_as_it_was(kind, belongs, at_desk):
    client = at_desk("lin")
    answer = client.post(f"{NEW}/{kind}/", belongs | KINDS[kind])
    question = Question.objects.select_related("newest").get()
    assert answer["Location"] == f"/admin/questions/{question.pk}/"
    assert question.kind == kind and question.author.username == "lin"
    page = client.get(f"/admin/questions/{question.pk}/edit/")
    assert page.context["typed"].seen == 1
    assert question.newest.content.parts[0].stem in page.content.decode()
    assert client.get(answer["Location"]).status_code == 200


def test_what_is_refused_comes_back_as_it_was_typed(belongs, at_desk):
    """Nothing typed is lost: a wrong item, a missing key and no domain together."""
    typed = {**belongs, **KINDS["single"], "domain": "", "items": ["不存在的事项"]} | {"p1-key": ""}
    page = at_desk("lin").post(f"{NEW}/single/", typed)
    html = page.content.decode()
    assert page.status_code == 422
    for kept in ("听证期限", 'value="三日"', 'value="五日"', BASIS, "不存在的事项"):
        assert kept in html
    for told in ('href="#id_p1-key"', 'href="#id_domain"', 'href="#id_items"'):
        assert told in html
    assert html.count("没有这些赋权事项") == 2  # in the summary and beside the field
    assert not Question.objects.exists()


def test_a_problem_is_told_beside_its_field_and_nowhere_else(belongs, at_desk):
    html = at_desk("lin").post(f"{NEW}/judge/", belongs | KINDS["judge"] | {"p1-answer": ""}).content.decode()
    assert html.count("没有答案") == 2
    assert html.count("is-wrong") == 1


def test_options_are_added_and_removed_without_a_script(belongs, at_desk):
    client = at_desk("lin")
    page = client.post(f"{NEW}/single/", belongs | KINDS["single"] | {"do": "add-option:1"})
    assert page.status_code == 200
    assert len(page.context["typed"].parts[0].options) == 5
    page = client.post(f"{NEW}/single/", belongs | KINDS["single"] | {"do": "drop-option:1:1"})
    assert page.context["typed"].parts[0].options == ("五日", "", "")
    assert page.context["typed"].parts[0].ticked == {1}
    assert not Question.objects.exists()


def test_items_are_chosen_by_the_line_of_the_list_or_by_code_or_name(belongs, at_desk):
    items = [PowerItemFactory(name=f"占道第{n}种") for n in range(3)]
    lines = [f"占道第0种 {items[0].code}", items[1].code, "占道第2种", ""]
    at_desk("lin").post(f"{NEW}/judge/", belongs | KINDS["judge"] | {"items": lines})
    assert set(Question.objects.get().items.all()) == set(items)


def test_the_same_stem_is_refused_and_named(question, belongs, at_desk):
    """Peers 44: the same stem silently overwrote the older question."""
    same = {"p1-stem": "当事人要求听证的期限", "p1-count": "4", "p1-key": "1"}
    options = {f"p1-option-{n}": text for n, text in enumerate(("三日", "五日", "七日", "十日"), 1)}
    page = at_desk("lin").post(f"{NEW}/single/", belongs | same | options)
    assert question.code in page.content.decode()
    assert Question.objects.count() == 1


def test_special_characters_survive_every_save(question, at_desk):
    """Peers 42: special characters were encoded once more at every save."""
    client, text = at_desk("lin"), "罚款<b>不低于</b>&amp; \"5%\" 'x' \\n {a} ＜5＞"
    for turn in ("一", "二"):
        question.refresh_from_db()
        client.post(f"/admin/questions/{question.pk}/edit/", sent(question, p1_stem=text, p1_explanation=turn))
    question.refresh_from_db()
    assert question.newest.version_no == 3
    assert question.newest.content.parts[0].stem == text
    page = client.get(f"/admin/questions/{question.pk}/edit/").content.decode()
    assert "&lt;b&gt;不低于&lt;/b&gt;&amp;amp;" in page


def test_a_text_of_any_length_is_kept(belongs, at_desk):
    """Peers 43: long text failed."""
    at_desk("lin").post(
        f"{NEW}/judge/", belongs | KINDS["judge"] | {"p1-stem": "长" * 20_000, "p1-explanation": "a\r\nb"}
    )
    part = Question.objects.select_related("newest").get().newest.content.parts[0]
    assert (len(part.stem), part.explanation) == (20_000, "a\nb")


def test_of_two_editors_the_second_sees_both_texts_and_saves_on_purpose(question, at_desk, member):
    client = at_desk("lin")
    form = sent(question, p1_stem="我写的题干")
    revise_question(question, single("对方写的题干", basis=BASIS), by=member("song"))
    page = client.post(f"/admin/questions/{question.pk}/edit/", form)
    html = page.content.decode()
    assert page.status_code == 409
    assert "对方写的题干" in "".join(
        piece.text for one in page.context["theirs"] for row in one.rows for piece in row.old
    )
    assert "我写的题干" in html and "song" in html
    assert question.versions.count() == 2
    client.post(f"/admin/questions/{question.pk}/edit/", form | {"seen": page.context["typed"].seen})
    question.refresh_from_db()
    assert question.newest.title == "我写的题干"
    assert question.versions.count() == 3


def test_changing_where_it_belongs_makes_no_version(question, at_desk):
    at_desk("lin").post(f"/admin/questions/{question.pk}/edit/", sent(question, difficulty="5"))
    question.refresh_from_db()
    assert (question.difficulty, question.versions.count()) == (5, 1)


def test_the_basis_is_looked_up_while_it_is_typed(law, at_desk):
    basis = f"{BASIS}；《没有的办法》第一条；《江城区市容管理办法》第九十九条；《江城区市容管理办法》"
    html = at_desk("lin").post("/admin/questions/basis/", {"basis": basis}).content.decode()
    assert "听证期限为五日。" in html
    assert html.count("没有对应的条文") == 3
    assert not Question.objects.exists()


def test_the_preview_shows_no_key(question, at_desk):
    """Neither the page of what is saved nor that of what is being typed tells what is right."""
    client = at_desk("lin")
    saved = client.get(f"/admin/questions/{question.pk}/preview/")
    form = sent(question, p1_explanation="因为第六十四条", p1_stem="预览的题干")
    typed = client.post(f"{NEW}/single/preview/", form).content.decode()
    assert saved.status_code == 200
    assert "预览的题干" in typed and "五日" in typed
    for secret in ("因为第六十四条", BASIS, "checked", "正确"):
        assert secret not in typed
    assert question.versions.count() == 1


def test_a_faulty_document_is_previewed_with_its_errors_as_served(belongs, at_desk):
    html = at_desk("lin").post(f"{NEW}/document/preview/", belongs | KINDS["document"]).content.decode()
    assert "限三日内申请听证。" in html
    assert "五日" not in html


def test_an_unfinished_text_is_previewed_too(at_desk):
    assert at_desk("lin").post(f"{NEW}/group/preview/", {"parts": "1", "p1-kind": "fill"}).status_code == 200


def test_there_is_no_form_for_a_kind_that_does_not_exist(at_desk):
    client = at_desk("lin")
    assert client.get(f"{NEW}/essay/").status_code == 404
    assert client.post(f"{NEW}/essay/preview/").status_code == 404


def test_a_sub_question_without_a_key_is_named_by_its_number(belongs, at_desk):
    """Peers 43: an option without "is correct" was taken and crashed in the exam."""
    page = at_desk("lin").post(f"{NEW}/group/", belongs | KINDS["group"] | {"p2-answer": ""})
    assert "第 2 小题：没有答案" in page.content.decode()


def test_a_version_is_kept_as_a_group_of_parts(belongs, at_desk):
    at_desk("lin").post(f"{NEW}/group/", belongs | KINDS["group"])
    content = Question.objects.select_related("newest").get().newest.content
    assert content == Content(
        Kind.GROUP,
        (
            Part(Kind.SINGLE, "期限", ("三日", "五日"), "B", basis=BASIS),
            Part(Kind.JUDGE, "可以罚款", key="F", basis=BASIS),
        ),
        "某店占道经营。",
    )
