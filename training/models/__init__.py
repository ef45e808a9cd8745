"""Training and its records: plans, sessions, attendance, hours, courses, mentors' work, questions to instructors.

Every figure is counted from these rows, as of any day; nothing here stores a sum.
"""

from training.models.attendance import Attendance, AttendanceChange, WalkIn
from training.models.consultation import Consultation
from training.models.course import Course, CourseRecord, Lesson, LessonProgress
from training.models.figures import ImportedFigure
from training.models.ledger import CreditEntry, CreditRate, CreditRevocation, CreditRule
from training.models.mentoring import CoachingLog, Evaluation, MentorScope, Pairing
from training.models.plan import Plan
from training.models.reading import (
    Reader,
    ReadingAssignment,
    ReadingEntry,
    ReadingProgress,
    ReadingTemplate,
    TemplateEntry,
)
from training.models.session import TrainingSession

__all__ = [
    "Attendance",
    "AttendanceChange",
    "CoachingLog",
    "Consultation",
    "Course",
    "CourseRecord",
    "CreditEntry",
    "CreditRate",
    "CreditRevocation",
    "CreditRule",
    "Evaluation",
    "ImportedFigure",
    "Lesson",
    "LessonProgress",
    "MentorScope",
    "Pairing",
    "Plan",
    "Reader",
    "ReadingAssignment",
    "ReadingEntry",
    "ReadingProgress",
    "ReadingTemplate",
    "TemplateEntry",
    "TrainingSession",
    "WalkIn",
]
