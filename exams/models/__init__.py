"""Questions and their versions, papers, exams and sittings, marks and certificates, practice.

Two words that are easily mixed up: an `Exam` is the occasion (a paper, a window, a list of candidates), a `Sitting`
is one candidate's attempt at it. What a candidate saw is frozen in `SittingItem` and never edited.
"""

from exams.models.contest import ContestRule
from exams.models.exam import Exam, Registration
from exams.models.paper import Paper, PaperForm, PaperItem, PaperSection, SectionCell
from exams.models.practice import DailyDraw, Favourite, PracticeAnswer, PracticeState
from exams.models.question import LawCheck, Question, QuestionBasis, QuestionRemark, QuestionVersion
from exams.models.results import ExamCertificate, KeyFix, ManualMark, MarkChange
from exams.models.sitting import AnswerEntry, Incident, Sitting, SittingItem, SittingPaper

__all__ = [
    "AnswerEntry",
    "ContestRule",
    "DailyDraw",
    "Exam",
    "ExamCertificate",
    "Favourite",
    "Incident",
    "KeyFix",
    "LawCheck",
    "ManualMark",
    "MarkChange",
    "Paper",
    "PaperForm",
    "PaperItem",
    "PaperSection",
    "PracticeAnswer",
    "PracticeState",
    "Question",
    "QuestionBasis",
    "QuestionRemark",
    "QuestionVersion",
    "Registration",
    "SectionCell",
    "Sitting",
    "SittingItem",
    "SittingPaper",
]
