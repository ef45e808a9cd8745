"""`/training/`: what is held, the code on the wall, signing in. The admin's side is in `admin`."""

from django.urls import path

from training.sessions import live, mine, screen, signing

urlpatterns = [
    path("training/", mine.home, name="home"),
    path("training/sessions/<int:pk>/screen/", screen.screen, name="screen"),
    path("training/sessions/<int:pk>/screen/now/", screen.screen_now, name="screen_now"),
    path("training/sessions/<int:pk>/live/", live.live, name="live"),
    path("training/sessions/<int:pk>/live/act/", live.act, name="live_act"),
    path("training/sessions/<int:pk>/roster.xlsx", live.roster, name="roster"),
    path("training/sessions/<int:pk>/result.xlsx", live.result, name="result"),
    path("training/sign/", signing.sign_by_code, name="sign_by_code"),
    path("training/sign/<int:pk>/", signing.sign, name="sign"),
]
