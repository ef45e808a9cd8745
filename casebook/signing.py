"""The steps to the public in the Wagtail admin: one page each that says what it means, and asks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from casebook import actions
from casebook.models import Case
from casebook.permissions import can_edit_cases, can_publish, can_sign
from people.models import User


@dataclass(frozen=True)
class Step:
    """One verb: who may take it on this case, what it does, what the person vouches for."""

    name: str
    label: str
    meaning: str
    allowed: Callable[[User | AnonymousUser, Case], bool]
    due: Callable[[Case], bool]
    act: Callable[..., Case]


STEPS = (
    Step(
        "confirm",
        "确认匿名",
        "我已逐项核对：没有自然人姓名、证件号、电话、门牌、车牌、账号，没有未成年人线索，日期只到月，地点只到路段。",
        lambda user, case: can_edit_cases(user),
        lambda case: not case.is_signed,
        lambda case, by: actions.confirm_anonymised(case, by=by, level=case.anonymity),
    ),
    Step(
        "sign",
        "审签",
        "我不是匿名处理人，已审阅事实、程序、裁量、法律适用和匿名情况，同意公开。",
        can_sign,
        lambda case: case.anonymised_by_id is not None and not case.is_signed,
        lambda case, by: actions.sign(case, by=by),
    ),
    Step(
        "publish",
        "发布",
        "审签的内容将公开在案例库中，并可以被搜索到。",
        lambda user, case: can_publish(user),
        lambda case: case.is_signed and (not case.live or case.has_unpublished_changes),
        lambda case, by: actions.publish(case, by=by),
    ),
)


def steps_open_to(user: User | AnonymousUser, case: Case) -> list[tuple[str, str]]:
    """(label, address) of what this person can do with the case now."""
    latest = case.get_latest_revision_as_object()
    open_steps = [step for step in STEPS if step.due(latest) and step.allowed(user, latest)]
    return [(step.label, reverse("casebook_step", args=[case.pk, step.name])) for step in open_steps]


def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Asks on GET, acts on POST; errors come back as a message on the form."""
    step = next((step for step in STEPS if step.name == name), None)
    if step is None:
        raise Http404("没有这个步骤")
    case = get_object_or_404(Case, pk=pk).get_latest_revision_as_object()
    if not step.allowed(request.user, case):
        raise PermissionDenied(f"您没有权限{step.label}该案例。")
    edit = reverse(Case.snippet_viewset.get_url_name("edit"), args=[pk])
    if request.method != "POST":
        return render(request, "casebook/admin/step.html", {"step": step, "case": case, "edit_url": edit})
    try:
        step.act(case, by=request.user)
        messages.success(request, f"已{step.label}：{case.title}")
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    return redirect(edit)


urlpatterns = [path("cases/<int:pk>/<slug:name>/", take_step, name="casebook_step")]
