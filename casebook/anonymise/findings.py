"""What the scan finds: frozen values. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The same codes as casebook.Replacement.Kind; a test compares them."""

    PERSON = "person"
    IDENTITY = "identity"
    PHONE = "phone"
    PLATE = "plate"
    ACCOUNT = "account"
    CREDIT_CODE = "credit_code"
    ADDRESS = "address"
    ORGANISATION = "organisation"
    CONTACT = "contact"
    DAY = "day"
    MINOR = "minor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of one text that a rule holds for recognisable. `cue` is what the rule went by (店主, 先生)."""

    kind: Kind
    start: int
    end: int
    why: str
    sure: bool = True
    cue: str = ""
    proposal: str = ""

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Finding:
    """One occurrence: `place` names the text, `start` and `end` are offsets in it (half-open).

    `why` tells the editor the reason; what is not `sure` may be a false alarm.
    """

    kind: Kind
    place: str
    start: int
    end: int
    original: str
    proposal: str
    why: str
    sure: bool = True
