"""Addresses of practice and contests, for `exams.urls`."""

from django.urls import URLPattern, path

from exams.practice import views
from exams.practice.contest import views as contests

urlpatterns: list[URLPattern] = [
    path("practice/", views.practice, name="practice"),
    path("practice/question/", views.question, name="question"),
    path("practice/wrong/", views.wrong_book, name="wrong_book"),
    path("practice/favourites/", views.favourites, name="favourites"),
    path("practice/favourites/<int:pk>/", views.favourite, name="favourite"),
    path("practice/answers/<slug:code>/", views.answered, name="answered"),
    path("practice/answers/<slug:code>/rate/", views.rate, name="rate"),
    path("contests/<int:pk>/", contests.contest, name="contest"),
    path("contests/<int:pk>/rule/", contests.rule, name="contest_rule"),
    path("contests/<int:pk>/ranking.xlsx", contests.ranking_sheet, name="contest_sheet"),
]
