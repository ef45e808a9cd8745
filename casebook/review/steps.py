"""The steps of a case in the Wagtail admin: one page each that says what it means, and asks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from casebook import actions
from casebook.models import Case
from casebook.models.workflow import Stage, stage_of
from casebook.permissions import (
    Asker,
    can_cancel_review,
    can_confirm_anonymised,
    can_publish,
    can_see_case,
    can_send_back,
    can_sign,
    can_submit,
    can_withdraw,
)


@dataclass(frozen=True)
class Step:
    """One verb: who may take it now, what it does, what the person vouches for or has to write."""

    name: str
    label: str
    meaning: str
    open_to: Callable[[Asker, Case], bool]
    act: Callable[..., object]
    writes: str = ""  # label of the text that is asked for
    must_write: bool = False
    serious: bool = False


STEPS = (
    Step(
        "confirm",
        "确认匿名",
        "我已逐项核对：没有自然人姓名、证件号、电话、门牌、车牌、账号，没有未成年人线索，日期只到月，地点只到路段。",
        lambda user, case: can_confirm_anonymised(user, case) and not case.is_anonymised,
        lambda case, by, text: actions.confirm_anonymised(case, by=by, level=case.anonymity),
    ),
    Step(
        "submit",
        "送审",
        "案例交法制审核员审核。审核期间由审核人修改，您可以查看、回复意见，也可以撤回送审。",
        lambda user, case: can_submit(user, case) and case.is_anonymised and not case.is_public_as_is,
        lambda case, by, text: actions.submit(case, by=by),
    ),
    Step(
        "sign",
        "审签",
        "我不是撰稿人，也不是匿名处理人；已审阅事实、程序、裁量、法律适用和匿名情况，审核清单逐项符合，同意发布。",
        can_sign,
        lambda case, by, text: actions.sign(case, by=by, remark=text),
        writes="给主编的说明（可不填）",
    ),
    Step(
        "publish",
        "发布",
        "审签的内容将在案例库中公开，并可以被搜索到；C 级案例只有登录的工作人员可以看到。",
        can_publish,
        lambda case, by, text: actions.publish(case, by=by, remark=text),
    ),
    Step(
        "return",
        "退回修改",
        "案例退回撰稿人和编辑修改，改好后可以再次送审。",
        can_send_back,
        lambda case, by, text: actions.send_back(case, by=by, remark=text),
        writes="退回的理由",
        must_write=True,
    ),
    Step(
        "cancel",
        "撤回送审",
        "结束这次审核，案例回到草稿；以后送审从法制审核重新开始。",
        can_cancel_review,
        lambda case, by, text: actions.cancel_review(case, by=by),
    ),
    Step(
        "withdraw",
        "撤下",
        "案例页面立即只显示“已撤下”，搜索和以后的导出不再包含它；已印发的汇编文件不变，目录注明已撤下。"
        "公开的处罚决定被变更、撤销、确认违法或者无效的，应当在三日内撤回并说明理由（行政处罚法第四十八条）。"
        "重新公开须再经确认匿名、送审、审签。",
        lambda user, case: can_withdraw(user) and Case.objects.released().filter(pk=case.pk).exists(),
        lambda case, by, text: actions.withdraw(case, by=by, reason=text),
        writes="撤下的理由（记入操作记录，不公开）",
        must_write=True,
        serious=True,
    ),
)
ON_THE_WAY = ("confirm", "submit", "cancel")


def steps_open_to(user: Asker, case: Case, names: tuple[str, ...] = ()) -> list[Step]:
    """What this person can do with the case now; `names` limits it."""
    latest = case.get_latest_revision_as_object()
    return [step for step in STEPS if (not names or step.name in names) and step.open_to(user, latest)]


def address(case: Case, name: str) -> str:
    return reverse("casebook_step", args=[case.pk, name])


def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Asks on GET, acts on POST; errors come back on the form, with what was written."""
    step = next((step for step in STEPS if step.name == name), None)
    if step is None:
        raise Http404("没有这个步骤")
    case = get_object_or_404(Case, pk=pk).get_latest_revision_as_object()
    if not step.open_to(request.user, case):
        return _refused(request, step, case)
    text = request.POST.get("text", "")
    if request.method != "POST":
        return _ask(request, step, case)
    try:
        step.act(case, request.user, text)
    except ValidationError as refusal:
        return _ask(request, step, case, text, refusal.messages)
    messages.success(request, f"已{step.label}：{case}")
    return redirect("casebook_review", pk)


def _ask(request: HttpRequest, step: Step, case: Case, text: str = "", problems: list[str] | None = None):
    context = {"step": step, "case": case, "text": text, "problems": problems or []}
    return render(request, "casebook/admin/step.html", context, status=422 if problems else 200)


def _refused(request: HttpRequest, step: Step, case: Case) -> HttpResponse:
    """Somebody else took the step first, or it is not this person's."""
    if not can_see_case(request.user, case):
        raise PermissionDenied(f"您没有权限{step.label}该案例。")
    where = stage_of(case)
    now = f"案例现在处于“{where.label}”" if where != Stage.DRAFT else "案例现在没有在审核"
    messages.error(request, f"不能{step.label}：{now}，或者这一步不由您办理。")
    return redirect("casebook_review", case.pk)


urlpatterns = [path("cases/<int:pk>/step/<slug:name>/", take_step, name="casebook_step")]
