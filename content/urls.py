"""The style guide, for developers only."""

from django.conf import settings
from django.urls import path

from content import views

app_name = "content"
urlpatterns = [path("styleguide/", views.styleguide, name="styleguide")] if settings.DEBUG else []
