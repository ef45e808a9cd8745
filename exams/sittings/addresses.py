"""Where an exam may be sat: ranges of addresses, one a line."""

import ipaddress

from django.core.exceptions import ValidationError


def is_allowed(ip_ranges: str, address: str | None) -> bool:
    """Whether the address lies in one of the ranges, one a line; without ranges every address does."""
    ranges = _read(ip_ranges)
    if not ranges:
        return True
    return address is not None and any(ipaddress.ip_address(address) in one for one in ranges)


def check_ranges(ip_ranges: str) -> None:
    """Raises ValidationError naming the line that is no range."""
    for number, line in enumerate(ip_ranges.splitlines(), 1):
        try:
            _read(line)
        except ValueError:
            raise ValidationError(
                f"允许的网段第 {number} 行“{line.strip()}”不是网段；请写成 10.1.2.0/24 或 10.1.2.3。"
            ) from None


def _read(ip_ranges: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(line.strip(), strict=False) for line in ip_ranges.splitlines() if line.strip()]
