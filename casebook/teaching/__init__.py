"""What cases are used for: discussions (讲评) and the yearly choice of the ten best (十佳)."""
