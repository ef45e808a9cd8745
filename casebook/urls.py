from django.urls import path, re_path

from casebook import views

app_name = "casebook"

urlpatterns = [
    path("cases/", views.case_list, name="cases"),
    path("cases/find/", views.case_search, name="find"),
    path("cases/reading-list.docx", views.library_list, name="library_list"),
    path("me/cases/", views.shelf, name="shelf"),
    path("me/cases/reading-list.docx", views.shelf_list, name="shelf_list"),
    path("cases/issues/", views.issue_list, name="issues"),
    path("cases/issues/<str:code>/", views.issue_contents, name="issue"),
    path("cases/issues/<str:code>/files/<int:printing>.<str:form>", views.issue_file, name="issue_file"),
    path("cases/issues/<str:code>/<str:slug>/", views.issue_case, name="issue_case"),
    path("cases/discussions/", views.discussion_list, name="discussions"),
    path("cases/discussions/<str:slug>/", views.discussion_page, name="discussion"),
    path("cases/contests/<int:pk>/", views.contest_page, name="contest"),
    path("cases/contests/<int:pk>/sheets/", views.contest_sheets, name="contest_sheets"),
    path("cases/contests/<int:pk>/scores.xlsx", views.contest_scores, name="contest_scores"),
    re_path(r"^cases/(?P<slug>[-\w]+)/favourite/$", views.favourite, name="favourite"),
    re_path(r"^cases/(?P<slug>[-\w]+)/note/$", views.note, name="note"),
    re_path(r"^cases/(?P<slug>[-\w]+)/case\.docx$", views.case_file, name="case_file"),
    re_path(r"^cases/(?P<slug>[-\w]+)/$", views.case_detail, name="case"),
]
