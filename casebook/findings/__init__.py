"""What is recognisable in a case and what was decided about it, and the page where editors decide."""
