"""Papers: their plan, what the bank has for it, drawing, forms, and print."""
