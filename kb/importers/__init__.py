"""Importers: files in, rows out, a report before anything is saved. One module a noun."""
