"""Addresses of search. `/search/?q=` is printed in bookmarks: it may never change."""

from django.urls import path

from search import views

app_name = "search"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/clicked/", views.clicked, name="clicked"),
    path("search/suggest/", views.suggest, name="suggest"),
]
