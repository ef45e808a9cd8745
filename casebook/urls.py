from django.urls import path, re_path

from casebook import views

app_name = "casebook"

urlpatterns = [
    path("cases/", views.case_list, name="cases"),
    path("cases/issues/", views.issue_list, name="issues"),
    path("cases/issues/<str:code>/", views.issue_contents, name="issue"),
    re_path(r"^cases/(?P<slug>[-\w]+)/$", views.case_detail, name="case"),
]
