"""Addresses of the readers' side; each part keeps its own list. The admin's are in `wagtail_hooks`."""

from django.urls import URLPattern

from training.figures import pages as figures

app_name = "training"

urlpatterns: list[URLPattern] = [
    *figures.urlpatterns,
]
