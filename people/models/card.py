import datetime as dt

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from people.models.officer import Officer


class CardIssuer(models.Model):
    """Who issues cards (发证机关), and for how many years: 2, 3 and 5 are all in use."""

    name = models.CharField("发证机关", max_length=80, unique=True)
    valid_years = models.PositiveSmallIntegerField("有效期（年）", default=5, validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = verbose_name_plural = "发证机关"
        db_table = "people_card_issuer"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def last_day(self, issued_on: dt.date) -> dt.date:
        """The last day of a card issued on that day: five years from 2022-02-07 end with 2027-02-06."""
        try:
            anniversary = issued_on.replace(year=issued_on.year + self.valid_years)
        except ValueError:  # 29 February
            anniversary = dt.date(issued_on.year + self.valid_years, 3, 1)
        return anniversary - dt.timedelta(days=1)


class CardQuerySet(models.QuerySet):
    def valid_on(self, on: dt.date) -> "CardQuerySet":
        """Cards that let their holder act on the day: within their dates, not suspended or gone by then."""
        last = CardEvent.objects.filter(card=OuterRef("pk"), happened_on__lte=on).order_by("-happened_on", "-pk")
        within = self.filter(issued_on__lte=on, valid_until__gte=on)
        return within.annotate(last_event=Subquery(last.values("kind")[:1])).filter(
            Q(last_event__isnull=True) | Q(last_event=CardEvent.Kind.RESUMED)
        )

    def expiring_by(self, until: dt.date, on: dt.date | None = None) -> "CardQuerySet":
        """Valid on the day (today), and no longer after `until`; without those that have been renewed."""
        valid = self.valid_on(on or timezone.localdate())
        return valid.filter(valid_until__lte=until, renewed_by__isnull=True)


class Card(models.Model):
    """An enforcement card (行政执法证). `status` follows from the last event; the days are in the events."""

    class Status(models.TextChoices):
        VALID = "valid", "有效"
        SUSPENDED = "suspended", "暂扣"
        REVOKED = "revoked", "收回注销"
        LOST = "lost", "遗失作废"
        REPLACED = "replaced", "已换发"

    officer = models.ForeignKey(Officer, verbose_name="持证人", on_delete=models.PROTECT, related_name="cards")
    card_no = models.CharField("证号", max_length=30, unique=True)
    field = models.CharField("执法类别", max_length=60, blank=True, default="")
    issuer = models.ForeignKey(
        CardIssuer, verbose_name="发证机关", on_delete=models.PROTECT, null=True, blank=True, related_name="cards"
    )
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.VALID)
    renews = models.OneToOneField(
        "self", verbose_name="换发自", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by"
    )

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "执法证"
        ordering = ["card_no"]

    def __str__(self) -> str:
        return self.card_no

    def status_on(self, on: dt.date) -> str:
        """有效, 暂扣, 已过期 ... on the day, in words. One query."""
        last = self.events.filter(happened_on__lte=on).order_by("-happened_on", "-pk").first()
        if last and last.kind != CardEvent.Kind.RESUMED:
            return str(self.Status(CardEvent.STATUS[CardEvent.Kind(last.kind)]).label)
        if self.issued_on > on:
            return "尚未生效"
        return "已过期" if self.valid_until < on else str(self.Status.VALID.label)


class CardEvent(models.Model):
    """What happened to a card on a day. Only added to."""

    class Kind(models.TextChoices):
        SUSPENDED = "suspended", "暂扣"
        RESUMED = "resumed", "发还"
        REVOKED = "revoked", "收回注销"
        LOST = "lost", "声明遗失"
        REPLACED = "replaced", "换发"

    STATUS = {
        Kind.SUSPENDED: Card.Status.SUSPENDED,
        Kind.RESUMED: Card.Status.VALID,
        Kind.REVOKED: Card.Status.REVOKED,
        Kind.LOST: Card.Status.LOST,
        Kind.REPLACED: Card.Status.REPLACED,
    }

    card = models.ForeignKey(Card, verbose_name="执法证", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("事件", max_length=10, choices=Kind.choices)
    happened_on = models.DateField("日期")
    reason = models.CharField("理由", max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="记录人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "证件事件"
        db_table = "people_card_event"
        ordering = ["card", "happened_on", "pk"]
        indexes = [models.Index(fields=["card", "happened_on"], name="people_card_event_on")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"
