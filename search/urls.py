"""Addresses of search. `/search/?q=` is printed in bookmarks: it may never change."""

from django.urls import path

from search import desk, views

app_name = "search"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/clicked/", views.clicked, name="clicked"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("me/searches/", desk.searches, name="saved"),
    path("me/searches/save/", desk.save, name="save"),
    path("me/searches/<int:pk>/", desk.opened, name="saved_one"),
    path("me/searches/<int:pk>/delete/", desk.delete, name="delete_saved"),
]
