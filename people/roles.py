"""The seven roles of a site. A role is a Django group, so that Wagtail's own permissions hang on it too."""

from django.db import models


class Role(models.TextChoices):
    OFFICER = "officer", "执法人员"
    STREET_ADMIN = "street_admin", "街道管理员"
    TRAINER = "trainer", "培训编辑"
    MENTOR = "mentor", "导师"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核员"
    INSTRUCTOR = "instructor", "业务指导员"
    BUREAU_ADMIN = "bureau_admin", "区司法局管理员"


# Who works in the Wagtail admin, street administrators on their own street's cases only;
# the others read the site and use their own desk.
EDITORS = (Role.STREET_ADMIN, Role.TRAINER, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)
