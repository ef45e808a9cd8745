"""Gives the roles their permissions in the Wagtail admin."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from people.roles import EDITORS, Role

# app labels whose models each role edits in the admin; what exactly a person may do
# with a row is asked of the app's permissions.py
EDITS: dict[Role, tuple[str, ...]] = {
    Role.STREET_ADMIN: (),  # cases of the own street, which casebook/permissions.py says
    Role.TRAINER: ("casebook", "content", "wagtailimages", "wagtaildocs"),
    Role.LEGAL_REVIEWER: ("kb", "casebook"),
    Role.BUREAU_ADMIN: ("people", "kb", "casebook", "content", "search", "wagtailimages", "wagtaildocs"),
}

# what a second person does: Wagtail asks Django's permission before it takes a case off the site
WITHHELD = {Role.TRAINER: ["publish_case"]}

PAGE_CODENAMES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]


class Command(BaseCommand):
    help = "为各角色设置后台权限；可重复运行。"

    def handle(self, *args, **options) -> None:
        for role in EDITORS:
            group, _ = Group.objects.get_or_create(name=role.value)
            group.permissions.set(permissions_of(role))
            if "content" in EDITS[role]:
                give_pages(group)
            give_files(group, role)
        if options["verbosity"]:
            self.stdout.write(f"已设置 {len(EDITORS)} 个后台角色的权限。")


def permissions_of(role: Role) -> list[Permission]:
    """Entry to the admin and everything of the role's apps; nobody may delete audit entries."""
    owned = Permission.objects.filter(content_type__app_label__in=EDITS[role]).exclude(
        content_type__model="auditentry", codename__regex="^(add|change|delete)_"
    )
    owned = owned.exclude(codename__in=WITHHELD.get(role, []))
    entry = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    return [*owned, *entry]


def give_pages(group: Group) -> None:
    """Editors of pages may edit and publish the whole tree of this small site."""
    root = Page.get_first_root_node()
    if root is None:
        return
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=PAGE_CODENAMES
    )
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def give_files(group: Group, role: Role) -> None:
    """Pictures and documents hang on collections: whoever edits them may use the only one there is."""
    wanted = Permission.objects.filter(
        content_type__app_label__in={"wagtailimages", "wagtaildocs"} & set(EDITS[role]),
        codename__regex="^(add|change|choose)_(image|document)$",
    )
    root = Collection.get_first_root_node()
    for permission in wanted if root else []:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
