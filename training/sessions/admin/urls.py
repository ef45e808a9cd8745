"""Addresses of the admin's side, and its entries in the menu 培训."""

from django.urls import path

from exams.menu import ExamMenuItem
from training.permissions import can_approve_changes, can_plan
from training.sessions.admin import corrections, imports, pages

urlpatterns = [
    path("trainings/plans/", pages.plan_list, name="training_plans"),
    path("trainings/plans/board/", pages.duty_board, name="training_board"),
    path("trainings/plans/new/", pages.plan_form, name="training_plan_new"),
    path("trainings/plans/<int:pk>/", pages.plan_form, name="training_plan"),
    path("trainings/plans/<int:pk>/cancel/", pages.plan_cancel, name="training_plan_cancel"),
    path("trainings/sessions/", pages.session_list, name="training_sessions"),
    path("trainings/sessions/new/", pages.session_form, name="training_session_new"),
    path("trainings/sessions/<int:pk>/", pages.session_form, name="training_session"),
    path("trainings/corrections/", corrections.corrections, name="training_corrections"),
    path("trainings/corrections/<int:pk>/", corrections.decide, name="training_decide"),
    path("trainings/walk-ins/", corrections.walk_ins, name="training_walk_ins"),
    path("trainings/imports/<slug:slug>/", imports.TrainingImport.as_view(), name="training_import"),
    path("trainings/imports/<slug:slug>/template.xlsx", imports.template, name="training_import_template"),
]


ENTRIES = (
    lambda: ExamMenuItem("培训计划", "training_plans", "calendar", 10, can_plan),
    lambda: ExamMenuItem("部门责任计划", "training_board", "tasks", 15, can_plan),
    lambda: ExamMenuItem("培训场次", "training_sessions", "date", 20, can_plan),
    lambda: ExamMenuItem("待归并人员", "training_walk_ins", "group", 25, can_plan),
    lambda: ExamMenuItem("考勤更正", "training_corrections", "edit", 30, can_approve_changes),
)
