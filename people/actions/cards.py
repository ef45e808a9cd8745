"""Verbs of the register of enforcement cards: issue, renew, replace, suspend, resume, revoke, report lost.

Each is dated and gives its reason; what it does is a row in `CardEvent`, never a change of one, so that how a card
stood on any day can be told. An entry made in error is taken back by another entry (`void_event`). ValidationError
says in Chinese what does not fit. `by=None` is set-up.
"""

import datetime as dt
import re
import unicodedata
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people import audit
from people.models import Card, CardEvent, CardIssuer, Officer, Posting, User
from people.permissions import can_manage_cards, require

Status = Card.Status
Kind: TypeAlias = CardEvent.Kind
MOST_AHEAD = dt.timedelta(days=366)
REASON_LENGTH = 200
# as what a card must stand on the day of an event
FITTING: dict[Kind, frozenset[str]] = {
    Kind.SUSPENDED: frozenset({Status.VALID}),
    Kind.RESUMED: frozenset({Status.SUSPENDED}),
    Kind.LOST: frozenset({Status.VALID, Status.SUSPENDED}),
    Kind.REVOKED: frozenset({Status.VALID, Status.SUSPENDED, Status.EXPIRED, Status.FUTURE}),
    Kind.REPLACED: frozenset({Status.VALID, Status.EXPIRED}),
}
_LABELS = {field.name: field.verbose_name for field in Card._meta.fields}


