"""The bank on the pages of the apps below. The public is told how many questions there are, and never what they say."""

from django.db.models import Count
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from exams.bank.listing import resting_on
from exams.models import Question
from exams.permissions import can_practise, can_read_bank
from kb.lookup import Resolved
from kb.models import PowerItem, Regulation

SHOWN = 20


def questions_of_item(request: HttpRequest | None, item: PowerItem) -> str:
    """On an item's page: how many questions, by difficulty, and the way to practise them."""
    usable = Question.objects.drawable().filter(items=item).order_by()
    counts = dict(usable.values_list("difficulty").annotate(n=Count("pk")).order_by("difficulty"))
    if not counts:
        return ""
    context = {"counts": counts.items(), "total": sum(counts.values()), "practice": _practice(request, item)}
    return render_to_string("exams/bank/item_panel.html", context)


def questions_on_law(request: HttpRequest | None, regulation: Regulation) -> str:
    """On a law's page, for who reads the bank: the questions that rest on it, those overtaken first."""
    if request is None or not can_read_bank(request.user):
        return ""
    questions = resting_on(Question.objects.all(), regulation)
    counts = dict(questions.order_by().values_list("status").annotate(n=Count("pk")))
    if not counts:
        return ""
    address = reverse("exams_bank") + "?" + urlencode({"law": regulation.pk})
    groups = [(Question.Status(status).label, n, f"{address}&status={status}") for status, n in counts.items()]
    affected = questions.filter(status=Question.Status.NEEDS_REVIEW).select_related("newest")
    context = {"groups": groups, "affected": affected[:SHOWN], "address": address, "total": sum(counts.values())}
    return render_to_string("exams/bank/law_panel.html", context)


def questions_on_provision(request: HttpRequest | None, resolved: Resolved) -> str:
    """On a provision's page, for who reads the bank: the questions that rest on it or on a part of it."""
    if request is None or not can_read_bank(request.user):
        return ""
    questions = resting_on(Question.objects.select_related("newest"), resolved.regulation, (resolved.key,))
    shown = list(questions.order_by("code")[: SHOWN + 1])
    if not shown:
        return ""
    address = reverse("exams_bank") + "?" + urlencode({"law": resolved.regulation.pk})
    context = {"questions": shown[:SHOWN], "more": len(shown) > SHOWN, "address": address}
    return render_to_string("exams/bank/provision_panel.html", context)


def _practice(request: HttpRequest | None, item: PowerItem) -> str:
    """The address of practising the item's questions, for who may practise."""
    if request is None or not can_practise(request.user):
        return ""
    return f"{reverse('exams:practice')}?{urlencode({'item': item.code})}"
