"""Addresses of items and laws. They are printed in documents: none may ever change."""

from django.urls import path

from kb.views import law_list, laws

app_name = "kb"

urlpatterns = [
    path("laws/", law_list.laws, name="laws"),
    path("laws/<str:slug>/", laws.law, name="law"),
    path("laws/<str:slug>/compare/", laws.compare, name="compare"),
    path("laws/<str:slug>/<path:key>", laws.provision, name="provision"),
]
