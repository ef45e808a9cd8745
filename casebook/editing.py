"""The form of a case in the Wagtail admin: whose it is, who may change it when, and what becomes of a second save."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.locks import WorkflowLock
from wagtail.models import Revision
from wagtail.snippets.views.snippets import CreateView, EditView, UnpublishView

from casebook import actions
from casebook.intake.proposals import next_case_no
from casebook.models import Case
from casebook.models.queries import CaseQuerySet
from casebook.permissions import (
    can_delete_case,
    can_edit_case,
    can_edit_cases,
    can_publish_cases,
    can_see_case,
    visible_cases,
)
from people.models import User
from people.policies import AskedPolicy


class CasePolicy(AskedPolicy):
    """Wagtail's questions about one case, answered for that case and not for all of them."""

    def user_has_permission_for_instance(self, user: User, action: str, instance: Case) -> bool:
        # `change` opens the form; whether it may be saved, the lock says (CaseEditView)
        asked = {"delete": can_delete_case, "change": can_see_case, "view": can_see_case}
        if action == "publish":
            return can_publish_cases(user)
        return asked.get(action, can_edit_case)(user, instance)

    def instances_user_has_any_permission_for(self, user: User, actions: list[str]) -> CaseQuerySet:
        """What Wagtail's reports and lists may name."""
        return visible_cases(user)


class CaseForm(WagtailAdminModelForm):
    """A street's editor writes for the own street."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user and "street" in self.fields and not can_edit_cases(self.for_user):
            self.fields["street"].disabled = True
            self.initial["street"] = self.instance.street_id or self.for_user.unit_id


class EditorsLock(WorkflowLock):
    """Read-only for who may look at the case but not change it, while no step of the review locks it."""

    def __init__(self, case: Case) -> None:
        super().__init__(case, task=None)

    def for_user(self, user: User) -> bool:
        return not can_edit_case(user, self.object)

    def get_message(self, user: User) -> str | None:
        return "您可以查看案例、提审核意见；内容由编辑人员修改。" if self.for_user(user) else None

    def get_locked_by(self, user: User, can_lock: bool = False) -> str:
        return "未锁定"

    def get_description(self, user: User, can_lock: bool = False) -> str:
        return "编辑人员可以修改；锁定后只有您可以修改" if can_lock else "由编辑人员修改"


class CaseCreateView(CreateView):
    """Only what a draft cannot be without. The text is typed on the draft's own form, which saves itself.

    A form without a domain could not save itself, and a long text typed into it would be lost with the browser.
    """

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False  # nothing is typed here that could be lost

    def get_panel(self):
        beginning = [HelpPanel("<p>保存以后在下一页写正文；正文每隔几秒自动保存。</p>")]
        beginning += [FieldPanel(name) for name in ("title", "case_no", "kind", "domain", "street")]
        return ObjectList(beginning, base_form_class=CaseForm).bind_to_model(Case)

    def get_form_class(self):
        return self.panel.get_form_class()  # not the form of all fields that the view set passes in

    def get_initial_form_instance(self) -> Case:
        return Case(case_no=next_case_no())

    def get_success_url(self) -> str:
        return self.get_edit_url()

    def save_instance(self) -> Case:
        self.form.instance.author = self.request.user
        return super().save_instance()

    def submit_action(self) -> HttpResponse | None:
        return _submit(self.request, self.object)


class CaseEditView(EditView):
    """Nobody's save undoes another person's: a form that is out of date leads to the page of both texts."""

    def get_lock(self):
        return super().get_lock() or EditorsLock(self.object)

    def form_valid(self, form) -> HttpResponse:
        if self.is_out_of_date and not self.expects_json_response:
            kept = actions.keep_aside(form.save(commit=False), by=self.request.user)
            return redirect(f"{reverse('casebook_merge', args=[self.object.pk, kept.pk])}?base={self._base_id()}")
        return super().form_valid(form)

    def submit_action(self) -> HttpResponse | None:
        return _submit(self.request, self.object)

    def workflow_action_action(self) -> HttpResponse | None:
        """Approving asks for the checklist, which is on the review page."""
        return redirect("casebook_review", self.object.pk)

    def _base_id(self) -> int | str:
        """The revision that both texts began from; nothing when another person's autosave has overwritten it."""
        sent = self.request.POST
        if own := sent.get("overwrite_revision_id"):
            return own
        loaded = Revision.objects.filter(pk=sent.get("loaded_revision_id") or None).first()
        untouched = loaded and loaded.created_at.isoformat() == sent.get("loaded_revision_created_at")
        return loaded.pk if loaded and untouched else ""


class CaseUnpublishView(UnpublishView):
    """Wagtail's own way off the site asks for no reason: ours does."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return redirect("casebook_step", kwargs["pk"], "withdraw")


def _submit(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Wagtail's 送审 button, by the one verb there is. What was typed is saved by now."""
    try:
        actions.submit(case, by=cast(User, request.user))
    except (ValidationError, PermissionDenied) as refusal:
        said = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        messages.warning(request, f"内容已保存，但没有送审：{'；'.join(said)}")
        return redirect(Case.snippet_viewset.get_url_name("edit"), case.pk)
    return None


def guarded(view):
    """Any admin page of a case, for those who may see this case; a verb's refusal becomes a message."""

    def guard(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        pk = kwargs.get("pk", args[0] if args else None)
        if pk is not None and not can_see_case(request.user, get_object_or_404(Case, pk=pk)):
            raise PermissionDenied("您没有权限查看该案例的底稿。")
        try:
            return view(request, *args, **kwargs)
        except ValidationError as refusal:
            messages.error(request, "；".join(refusal.messages))
            return redirect("casebook_review", pk)

    guard.view_class = getattr(view, "view_class", None)  # type: ignore[attr-defined]  # Wagtail looks at it
    return guard
