"""The admin's side of exams: 题库 and 考试."""
