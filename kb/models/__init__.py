"""The rules in force: regulations and their versions, provisions, citations, power items.

What the rest of the project may rely on: a reference is (regulation, provision key) and is
resolved by date; a version's provisions never change in place; validity ends are exclusive.
Imports people only.
"""

from kb.models.assignment import AdjustmentBatch, AdjustmentLine, ConfirmationLetter, StreetAssignment
from kb.models.citation import Citation
from kb.models.domain import Domain
from kb.models.form import FormField, FormTemplate, Procedure
from kb.models.instructor import InstructorAppointment
from kb.models.power_item import ItemCode, PowerItem, PowerSubItem
from kb.models.provision import Gist, Provision, ProvisionSuccession
from kb.models.regulation import Regulation, RegulationAlias, RegulationRelation
from kb.models.version import RegulationVersion, SourceText

__all__ = [
    "AdjustmentBatch",
    "AdjustmentLine",
    "Citation",
    "ConfirmationLetter",
    "Domain",
    "FormField",
    "FormTemplate",
    "Gist",
    "InstructorAppointment",
    "ItemCode",
    "PowerItem",
    "PowerSubItem",
    "Procedure",
    "Provision",
    "ProvisionSuccession",
    "Regulation",
    "RegulationAlias",
    "RegulationRelation",
    "RegulationVersion",
    "SourceText",
    "StreetAssignment",
]
