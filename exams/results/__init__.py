"""After an exam: marks by rule and by hand, key fixes, what is seen when, statistics, lists, certificates."""
