"""A card in words: how it stands today, its chain, and when its holder has to think of the next one."""

import datetime as dt
from dataclasses import dataclass

from people.cards import SOON, VERY_SOON
from people.models import Card, User
from people.models.card import CardQuerySet

# Status -> tone of its badge
TONES = {
    Card.Status.VALID: "ok",
    Card.Status.SUSPENDED: "warn",
    Card.Status.EXPIRED: "seal",
    Card.Status.LOST: "seal",
    Card.Status.REVOKED: "seal",
    Card.Status.REPLACED: "",
    Card.Status.FUTURE: "info",
}


@dataclass(frozen=True)
class Reminder:
    """What to tell a holder; `tone` is that of a notice."""

    text: str
    tone: str


def chain_of(card: Card, on: dt.date) -> list[Card]:
    """The card with those that it renews and those that renewed it, newest first, each with its `status` of the day."""
    cards = {one.pk: one for one in _read(Card.objects.filter(officer=card.officer_id), on)}
    renewed_by = {one.renews_id: one for one in cards.values() if one.renews_id}
    newest = cards[card.pk]
    while newest.pk in renewed_by:
        newest = renewed_by[newest.pk]
    return _back(newest, cards)


def chains_of(user: User, on: dt.date) -> list[list[Card]]:
    """The chains of a person's cards, newest card first in each."""
    cards = {one.pk: one for one in _read(Card.objects.filter(officer__user=user), on)}
    renewed = {one.renews_id for one in cards.values()}
    newest = [one for one in cards.values() if one.pk not in renewed]
    return [_back(one, cards) for one in sorted(newest, key=lambda card: card.issued_on, reverse=True)]


def reminder_for(chains: list[list[Card]], on: dt.date) -> Reminder | None:
    """What is due of the card in use: that it ends within 90 or 30 days, has ended, or is suspended."""
    newest = [chain[0] for chain in chains]
    if any(card.status == Card.Status.FUTURE for card in newest):
        return None
    card = next((c for c in newest if c.status == Card.Status.VALID), newest[0] if newest else None)
    if card is None:
        return None
    if card.status == Card.Status.EXPIRED:
        return Reminder(f"您的执法证 {card} 已于{_day(card.valid_until)}到期，换发前不能以执法人员身份执法。", "seal")
    if card.status == Card.Status.SUSPENDED:
        return Reminder(f"您的执法证 {card} 已被暂扣，发还前不能以执法人员身份执法。", "seal")
    left = days_left(card, on)
    if card.status != Card.Status.VALID or left > SOON:
        return None
    tone = "seal" if left <= VERY_SOON else "warn"
    words = f"还有 {left} 天到期" if left else "今天到期"
    return Reminder(f"您的执法证 {card} {words}（{_day(card.valid_until)}），请联系本单位办理换发。", tone)


def days_left(card: Card, on: dt.date) -> int:
    """Days after this one on which the card is still valid; 0 on its last."""
    return (card.valid_until - on).days


def _read(cards: CardQuerySet, on: dt.date) -> CardQuerySet:
    return cards.with_status(on).select_related("issuer")


def _back(newest: Card, cards: dict[int, Card]) -> list[Card]:
    chain = [newest]
    while chain[-1].renews_id in cards and cards[chain[-1].renews_id] not in chain:
        chain.append(cards[chain[-1].renews_id])
    return chain


def _day(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
