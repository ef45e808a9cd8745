"""How long somebody has learnt: the server's clock between two signs of life of a page, and never more than a minute.

A page left open is not learnt from, so what lies further apart counts nothing.
"""

import datetime as dt

MOST_SECONDS = 60


def counted_seconds(seen_at: dt.datetime | None, now: dt.datetime) -> int:
    """Seconds since the last sign of life, 0 where it is too long ago or there was none."""
    since = (now - seen_at).total_seconds() if seen_at else 0
    return int(since) if 0 < since <= MOST_SECONDS else 0
