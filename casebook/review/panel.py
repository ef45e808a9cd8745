"""On the form of a case: where it stands, what can be done, what reviewers remarked."""

from wagtail.admin.panels import HelpPanel

from casebook.models.workflow import Stage, stage_of
from casebook.review.comments import threads_of
from casebook.review.steps import ON_THE_WAY, steps_open_to


class ReviewPanel(HelpPanel):
    """The steps open to the person at the form, the last return, the open remarks."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            case = self.instance
            if case.pk is None:
                return {**context, "stored": False}
            return {**context, **_of_case(case, self.request.user)}


def _of_case(case, user) -> dict:
    stage = stage_of(case)
    threads = [thread for thread in threads_of(case) if thread.is_open]
    return {
        "stored": True,
        "case": case,
        "stage": stage,
        "returned": returned_by(case) if stage == Stage.RETURNED else None,
        "steps": steps_open_to(user, case, ON_THE_WAY),
        "threads": threads,
    }


def returned_by(case):
    """The task state with the remark of the last return."""
    state = case.current_workflow_state
    return state.current_task_state if state else None
