"""Signing in and the personal desk."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.models import Card, User


class AuthenticatedHttpRequest(HttpRequest):
    """What `login_required` lets through: a request with an account."""

    user: User


login = LoginView.as_view(template_name="people/login.html", redirect_authenticated_user=True)
logout = LogoutView.as_view()


@login_required
def desk(request: AuthenticatedHttpRequest) -> HttpResponse:
    """我的: what waits for this person. Upper apps add panels to it by registering at `desk`."""
    cards = Card.objects.filter(officer__user=request.user)
    context = {"facts": _facts(request.user), "cards": [_fact(card.card_no, _validity(card)) for card in cards]}
    return render(request, "people/desk.html", context)


def _fact(term: str, text: str) -> dict[str, str]:
    return {"term": term, "text": text}


def _facts(user: User) -> list[dict[str, str]]:
    return [
        _fact("单位", str(user.unit or "")),
        _fact("角色", "、".join(user.role_labels)),
        _fact("账号", user.username),
    ]


def _validity(card: Card) -> str:
    return f"{card.field or '行政执法'} · {card.get_status_display()} · 有效期至{card.valid_until:%Y年%-m月%-d日}"