def normal_number(card_no: str) -> str:
    """A card's number as it is kept: half-width, upper case, without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", card_no)).upper()


@transaction.atomic
def issue_card(
    officer: Officer,
    *,
    card_no: str,
    issued_on: dt.date,
    issuer: CardIssuer | None,
    by: User | None,
    valid_until: dt.date | None = None,
    field: str = "",
) -> Card:
    """A person's first card, or the one after an earlier one has ended.

    The last day follows the issuer's rule unless given. Refused for auxiliary staff, for whoever is in no enforcement
    post on that day, for a number in use, and while another card of the same kind has not ended.
    """
    require(by is None or can_manage_cards(by), "发放执法证")
    _refuse_unfit(officer, issued_on)
    if standing := standing_card(officer, field, issued_on):
        raise ValidationError(
            f"{officer.name}已有 {standing}（{standing.status_on(issued_on)}）；请用「换发」，或者先收回。"
        )
    card = _new_card(officer, card_no, issued_on, issuer, valid_until, field)
    audit.record(by=by, verb="发放执法证", target=card, detail=f"{officer.name}，{_span(card)}")
    return card


@transaction.atomic
def renew_card(
    card: Card,
    *,
    card_no: str,
    issued_on: dt.date,
    by: User | None,
    issuer: CardIssuer | None = None,
    valid_until: dt.date | None = None,
    reason: str = "到期换发",
) -> Card:
    """The next card of the chain; the old one counts as 已换发 from the new one's first day on.

    Of a card that is lost the new one is its replacement (补办): the old one stays 遗失作废, and the new one ends when
    the old one would have, unless another day is given.
    """
    require(by is None or can_manage_cards(by), "换发执法证")
    card = _locked(card)
    if card.successor:
        raise ValidationError(f"{card} 已换发为 {card.successor}；请从新证换发。")
    if issued_on <= card.issued_on:
        raise ValidationError(f"新证的发证日期应晚于原证的发证日期（{_day(card.issued_on)}）。")
    _refuse_unfit(card.officer, issued_on)
    lost = card.state_on(issued_on) == Status.LOST
    issuer, until = issuer or card.issuer, valid_until or (card.valid_until if lost else None)
    new = _new_card(card.officer, card_no, issued_on, issuer, until, card.field, renews=card)
    if not lost:
        _record(card, Kind.REPLACED, issued_on, reason, by)
    verb = "补办执法证" if lost else "换发执法证"
    audit.record(by=by, verb=verb, target=new, detail=f"{card.officer.name}，原证 {card}，{_span(new)}")
    return new


def suspend_card(card: Card, on: dt.date, reason: str, *, by: User | None) -> CardEvent:
    """暂扣 from that day on; a renewal that has not begun by then is suspended with it."""
    return _happen(card, Kind.SUSPENDED, on, reason, by, "暂扣执法证", with_successor=True)


def resume_card(card: Card, on: dt.date, reason: str, *, by: User | None) -> CardEvent:
    """发还: valid again from that day on."""
    return _happen(card, Kind.RESUMED, on, reason, by, "发还执法证", with_successor=True)


def revoke_card(card: Card, on: dt.date, reason: str, *, by: User | None) -> CardEvent:
    """收回注销 for good, with a renewal that has not begun by then."""
    return _happen(card, Kind.REVOKED, on, reason, by, "收回执法证", with_successor=True)


def report_lost(card: Card, on: dt.date, reason: str, *, by: User | None) -> CardEvent:
    """声明遗失: void from that day on. `renew_card` then gives a replacement."""
    if on > timezone.localdate():
        raise ValidationError("遗失日期不能晚于今天。")
    return _happen(card, Kind.LOST, on, reason, by, "登记执法证遗失")


@transaction.atomic
def void_event(event: CardEvent, reason: str, *, by: User | None) -> CardEvent:
    """Takes an entry back that should never have been made, of a coming card too; all stay on record.

    A renewal is not taken back: revoke the new card instead. Nor is a loss that has been made good by a new card.
    """
    require(by is None or can_manage_cards(by), "撤销执法证登记")
    card = _locked(event.card)
    if event.kind in (Kind.REPLACED, Kind.VOIDED) or not CardEvent.objects.counting().filter(pk=event.pk).exists():
        raise ValidationError("这条登记不能撤销；换发有误时请收回新证。")
    if event.kind == Kind.LOST and card.successor:
        raise ValidationError(f"{card} 已补办 {card.successor}；请先收回新证。")
    taken = _record(card, Kind.VOIDED, event.happened_on, reason, by, voids=event)
    audit.record(by=by, verb="撤销执法证登记", target=card, detail=f"{event}；{taken.reason}")
    if shared := _shared_with_successor(card, event):
        void_event(shared, reason, by=by)
    return taken


def _shared_with_successor(card: Card, event: CardEvent) -> CardEvent | None:
    """The same entry of the card that was to follow, made together with this one."""
    new = card.successor
    if new is None or new.issued_on <= event.happened_on:
        return None
    return new.events.counting().filter(kind=event.kind, happened_on=event.happened_on).last()


@transaction.atomic
def correct_card(card: Card, *, by: User | None, reason: str, **values) -> bool:
    """Puts right what was typed wrong (card_no, field, issuer, issued_on, valid_until); whether anything changed.

    The old and the new values go into the audit trail. Raises ValidationError for a number in use and for days that do
    not fit each other or the card's events.
    """
    require(by is None or can_manage_cards(by), "更正执法证")
    card = _locked(card)
    if "card_no" in values:
        values["card_no"] = normal_number(values["card_no"])
    changes = {name: (getattr(card, name), new) for name, new in values.items() if getattr(card, name) != new}
    if not changes:
        return False
    for name, (_, new) in changes.items():
        setattr(card, name, new)
    check_card(card)
    card.save(update_fields=list(changes))
    told = "；".join(f"{_LABELS[name]} {old or '—'} → {new or '—'}" for name, (old, new) in changes.items())
    audit.record(by=by, verb="更正执法证", target=card, detail=f"{told}。{_written(reason)}")
    return True


def check_card(card: Card) -> None:
    """Raises ValidationError where number and days do not fit other cards or the card's own events."""
    _refuse_number(card.card_no, card if card.pk else None)
    _refuse_days(card)


def standing_card(officer: Officer, field: str, on: dt.date) -> Card | None:
    """A card of that kind (one without a kind is of any) that has not ended: valid, suspended or yet to begin."""
    cards = Card.objects.filter(officer=officer).with_status(on)
    if field:
        cards = cards.filter(field__in=(field, ""))
    return cards.filter(status__in=(Status.VALID, Status.SUSPENDED, Status.FUTURE)).first()


def verbs_for(state: str, card: Card) -> list[str]:
    """Which events a card as it stands can meet today; "renewed" and "reissued" where a new card may follow."""
    kinds = [kind.value for kind in FITTING if kind != Kind.REPLACED and state in FITTING[kind]]
    if card.successor:
        return kinds
    return (["renewed"] if state in FITTING[Kind.REPLACED] else ["reissued"] if state == Status.LOST else []) + kinds


@transaction.atomic
def _happen(
    card: Card, kind: Kind, on: dt.date, reason: str, by: User | None, verb: str, *, with_successor: bool = False
) -> CardEvent:
    require(by is None or can_manage_cards(by), verb)
    card = _locked(card)
    event = _record(card, kind, on, reason, by)
    audit.record(by=by, verb=verb, target=card, detail=f"{_day(on)}起；{event.reason}")
    new = card.successor
    if with_successor and new and new.issued_on > on:
        _happen(new, kind, on, reason, by, verb)
    return event


