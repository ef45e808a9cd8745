"""Mentors: whom they have, what they assign, what they did, what they were asked."""
