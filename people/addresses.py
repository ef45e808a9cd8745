"""Where a request comes from: the one place that decides whose word is taken for it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# A subscriber has a whole /64 of IPv6 to move in.
SUBSCRIBER_BITS = 64


def client_address(request: HttpRequest) -> str | None:
    """The client's address, or None where the server does not know it.

    A header can be written by anybody, so one is read only where `CLIENT_ADDRESS_HEADER` names it, and of a list in it
    the last entry: the one that our own proxy added. An IPv4 address in IPv6 clothes is the IPv4 address.
    """
    header = settings.CLIENT_ADDRESS_HEADER
    given = request.headers.get(header, "").rpartition(",")[2] if header else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(given.strip())
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def subscriber(request: HttpRequest) -> str:
    """Whom to count a request for: the address, of IPv6 its network; empty where the server does not know it."""
    address = client_address(request)
    if address is None or ":" not in address:
        return address or ""
    return str(ipaddress.ip_network((address, SUBSCRIBER_BITS), strict=False))