def _record(
    card: Card, kind: Kind, on: dt.date, reason: str, by: User | None, *, voids: CardEvent | None = None
) -> CardEvent:
    if kind != Kind.VOIDED:
        _refuse_event(card, kind, on)
    return CardEvent.objects.create(
        card=card, kind=kind, happened_on=on, reason=_written(reason), recorded_by=by, voids=voids
    )


def _refuse_event(card: Card, kind: Kind, on: dt.date) -> None:
    """An event fits how the card stands on its day, and nothing that has happened since stands on another past."""
    today = timezone.localdate()
    if on > today + MOST_AHEAD:
        raise ValidationError(f"日期 {_day(on)} 太远；请核对。")
    since = card.events.counting().filter(happened_on__gt=on)
    if kind != Kind.REPLACED:  # what is only planned may be overtaken, but not by a new card
        since = since.filter(happened_on__lte=today)
    if later := since.first():
        raise ValidationError(
            f"{card} 在 {_day(later.happened_on)} 已有「{later.get_kind_display()}」登记；日期不能早于它。"
        )
    state = card.state_on(on)
    waits = state == Status.FUTURE and kind in CardEvent.HOLDING and card.renews is not None
    if state not in FITTING[kind] and not waits:
        said = Status(state).label
        raise ValidationError(f"{card} 在 {_day(on)} 的状态是「{said}」，不能登记「{kind.label}」。")


def _new_card(
    officer: Officer,
    card_no: str,
    issued_on: dt.date,
    issuer: CardIssuer | None,
    valid_until: dt.date | None,
    field: str,
    renews: Card | None = None,
) -> Card:
    if valid_until is None and issuer is None:
        raise ValidationError("没有发证机关就没有默认的有效期；请填写「有效期至」。")
    card = Card(
        officer=officer,
        card_no=normal_number(card_no),
        issuer=issuer,
        issued_on=issued_on,
        valid_until=valid_until or (issuer.last_day(issued_on) if issuer else issued_on),
        field=field,
        renews=renews,
    )
    check_card(card)
    card.save()
    return card


def _refuse_unfit(officer: Officer, on: dt.date) -> None:
    if officer.is_auxiliary:
        raise ValidationError(f"{officer.name}是辅助人员，不能持证。")
    if not Posting.objects.on(on).enforcing().filter(officer=officer).exists():
        raise ValidationError(f"{officer.name}在 {_day(on)} 不在执法岗位；请先核对人员的岗位和到岗日期。")


def _refuse_number(number: str, card: Card | None = None) -> None:
    if not number:
        raise ValidationError("请填写证号。")
    others = Card.objects.exclude(pk=card.pk) if card else Card.objects.all()
    if taken := others.filter(card_no__iexact=number).select_related("officer").first():
        raise ValidationError(f"证号 {number} 已由{taken.officer.name}使用；请核对。")


def _refuse_days(card: Card) -> None:
    if card.valid_until < card.issued_on:
        raise ValidationError("「有效期至」早于「发证日期」；请核对。")
    if card.issued_on > timezone.localdate() + MOST_AHEAD:
        raise ValidationError(f"发证日期 {_day(card.issued_on)} 太远；请核对。")
    if card.pk is None:
        return
    early = card.events.counting().filter(happened_on__lt=card.issued_on).exclude(kind=Kind.REVOKED).first()
    if early and card.renews is None:
        raise ValidationError(
            f"{card} 在 {_day(early.happened_on)} 已有「{early.get_kind_display()}」登记；发证日期不能晚于它。"
        )
    replaced = card.renews and card.renews.events.counting().filter(kind=Kind.REPLACED).first()
    if replaced and replaced.happened_on != card.issued_on:
        raise ValidationError(f"原证 {card.renews} 自 {_day(replaced.happened_on)} 起已换发；发证日期应为这一天。")


def _locked(card: Card) -> Card:
    """The card as it is now, kept from others until the transaction ends."""
    return (
        Card.objects.select_for_update(of=("self",))
        .select_related("officer", "renewed_by", "renews", "issuer")
        .get(pk=card.pk)
    )


def _written(reason: str) -> str:
    text = reason.strip()
    if not text:
        raise ValidationError("请填写理由。")
    if len(text) > REASON_LENGTH:
        raise ValidationError(f"理由有 {len(text)} 个字，超过 {REASON_LENGTH} 个字；请缩短。")
    return text


def _span(card: Card) -> str:
    return f"{_day(card.issued_on)}—{_day(card.valid_until)}"


def _day(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
