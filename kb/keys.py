"""Keys of provisions: `33`, `120-1`, `33.p1.i2`, `33.p1.i2.s3`, `c3.s1`, `三/二/5`.

A key names a provision within any version of a regulation; citations store (regulation, key)
and are resolved by date, so a key must never depend on a database row.
"""

import re

ARTICLE = re.compile(r"^(\d+)(?:-(\d+))?$")
WITHIN_ARTICLE = re.compile(r"^(?P<article>\d+(?:-\d+)?)(?:\.p(?P<p>\d+))?(?:\.i(?P<i>\d+))?(?:\.s(?P<s>\d+))?$")


def article_of(key: str) -> str:
    """`33.p1.i2` -> `33`; a key of an official document (`三/二/5`) is its own whole."""
    return key.split(".", 1)[0]


def anchor_of(key: str) -> str:
    """The fragment below an article's address: `33.p1.i2` -> `p1-i2`; `33` -> ``."""
    return key.partition(".")[2].replace(".", "-")


def article_order(key: str) -> tuple[int, int]:
    """Sorts `2` before `10` and `120-1` after `120`; other keys go last."""
    found = ARTICLE.match(article_of(key))
    return (int(found[1]), int(found[2] or 0)) if found else (10**6, 0)
