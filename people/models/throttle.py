from django.db import models


class RequestCount(models.Model):
    """How often one client has asked for one thing within one minute; rows live for an hour.

    The client's address is kept as a keyed digest only.
    """

    purpose = models.CharField(max_length=30)
    client = models.CharField(max_length=32)
    minute_no = models.PositiveBigIntegerField(help_text="minutes since 1970")
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "访问计数"
        db_table = "people_request_count"
        constraints = [models.UniqueConstraint(fields=["purpose", "client", "minute_no"], name="people_count_once")]
        indexes = [models.Index(fields=["minute_no"], name="people_count_minute")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.minute_no}"
