from typing import cast

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from content.dashboard import add_waiting
from kb import models
from kb.admin import citation_queue, regulation_upload
from kb.admin.choosers import provision_chooser
from kb.admin.dashboard import waiting_for
from kb.admin.imports import urls as import_urls
from kb.admin.items import ItemGroup, item_chooser
from kb.admin.regulations import RegulationGroup
from kb.permissions import can_edit_forms, can_edit_items, can_edit_regulations, can_import_items, can_read_drafts
from people.models import User
from people.policies import ask

# who may do what is asked of kb/permissions.py, not of Django's model permissions
ask(models.PowerItem, can_edit_items, read=can_read_drafts, add=can_import_items, delete=can_import_items)
ask(models.PowerSubItem, can_edit_items)
ask(models.ItemCode, can_edit_items)
ask(models.Domain, can_import_items)
ask(models.FormTemplate, can_edit_forms, delete=can_import_items)
ask(models.FormField, can_edit_forms)
ask(models.AdjustmentBatch, can_import_items)
ask(models.AdjustmentLine, can_import_items, only=frozenset({"add"}))
ask(models.ConfirmationLetter, can_import_items)
ask(models.StreetAssignment, can_import_items)
ask(models.InstructorAppointment, can_import_items)
ask(models.Regulation, can_edit_regulations, read=can_read_drafts)
ask(models.RegulationVersion, can_edit_regulations, read=can_read_drafts)
ask(models.Gist, can_edit_regulations, read=can_read_drafts)
ask(models.ProvisionSuccession, can_edit_regulations, read=can_read_drafts)
ask(models.RegulationRelation, can_edit_regulations, read=can_read_drafts)
ask(models.Provision, can_edit_regulations, read=can_read_drafts, only=frozenset())

register_snippet(RegulationGroup)


@hooks.register("register_admin_viewset")
def register_items() -> list:
    return [ItemGroup(), item_chooser, provision_chooser]


@hooks.register("register_admin_urls")
def register_import_urls() -> list:
    return [*import_urls, *regulation_upload.urlpatterns, *citation_queue.urlpatterns]


@hooks.register("construct_homepage_panels")
def show_waiting(request: HttpRequest, panels: list) -> None:
    add_waiting(panels, "法规与事项", waiting_for(cast(User, request.user)), order=10)
