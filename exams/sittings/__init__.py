"""Sittings: built before an exam opens, answered under the server's clock, closed by the server."""
