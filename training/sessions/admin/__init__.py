"""The admin's side of plans, sessions and attendance."""
