"""`/training/`: what is held, the code on the wall, signing in. The admin's side is in `admin`."""

from django.urls import path

from training.sessions import mine, screen, signing

urlpatterns = [
    path("training/", mine.home, name="home"),
    path("training/sessions/<int:pk>/screen/", screen.screen, name="screen"),
    path("training/sessions/<int:pk>/screen/now/", screen.screen_now, name="screen_now"),
    path("training/sign/", signing.sign_by_code, name="sign_by_code"),
    path("training/sign/<int:pk>/", signing.sign, name="sign"),
]
