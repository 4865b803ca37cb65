from gongkai.registers.models.entry import EntryQuerySet, RegisterEntry, StandingEntry
from gongkai.registers.models.events import ChannelMonth, Fund, FundPurpose, Meeting, PressConference, Training
from gongkai.registers.models.rules import RevisionKind, RuleRevision, WorkRule
from gongkai.registers.models.standing import (
    Capacity,
    DisclosurePlace,
    LeadingGroup,
    Level,
    PlaceKind,
    PlaceSite,
    PlaceVisits,
    ResponsiblePerson,
    StaffMember,
    StaffWork,
)
from gongkai.registers.models.supply import SuppliedFigure, SupplySheet

REGISTERS: dict[str, type[RegisterEntry]] = {
    "pressconference": PressConference,
    "meeting": Meeting,
    "training": Training,
    "disclosureplace": DisclosurePlace,
    "placevisits": PlaceVisits,
    "staffmember": StaffMember,
    "fund": Fund,
    "leadinggroup": LeadingGroup,
    "responsibleperson": ResponsiblePerson,
    "workrule": WorkRule,
    "rulerevision": RuleRevision,
    "channelmonth": ChannelMonth,
}
"""By the name that stands in addresses."""

__all__ = [
    "REGISTERS",
    "Capacity",
    "ChannelMonth",
    "DisclosurePlace",
    "EntryQuerySet",
    "Fund",
    "FundPurpose",
    "LeadingGroup",
    "Level",
    "Meeting",
    "PlaceKind",
    "PlaceSite",
    "PlaceVisits",
    "PressConference",
    "RegisterEntry",
    "ResponsiblePerson",
    "RevisionKind",
    "RuleRevision",
    "StaffMember",
    "StaffWork",
    "StandingEntry",
    "SuppliedFigure",
    "SupplySheet",
    "Training",
    "WorkRule",
]
