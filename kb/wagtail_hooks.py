from wagtail import hooks

from kb import models
from kb.admin.imports import urls as import_urls
from kb.admin.items import ItemGroup, item_chooser
from kb.permissions import can_edit_items, can_import_items, can_read_drafts
from people.policies import ask

# who may do what is asked of kb/permissions.py, not of Django's model permissions
ask(models.PowerItem, can_edit_items, read=can_read_drafts, delete=can_import_items)
ask(models.PowerSubItem, can_edit_items)
ask(models.ItemCode, can_edit_items)
ask(models.Domain, can_import_items)
ask(models.AdjustmentBatch, can_import_items)
ask(models.AdjustmentLine, can_import_items, only=frozenset({"add"}))
ask(models.ConfirmationLetter, can_import_items)
ask(models.StreetAssignment, can_import_items)
ask(models.InstructorAppointment, can_import_items)


@hooks.register("register_admin_viewset")
def register_items() -> list:
    return [ItemGroup(), item_chooser]


@hooks.register("register_admin_urls")
def register_import_urls() -> list:
    return import_urls
