"""Verbs of this app: one callable each, permission-checked and audited."""
