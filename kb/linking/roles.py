"""Duty or penalty: told from the text of the provision that an item's basis cites."""

import re

from kb.models import Citation

_PENALTY = re.compile(
    r"处罚|罚款|给予警告|警告、|没收|吊销|拘留|责令[^。]{0,60}(?:处|罚)|处[一二三四五六七八九十百千万\d]|承担[^。]{0,10}责任"
)
_DUTY = re.compile(r"不得|应当|禁止|必须|严禁|不准")


def role_of_provision(text: str) -> str:
    """The role a provision plays as an item's basis; a plain reference when its text does not tell."""
    if _PENALTY.search(text):
        return Citation.Role.PENALTY
    return Citation.Role.DUTY if _DUTY.search(text) else Citation.Role.REFERENCE
