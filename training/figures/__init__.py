"""Numbers that the bureau reports, counted from the records behind them."""
