"""Codes of certificates: twelve of 22 characters that nobody mistakes for another, 53 bits drawn at random. Pure.

No vowels (no words), no 0 O, 1 I L, 2 Z, 5 S, 8, U N: what is left is read over the telephone and off a worn print.
Printed and shown in groups of four; typed in any way.
"""

import re
import secrets
import unicodedata

ALPHABET = "34679BCDFGHJKMPQRTVWXY"
LENGTH, GROUP = 12, 4
_NOISE = re.compile(r"[\s\-—–_.·]+")


def new_code() -> str:
    """A code that cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """`BCDF-GHJK-MPQR`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """What was typed as it is kept: large letters without blanks and dashes."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", typed)).upper()
