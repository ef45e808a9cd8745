"""Addresses of readers, mentors and questions."""

from django.urls import path

from training.mentors import desk_pages as desk
from training.mentors import evaluation_pages as evaluations
from training.mentors import question_pages as questions
from training.mentors import reading_pages as readings

urlpatterns = [
    path("readings/", readings.readings, name="readings"),
    path("readings/<int:pk>/", readings.reading, name="reading"),
    path("readings/<int:pk>/follow/", readings.follow, name="reading_follow"),
    path("readings/<int:pk>/note/", readings.note, name="reading_note"),
    path("readings/<int:pk>/<int:entry>/confirm/", readings.confirm, name="reading_confirm"),
    path("readings/<int:pk>/<int:entry>/quiz/", readings.quiz, name="reading_quiz"),
    path("mentoring/", desk.mentoring, name="mentoring"),
    path("mentoring/coaching/", desk.log_coaching, name="coach"),
    path("mentoring/coachings/", desk.coaching_list, name="coachings"),
    path("mentoring/assign/", desk.assign, name="assign"),
    path("mentoring/readings/<int:pk>/", desk.assignment, name="assignment"),
    path("mentoring/pairs/<int:pk>/", evaluations.evaluation, name="evaluate"),
    path("mentoring/<int:pk>/<int:year>.pdf", desk.record, name="mentor_record"),
    path("items/<str:code>/ask/", questions.ask, name="ask"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/<slug:name>/", questions.step, name="question_step"),
]
