"""Verbs of a contest between streets."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from exams.models import ContestRule, Exam
from exams.permissions import can_hold_exams, require
from people import audit
from people.models import User


@transaction.atomic
def set_contest_rule(exam: Exam, values: dict[str, Any], *, by: User) -> ContestRule:
    """How its streets are ranked. Raises ValidationError once the results are published."""
    require(can_hold_exams(by), "修改大比武的排名规则")
    if exam.results_published_at is not None:
        raise ValidationError("成绩已经公布，排名规则不能再改。")
    rule, _ = ContestRule.objects.update_or_create(exam=exam, defaults=values)
    detail = "，".join(f"{name}={value}" for name, value in values.items())
    audit.record(by=by, verb="设定大比武排名规则", target=exam, detail=detail)
    return rule
