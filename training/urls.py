"""Addresses of the readers' side; each part keeps its own list. The admin's are in `wagtail_hooks`."""

from django.urls import URLPattern

from training.courses import pages as courses
from training.credits import pages as credits
from training.figures import pages as figures
from training.figures import platform
from training.mentors import urls as mentors
from training.sessions import pages as sessions

app_name = "training"

urlpatterns: list[URLPattern] = [
    *sessions.urlpatterns,
    *courses.urlpatterns,
    *credits.urlpatterns,
    *figures.urlpatterns,
    *platform.urlpatterns,
    *mentors.urlpatterns,
]
