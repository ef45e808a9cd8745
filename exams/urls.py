"""Addresses of the readers' side; each part keeps its own list. The admin's are in `wagtail_hooks`."""

from django.urls import URLPattern

from exams.bank import urls as bank
from exams.cards import urls as cards
from exams.practice import urls as practice
from exams.results import urls as results
from exams.sittings import views as sittings

app_name = "exams"

urlpatterns: list[URLPattern] = [
    *bank.urlpatterns,
    *sittings.urlpatterns,
    *practice.urlpatterns,
    *cards.urlpatterns,
    *results.urlpatterns,
]
