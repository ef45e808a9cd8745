"""What a citation is used for, told from the words around it. A guess that a person may change."""

import re

from kb.citations.values import Role

_CLAUSE = re.compile(r"[。；\n]")
_COMMA = re.compile(r"[，,。；：\n]")
_BREACH = re.compile(r"(?:违反|违背|不符合|未遵守|触犯)[^，。；]{0,20}$")
_BASIS = re.compile(r"(?:依照|依据|根据|按照|适用|由|按)[^，。；]{0,30}$")
# 处罚 in the name of a law is no sanction.
_SANCTION = re.compile(r"处罚(?!法|条例|决定|程序)|罚款(?!决定)|处分(?!法|条例)|处以|没收|吊销|拘留|追究|责令")
_REACH = 25
_DISCRETION = re.compile(r"裁量|从轻|减轻|从重|不予处罚|免予处罚")
_PROCEDURE = re.compile(r"程序|听证|送达|立案|告知")
_POWER = re.compile(r"职责|职权|授权|委托|行使")


def role_of(text: str, start: int, end: int) -> str:
    """The role of the citation at that span of folded text."""
    before = text[max(0, start - 40) : start]
    before = _COMMA.split(before)[-1]
    after = _CLAUSE.split(text[end : end + 60])[0]
    if _BREACH.search(before):
        return Role.DUTY
    if _DISCRETION.search(after[:20]):
        return Role.DISCRETION
    if _BASIS.search(before) and _SANCTION.search(after[:_REACH]):
        return Role.PENALTY
    if _PROCEDURE.search(after[:15]):
        return Role.PROCEDURE
    if _POWER.search(after[:15]):
        return Role.POWER
    return Role.REFERENCE
