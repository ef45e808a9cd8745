"""Questions of procedure lead to the provision that answers them."""

import pytest

from search.lexicon import Law, Lexicon
from search.query import ANSWERING, understand
from search.questions import _questions

NAMES = ("行政处罚法", "行政强制法", "行政复议法", "行政诉讼法")
LEXICON = Lexicon.of([*((name, Law(name, name)) for name in NAMES), ("处罚法", Law("行政处罚法", "行政处罚法"))], [])


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        ("处罚时效几年", "行政处罚法#36"),
        ("什么情况可以当场处罚", "行政处罚法#51"),
        ("查封扣押期限", "行政强制法#25"),
        ("几个人执法 要不要出示证件", "行政处罚法#42"),
        ("几个人执法 要不要出示证件", "行政处罚法#55"),
        ("處罰時效幾年", "行政处罚法#36"),
    ],
)
def test_a_question_leads_to_its_provision(text, provision):
    assert understand(text, LEXICON).exact[f"article:{provision}"] == ANSWERING


@pytest.mark.parametrize("text", ["占道经营怎么罚", "查封违法建设施工现场", "听证", "处罚法33条 听证几天"])
def test_what_is_no_such_question_leads_nowhere(text):
    assert not [step for step in understand(text, LEXICON).steps if step.name == "常问"]


def test_a_law_the_site_lacks_answers_nothing():
    assert ANSWERING not in understand("处罚时效几年", Lexicon()).exact.values()


def test_every_question_names_a_known_law_and_an_article():
    assert {question.law for question in _questions()} <= set(NAMES)
    assert all(question.key.isdigit() and question.groups for question in _questions())
