import datetime as dt

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When
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
        within = self._with_events(on).filter(issued_on__lte=on, valid_until__gte=on, ended_by__isnull=True)
        return within.filter(Q(held_by__isnull=True) | Q(held_by=CardEvent.Kind.RESUMED))

    def with_status(self, on: dt.date) -> "CardQuerySet":
        """Annotates `status`, a Card.Status: how each card stands on the day. What ended a card first, ended it."""
        return self._with_events(on).annotate(
            status=Case(
                When(ended_by__isnull=False, then="ended_by"),
                When(issued_on__gt=on, then=Value(Card.Status.FUTURE)),
                When(valid_until__lt=on, then=Value(Card.Status.EXPIRED)),
                When(held_by=CardEvent.Kind.SUSPENDED, then=Value(Card.Status.SUSPENDED)),
                default=Value(Card.Status.VALID),
                output_field=CharField(),
            )
        )

    def expiring_by(self, until: dt.date, on: dt.date | None = None) -> "CardQuerySet":
        """Valid on the day (today), and no longer after `until`; without those that have been renewed."""
        valid = self.valid_on(on or timezone.localdate())
        return valid.filter(valid_until__lte=until, renewed_by__isnull=True)

    def _with_events(self, on: dt.date) -> "CardQuerySet":
        events = CardEvent.objects.counting().filter(card=OuterRef("pk"), happened_on__lte=on)
        ends = events.filter(kind__in=CardEvent.ENDING).order_by("happened_on", "pk")
        holds = events.filter(kind__in=CardEvent.HOLDING).order_by("-happened_on", "-pk")
        return self.annotate(ended_by=Subquery(ends.values("kind")[:1]), held_by=Subquery(holds.values("kind")[:1]))


class Card(models.Model):
    """An enforcement card (行政执法证). How it stands on a day follows from its dates and its events."""

    class Status(models.TextChoices):
        VALID = "valid", "有效"
        SUSPENDED = "suspended", "暂扣"
        EXPIRED = "expired", "已过期"
        REPLACED = "replaced", "已换发"
        LOST = "lost", "遗失作废"
        REVOKED = "revoked", "收回注销"
        FUTURE = "future", "尚未生效"

    officer = models.ForeignKey(Officer, verbose_name="持证人", on_delete=models.PROTECT, related_name="cards")
    card_no = models.CharField("证号", max_length=30, unique=True)
    field = models.CharField("执法类别", max_length=60, blank=True, default="")
    issuer = models.ForeignKey(
        CardIssuer, verbose_name="发证机关", on_delete=models.PROTECT, null=True, blank=True, related_name="cards"
    )
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    renews = models.OneToOneField(
        "self", verbose_name="换发自", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by"
    )

    # a Card.Status as of a day, on cards read `with_status`
    status: str

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "执法证"
        ordering = ["card_no"]

    def __str__(self) -> str:
        return self.card_no

    def state_on(self, on: dt.date) -> str:
        """A Card.Status as of the day. One query."""
        return Card.objects.filter(pk=self.pk).with_status(on).values_list("status", flat=True)[0]

    def status_on(self, on: dt.date) -> str:
        """有效, 暂扣, 已过期 ... on the day, in words. One query."""
        return str(self.Status(self.state_on(on)).label)

    @property
    def status_label(self) -> str:
        """In words, of a card that was read `with_status`."""
        return str(self.Status(self.status).label)

    @property
    def successor(self) -> "Card | None":
        """The card that renewed or replaced this one."""
        return getattr(self, "renewed_by", None)


class CardEventQuerySet(models.QuerySet):
    def counting(self) -> "CardEventQuerySet":
        """Events that happened: those taken back, and the entries that took them back, are only on record."""
        return self.filter(voids__isnull=True, voided_by__isnull=True)


class CardEvent(models.Model):
    """What happened to a card on a day. Only added to; an entry made in error is taken back by another."""

    class Kind(models.TextChoices):
        SUSPENDED = "suspended", "暂扣"
        RESUMED = "resumed", "发还"
        REVOKED = "revoked", "收回注销"
        LOST = "lost", "声明遗失"
        REPLACED = "replaced", "换发"
        VOIDED = "voided", "撤销登记"

    # what ends a card for good, named as the status that it has from then on; what only holds it
    ENDING = (Kind.REVOKED, Kind.LOST, Kind.REPLACED)
    HOLDING = (Kind.SUSPENDED, Kind.RESUMED)

    card = models.ForeignKey(Card, verbose_name="执法证", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("事件", max_length=10, choices=Kind.choices)
    happened_on = models.DateField("日期")
    reason = models.CharField("理由", max_length=200, blank=True, default="")
    voids = models.OneToOneField(
        "self", verbose_name="撤销的登记", on_delete=models.PROTECT, null=True, blank=True, related_name="voided_by"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="记录人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = CardEventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "证件事件"
        db_table = "people_card_event"
        ordering = ["card", "happened_on", "pk"]
        indexes = [models.Index(fields=["card", "happened_on"], name="people_card_event_on")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"

    def save(self, *args, **kwargs) -> None:
        if self.pk:
            raise TypeError("证件事件只能新增，不能修改")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> None:  # type: ignore[override]
        raise TypeError("证件事件不能删除")
