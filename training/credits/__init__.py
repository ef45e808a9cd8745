"""学时: what somebody earned, by which rule, and how much of the year is done."""
