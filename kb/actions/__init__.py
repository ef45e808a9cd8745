"""Verbs that change the rules in force: permission, change and audit together. One module a noun."""
