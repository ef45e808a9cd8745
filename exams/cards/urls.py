"""Addresses of the cards' pages on the readers' side."""

from django.urls import path

from exams.cards import lookup, pages

urlpatterns = [
    path("cards/", lookup.look_up, name="card_lookup"),
    path("figures/cards/", pages.figures, name="card_figures"),
    path("figures/cards/names/", pages.people, name="card_names"),
    path("figures/cards/<slug:name>/", pages.due, name="card_list"),
]
