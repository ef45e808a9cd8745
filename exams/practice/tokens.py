"""The token of one showing of a question: signed, for one person, good for a day.

An answer carries it back, so that the answer belongs to the version that was shown, the same post twice is one answer,
and an answer from a page that another tab has overtaken is known as such.
"""

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from exams.models import Question
from exams.models.practice import new_token
from people.models import User

SALT = "exams.practice"
GOOD_FOR = dt.timedelta(days=1)


class StaleToken(ValueError):
    """No token of ours, another person's, or too old; in words for the person."""


@dataclass(frozen=True)
class Shown:
    """That a version of a question was shown at a moment; `code` is unique to the showing."""

    code: str
    question_id: int
    version_id: int
    at: dt.datetime


def make_token(question: Question, user: User) -> str:
    """For the question in the version that is in use."""
    values = [new_token(), user.pk, question.pk, question.current_id, timezone.now().timestamp()]
    return signing.dumps(values, salt=SALT)


def read_token(token: str, user: User) -> Shown:
    """Raises StaleToken."""
    try:
        code, person, question, version, at = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise StaleToken("这一页打开得太久或者已经失效；请重新作答。") from error
    if person != user.pk:
        raise StaleToken("这一页是用另一个账号打开的；请重新作答。")
    return Shown(code, question, version, dt.datetime.fromtimestamp(at, dt.UTC))
