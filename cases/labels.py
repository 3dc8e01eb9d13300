"""What a message is: the four labels with their definitions, and the other closed lists a reading draws on."""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a message is, by the Complaint Handling Code (2024). Each has a `meaning`."""

    COMPLAINT = "complaint"
    SERVICE_REQUEST = "service_request"
    SURVEY_FEEDBACK = "survey_feedback"
    OTHER = "other"

    @property
    def meaning(self) -> "Meaning":
        return MEANINGS[self]

    @property
    def words(self) -> str:
        """The label as staff read it: `service request`."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A label's definition and the paragraph of the Code it stands on (`""` where the Code has none)."""

    definition: str
    paragraph: str


MEANINGS = {
    Label.COMPLAINT: Meaning(
        "An expression of dissatisfaction, however made, about the standard of service, actions or lack of "
        "action by the landlord, its own staff, or those acting on its behalf, affecting a resident or group "
        "of residents.",
        "1.2",
    ),
    Label.SERVICE_REQUEST: Meaning(
        "A request from a resident to the landlord requiring action to be taken to put something right.",
        "1.4",
    ),
    Label.SURVEY_FEEDBACK: Meaning(
        "An answer to a survey or consultation that the landlord ran, satisfied or not; dissatisfaction in it "
        "is not a complaint, and where possible the person is told how to complain.",
        "1.6",
    ),
    Label.OTHER: Meaning(
        "None of the three: an enquiry, thanks, a rights request, administration. Nothing to put right and "
        "nobody dissatisfied.",
        "",
    ),
}


class Decision(StrEnum):
    """Whether the machine is sure of its label or asks a person."""

    SURE = "sure"
    ASK = "ask"


class Channel(StrEnum):
    """How a message reached the landlord."""

    EMAIL = "email"
    FORWARD = "forward"
    SLACK = "slack"
    WEBFORM = "webform"
    SURVEY = "survey"
    LETTER = "letter"
    VOICEMAIL = "voicemail"
    SOCIAL = "social"


class ServiceArea(StrEnum):
    """What a message is mainly about."""

    REPAIRS = "repairs"
    DAMP_MOULD = "damp_mould"
    HEATING_GAS = "heating_gas"
    PLANNED_WORKS = "planned_works"
    ALLOCATIONS = "allocations"
    ASB_NEIGHBOURS = "asb_neighbours"
    TENANCY_RENT = "tenancy_rent"
    ESTATE_SERVICES = "estate_services"
    STAFF_COMMUNICATION = "staff_communication"
    LEASEHOLD_CHARGES = "leasehold_charges"
    HOMELESSNESS = "homelessness"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The area as staff read it: `damp and mould`."""
        return AREA_WORDS.get(self, self.value.replace("_", " "))


AREA_WORDS = {
    ServiceArea.DAMP_MOULD: "damp and mould",
    ServiceArea.HEATING_GAS: "heating and gas",
    ServiceArea.ASB_NEIGHBOURS: "ASB and neighbours",
    ServiceArea.TENANCY_RENT: "tenancy and rent",
    ServiceArea.STAFF_COMMUNICATION: "staff and communication",
    ServiceArea.LEASEHOLD_CHARGES: "leasehold and charges",
}


class Flag(StrEnum):
    """Facts about a message that change how its case is handled (models/corpus/LABELLING.md defines each)."""

    ESCALATION_REQUEST = "escalation_request"
    THIRD_PARTY = "third_party"
    MP_COUNCILLOR = "mp_councillor"
    VULNERABILITY = "vulnerability"
    HAZARD_EMERGENCY = "hazard_emergency"
    HAZARD_SIGNIFICANT = "hazard_significant"
    LEGAL = "legal"
    OVER_12_MONTHS = "over_12_months"
    CHASER = "chaser"
    NO_COMPLAINT_WISH = "no_complaint_wish"
    EXPLICIT_COMPLAINT = "explicit_complaint"
    OMBUDSMAN = "ombudsman"
    REASONABLE_ADJUSTMENT = "reasonable_adjustment"


class Mark(StrEnum):
    """What a message brings with it beside its label, each with a duty of its own; a person checks them."""

    SAR = "sar"
    DP_COMPLAINT = "dp_complaint"
    POSSIBLE_BREACH = "possible_breach"
    CONTRACTOR = "contractor"
    GROUP = "group"
    INFORMATION_REQUEST = "information_request"
    LGSCO = "lgsco"

    @property
    def meaning(self) -> str:
        return MARK_MEANINGS[self][0]

    @property
    def source(self) -> str:
        """The paragraph of the Code or the law that it stands on."""
        return MARK_MEANINGS[self][1]


MARK_MEANINGS = {
    Mark.SAR: ("asks for what is held about a person: one month, from the day of receipt", "UK GDPR, Art 15"),
    Mark.DP_COMPLAINT: (
        "is unhappy with how personal data was used: acknowledge within 30 days, beside the Code's clock",
        "Data (Use and Access) Act 2025",
    ),
    Mark.POSSIBLE_BREACH: (
        "says that personal data was lost or went to the wrong person: 72 hours where the ICO must be told",
        "UK GDPR, Art 33",
    ),
    Mark.CONTRACTOR: ("touches a contractor, for whom the landlord answers", "Code 1.2, 5.4, 5.5"),
    Mark.GROUP: ("speaks for several residents or touches many", "Code 1.2"),
    Mark.INFORMATION_REQUEST: (
        "asks for recorded information: freedom of information (councils), STAIRs (associations, from 1 Apr 2027)",
        "Freedom of Information Act 2000; STAIRs",
    ),
    Mark.LGSCO: (
        "may belong to the Local Government and Social Care Ombudsman or a review right, not the Housing Ombudsman",
        "Code 5.7",
    ),
}


class Role(StrEnum):
    """What one sentence of a message mainly does (models/corpus/LABELLING.md, "Sentence roles")."""

    DISSATISFACTION = "D"
    COMPLAIN = "C"
    NOT_A_COMPLAINT = "N"
    OTHERS_CONDUCT = "P"
    FAULT = "F"
    HISTORY = "H"
    REQUEST = "R"
    QUESTION = "Q"
    SURVEY = "V"
    THANKS = "T"
    REST = "X"

    @property
    def words(self) -> str:
        return ROLE_WORDS[self]


ROLE_WORDS = {
    Role.DISSATISFACTION: "unhappy with the landlord",
    Role.COMPLAIN: "asks for a complaint",
    Role.NOT_A_COMPLAINT: "says it is not a complaint",
    Role.OTHERS_CONDUCT: "somebody else's conduct",
    Role.FAULT: "reports a fault or need",
    Role.HISTORY: "tells what happened before",
    Role.REQUEST: "asks for action",
    Role.QUESTION: "asks for information",
    Role.SURVEY: "survey question or score",
    Role.THANKS: "thanks",
    Role.REST: "anything else",
}
