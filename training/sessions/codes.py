"""The code on the projector: six digits, new every 15 seconds, made from the server's clock and the session's secret.

    code_at(secret, at)          what the projector shows
    accepts(secret, code, at)    whether it was on the projector at that moment, or just before

Nothing of the clock of a phone or of the projecting computer counts. The code of the moment before is taken too, since
people read, type and send it; the one that comes next is not. Somebody who scans the picture before signing in carries
a ticket: the moment of the scan, signed by the server, so that however long signing in takes, the scan counts.
Pure, but for Django's signing.
"""

import datetime as dt
import hmac
from dataclasses import dataclass
from hashlib import sha256

from django.core import signing

SECONDS = 15
DIGITS = 6
# How many earlier codes are still taken: what was on the wall when somebody began to type.
EARLIER = 2
# How long signing in may take after a scan.
TICKET_SECONDS = 30 * 60
_SALT = "training.scan"


@dataclass(frozen=True)
class Ticket:
    """A scan that happened: of which session, when, to come or to go."""

    session: int
    scanned_at: dt.datetime
    leaving: bool


def code_at(secret: str, at: dt.datetime, *, leaving: bool = False) -> str:
    """The six digits of a moment. Codes to sign out differ from those to sign in."""
    return _code(secret, _step(at), leaving)


def accepts(secret: str, code: str, at: dt.datetime, *, leaving: bool = False) -> bool:
    """Whether the code was shown at the moment or up to EARLIER steps before."""
    step, given = _step(at), "".join(code.split())
    return any(hmac.compare_digest(given, _code(secret, step - back, leaving)) for back in range(EARLIER + 1))


def seconds_left(at: dt.datetime) -> float:
    """Until the next code."""
    return SECONDS - at.timestamp() % SECONDS


def ticket_for(session: int, at: dt.datetime, *, leaving: bool = False) -> str:
    """What a phone keeps between scanning and signing in."""
    return signing.dumps([session, int(at.timestamp()), int(leaving)], salt=_SALT)


def read_ticket(text: str) -> Ticket | None:
    """The scan, None for a text that the server did not sign or for one too old."""
    try:
        session, at, leaving = signing.loads(text, salt=_SALT, max_age=TICKET_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return Ticket(session, dt.datetime.fromtimestamp(at, dt.UTC), bool(leaving))


def _step(at: dt.datetime) -> int:
    return int(at.timestamp()) // SECONDS


def _code(secret: str, step: int, leaving: bool) -> str:
    """HMAC, truncated as RFC 4226 does it."""
    digest = hmac.digest(secret.encode(), f"{step}:{int(leaving)}".encode(), sha256)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"
