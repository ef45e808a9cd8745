"""The questions people ask of the case library, each named once."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import WorkflowState

from casebook.models.workflow import Stage, task_types
from kb.models import Citation, PowerItem, Provision, Regulation, RegulationVersion
from kb.validity import valid_on

INTERNAL = "C"  # Case.Anonymity.INTERNAL
UNDER_WAY = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
# Whose change makes a case history; procedure and remarks in the text do not.
STANDING_FIELDS = ("duty_basis", "penalty_basis", "discretion_basis")


class CaseQuerySet(models.QuerySet):
    def published(self) -> "CaseQuerySet":
        """What the public may read: what is released, but for the staff's own."""
        return self.released().exclude(anonymity=INTERNAL)

    def released(self) -> "CaseQuerySet":
        """Live, not taken down, anonymised, signed by a second person; level C among them."""
        return self.filter(live=True, withdrawn_at__isnull=True, anonymised_by__isnull=False, signed_by__isnull=False)

    def at_stage(self, *stages: Stage) -> "CaseQuerySet":
        """Cases at these steps of the review."""
        states = self._workflow_states()
        running = states.filter(
            status=WorkflowState.STATUS_IN_PROGRESS, current_task_state__task__content_type__in=task_types(*stages)
        )
        returned = states.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        wanted = Exists(running) | Exists(returned) if Stage.RETURNED in stages else Exists(running)
        return self.filter(wanted)

    def in_hand(self) -> "CaseQuerySet":
        """Cases that are neither under review nor returned: with their editors."""
        return self.filter(~Exists(self._workflow_states().filter(status__in=UNDER_WAY)))

    def _workflow_states(self) -> models.QuerySet:
        """Workflow states of the outer case; they know it by text."""
        return WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            object_id=Cast(OuterRef("pk"), models.CharField()),
        )

    def for_lists(self) -> "CaseQuerySet":
        """With everything a case card shows."""
        return self.select_related("domain", "street").prefetch_related("replacements").with_standing()

    def for_item(self, item: PowerItem) -> "CaseQuerySet":
        return self.filter(case_items__item=item)

    def citing(self, regulation: Regulation, article_key: str = "") -> "CaseQuerySet":
        """Cases that cite the regulation, or one article of it."""
        wanted = Citation.objects.resolved().filter(regulation=regulation, source_id=OuterRef("pk"))
        if article_key:
            wanted = wanted.filter(article_key=article_key)
        return self.filter(Exists(wanted.filter(source_type=ContentType.objects.get_for_model(self.model))))

    def on_current_law(self, on: dt.date | None = None) -> "CaseQuerySet":
        """Cases whose basis still reads as on the day of the decision."""
        return self.filter(~Exists(self._changed_basis(on)))

    def on_changed_law(self, on: dt.date | None = None) -> "CaseQuerySet":
        """Cases to be read as history: 依据已变更."""
        return self.filter(Exists(self._changed_basis(on)))

    def with_standing(self, on: dt.date | None = None) -> "CaseQuerySet":
        """Annotates `basis_changed`, the one rule behind every badge 依据已变更."""
        return self.annotate(basis_changed=Exists(self._changed_basis(on)))

    def _changed_basis(self, on: dt.date | None) -> models.QuerySet:
        """Basis citations in force on the day of the decision whose law ended or whose 条 reads differently now."""
        on = on or timezone.localdate()
        basis = Citation.objects.resolved().filter(
            source_type=ContentType.objects.get_for_model(self.model),
            source_id=OuterRef("pk"),
            field_name__in=STANDING_FIELDS,
            regulation__isnull=False,
        )
        then = _versions(_covers(OuterRef(OuterRef("decided_on"))), OuterRef("regulation_id"))
        now = _versions(valid_on(on, "effective_from", "effective_to"), OuterRef("regulation_id"))
        return basis.filter(Exists(then)).filter(~Exists(now) | Exists(_reworded(on)))


def _versions(covering: Q, regulation: OuterRef) -> models.QuerySet:
    return RegulationVersion.objects.filter(covering, regulation_id=regulation, live=True).exclude(
        kind=RegulationVersion.Kind.REPEAL
    )


def _reworded(on: dt.date) -> models.QuerySet:
    """Provisions of the cited 条 in force now that had another wording on the day of the decision."""
    before = Provision.objects.filter(
        _covers(OuterRef(OuterRef(OuterRef("decided_on"))), "version__"),
        version__regulation_id=OuterRef(OuterRef("regulation_id")),
        version__live=True,
        key=OuterRef("key"),
    ).exclude(text=OuterRef("text"))
    return Provision.objects.filter(
        valid_on(on, "version__effective_from", "version__effective_to"),
        Exists(before),
        version__regulation_id=OuterRef("regulation_id"),
        version__live=True,
        article_key=OuterRef("article_key"),
    )


def _covers(day: OuterRef, prefix: str = "") -> Q:
    """Versions in force on a day that is a column of an outer query."""
    started = Q(**{f"{prefix}effective_from__lte": day})
    open_end = Q(**{f"{prefix}effective_to__isnull": True}) | Q(**{f"{prefix}effective_to__gt": day})
    return started & open_end
