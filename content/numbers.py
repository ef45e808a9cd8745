"""Numbers as people write them. Pure."""

from decimal import Decimal


def plain_number(number: Decimal | int) -> str:
    """Without idle zeros: `33.30` -> `33.3`, `2.00` -> `2`, `20` -> `20`."""
    return f"{Decimal(number).normalize():f}"
