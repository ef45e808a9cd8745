"""Signing in and the personal desk."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

login = LoginView.as_view(template_name="people/login.html", redirect_authenticated_user=True)
logout = LogoutView.as_view()


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """我的: what waits for this person. Upper apps add panels to it by registering."""
    return render(request, "people/desk.html", {"officer": getattr(request.user, "officer", None)})
