"""案例审核: legal review, then the chief editor. The tasks ask `casebook.permissions` and call `casebook.actions`."""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from wagtail.models import Task, TaskState, Workflow, WorkflowContentType, WorkflowState, WorkflowTask

from people.models import User

WORKFLOW_NAME = "案例审核"


class Stage(models.TextChoices):
    """Where a case stands on its way; the draft has no workflow or a finished one."""

    DRAFT = "draft", "编写"
    LEGAL = "legal", "法制审核"
    CHIEF = "chief", "主编审定"
    RETURNED = "returned", "已退回"

    @property
    def in_review(self) -> bool:
        return self in (Stage.LEGAL, Stage.CHIEF)


class CaseTask(Task):
    """A step of the review. What is done at it is a verb of `casebook.actions`, whoever calls."""

    stage: Stage
    approving: str

    class Meta:
        abstract = True

    def get_actions(self, obj, user: User) -> list[tuple[str, str, bool]]:
        """(name, label, asks for a remark) of what this person may do with the case at this step."""
        from casebook import permissions  # it needs the models loaded

        back = [("reject", "退回修改", True)] if permissions.can_send_back(user, obj) else []
        return back + ([("approve", self.approving, False)] if self.may_approve(user, obj) else [])

    def may_approve(self, user: User, case) -> bool:
        raise NotImplementedError

    def locked_for_user(self, obj, user: User) -> bool:
        from casebook import permissions

        return not permissions.can_edit_case(user, obj)

    def user_can_access_editor(self, obj, user: User) -> bool:
        return not self.locked_for_user(obj, user)

    user_can_lock = user_can_access_editor

    def get_task_states_user_can_moderate(self, user: User, **kwargs) -> QuerySet[TaskState]:
        """Wagtail's own panel of tasks stays empty: ours (`casebook.waiting`) leaves out one's own cases."""
        return TaskState.objects.none()


class LegalReviewTask(CaseTask):
    """法制审核: a reviewer who neither wrote nor anonymised the case answers the checklist and signs."""

    stage = Stage.LEGAL
    approving = "审签"

    class Meta:
        verbose_name = verbose_name_plural = "法制审核"
        db_table = "casebook_legal_task"

    def may_approve(self, user: User, case) -> bool:
        from casebook import permissions

        return permissions.can_sign(user, case)

    def on_action(self, task_state: TaskState, user: User, action_name: str, comment: str = "", **kwargs) -> None:
        from casebook import actions

        verb = {"approve": actions.sign, "reject": actions.send_back}[action_name]
        verb(task_state.workflow_state.content_object, by=user, remark=comment)


class ChiefEditorTask(CaseTask):
    """主编审定: the chief editor publishes what was signed by somebody else."""

    stage = Stage.CHIEF
    approving = "发布"

    class Meta:
        verbose_name = verbose_name_plural = "主编审定"
        db_table = "casebook_chief_task"

    def may_approve(self, user: User, case) -> bool:
        from casebook import permissions

        return permissions.can_publish(user, case)

    def on_action(self, task_state: TaskState, user: User, action_name: str, comment: str = "", **kwargs) -> None:
        from casebook import actions

        verb = {"approve": actions.publish, "reject": actions.send_back}[action_name]
        verb(task_state.workflow_state.content_object, by=user, remark=comment)


TASKS = (LegalReviewTask, ChiefEditorTask)


def review_workflow() -> Workflow:
    """The workflow of cases; made when it is first asked for, so that a new site needs no set-up."""
    from casebook.models.case import Case

    content_type = ContentType.objects.get_for_model(Case)
    found = WorkflowContentType.objects.filter(content_type=content_type).select_related("workflow").first()
    if found:
        return found.workflow
    try:
        return _make_workflow(content_type)
    except IntegrityError:  # another process was faster
        return WorkflowContentType.objects.get(content_type=content_type).workflow


@transaction.atomic
def _make_workflow(content_type: ContentType) -> Workflow:
    workflow = Workflow.objects.create(name=WORKFLOW_NAME)
    for order, kind in enumerate(TASKS):
        task = kind.objects.create(name=kind.stage.label)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowContentType.objects.create(content_type=content_type, workflow=workflow)
    return workflow


def stage_of(case) -> Stage:
    """One query; none of a case that is not stored."""
    state = case.current_workflow_state if case.pk else None
    if state is None or state.current_task_state is None:
        return Stage.DRAFT
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Stage.RETURNED
    return state.current_task_state.task.specific_class.stage


def task_types(*stages: Stage) -> list[ContentType]:
    """Content types of the tasks of these stages, for queries."""
    return [ContentType.objects.get_for_model(kind) for kind in TASKS if kind.stage in stages]
