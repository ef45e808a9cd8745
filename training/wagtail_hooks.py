"""The admin's side of training."""
