from django.db import models


class LegalStatus(models.TextChoices):
    """时效性 of a work or a version on a day. The codes are those of the status badge."""

    PENDING = "pending", "尚未施行"
    IN_FORCE = "in_force", "现行有效"
    AMENDED = "amended", "已被修改"
    REPEALED = "repealed", "已废止"
    UNVERIFIED = "unverified", "待核"
