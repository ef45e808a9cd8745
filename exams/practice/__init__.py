"""Practice: drawing questions, telling right from wrong, spaced repetition, the daily five, progress, contests."""
