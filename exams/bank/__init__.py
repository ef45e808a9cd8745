"""The question bank's desk: its list, the form, versions, review, and what a change of law does to it."""
