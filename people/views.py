"""Signing in and the personal desk."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from people.card_facts import chains_of, days_left, reminder_for
from people.models import Card, User


class AuthenticatedHttpRequest(HttpRequest):
    """What `login_required` lets through: a request with an account."""

    user: User


login = LoginView.as_view(template_name="people/login.html", redirect_authenticated_user=True)
logout = LogoutView.as_view()


@login_required
def desk(request: AuthenticatedHttpRequest) -> HttpResponse:
    """我的: what waits for this person. Upper apps add panels to it by registering at `desk`."""
    today = timezone.localdate()
    chains = chains_of(request.user, today)
    context = {
        "facts": _facts(request.user),
        "cards": [_card_facts(chain, today) for chain in chains],
        "reminder": reminder_for(chains, today),
    }
    return render(request, "people/desk.html", context)


def _fact(term: str, text: str) -> dict[str, str]:
    return {"term": term, "text": text}


def _facts(user: User) -> list[dict[str, str]]:
    return [
        _fact("单位", str(user.unit or "")),
        _fact("角色", "、".join(user.role_labels)),
        _fact("账号", user.username),
    ]


def _card_facts(chain: list[Card], today: dt.date) -> dict:
    """The newest card of a chain as facts, and the earlier ones in a line each."""
    card, *earlier = chain
    left = days_left(card, today)
    rest = f"，还有 {left} 天" if card.status == Card.Status.VALID else ""
    facts = [
        _fact("证号", card.card_no),
        _fact("状态", card.status_label),
        _fact("有效期", f"{_day(card.issued_on)}—{_day(card.valid_until)}{rest}"),
        _fact("执法类别", card.field),
        _fact("发证机关", str(card.issuer or "")),
    ]
    former = [f"{one}：{_day(one.issued_on)}—{_day(one.valid_until)}，{one.status_label}" for one in earlier]
    return {"facts": facts, "former": former}


def _day(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"
