"""What binds a landlord beside the Code's paragraphs, as `putright code` shows it: hazards, the Ombudsman, data.

The numbers are those that the clocks themselves count by.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from putright.cases import beside, hazards
from putright.cases.ombudsman import CONTACTS
from putright.cases.working_days import in_words


@dataclass(frozen=True, slots=True)
class Beside:
    """One subject beside the Code: what holds, line by line, since when, and how sure we are."""

    name: str
    title: str
    says: tuple[str, ...]
    in_force: date | None
    """None where its parts began on different days."""
    source: str
    sure: str
    used: tuple[str, ...]


def subjects() -> dict[str, Beside]:
    """All subjects by the name that a person types."""
    return {x.name: x for x in (_awaab(), _data(), _ombudsman())}


def _awaab() -> Beside:
    significant = sorted((since, kind) for kind, since in hazards.SIGNIFICANT_FROM.items() if since)
    days = dict.fromkeys(since for since, _ in significant)
    return Beside(
        "awaab",
        "Awaab's Law: hazards in social homes",
        (
            f"An emergency is investigated and made safe within {hazards.EMERGENCY_HOURS} hours of becoming aware.",
            f"A significant one is investigated within {hazards.INVESTIGATE_WORKING_DAYS} working days of it.",
            f"From the investigation's end: a written summary within {hazards.SUMMARY_WORKING_DAYS} working days,",
            f"safety work within {hazards.SAFETY_WORK_WORKING_DAYS} working days, further work begun by then,",
            f"or, where that cannot be, within {hazards.BACKSTOP_WEEKS} weeks.",
            "Another home is offered where it cannot be made safe in time.",
            "These clocks run at once with the Code's.",
            *(
                f"For a significant hazard from {in_words(since)}: "
                f"{', '.join(kind for day, kind in significant if day == since)}."
                for since in days
            ),
        ),
        hazards.IN_FORCE,
        "SI 2025/1042, as summarised by third parties",
        "the instrument was not read, and the second of the days is to be confirmed on GOV.UK",
        ("putright case hazard", "putright clock --hazard", "the digest: hazards that are due"),
    )


def _data() -> Beside:
    return Beside(
        "data-protection",
        "Data protection: clocks beside the Code's",
        (
            f"A subject access request is answered within {beside.SUBJECT_ACCESS_MONTHS} month of the day of receipt,",
            "or on the next working day where that is none.",
            f"A data protection complaint: acknowledged within {beside.DP_COMPLAINT_DAYS} days, the first counted,",
            f"if it came on or after {in_words(beside.DP_COMPLAINT_SINCE)}.",
            f"A breach is told to the ICO within {beside.BREACH_HOURS} hours of becoming aware, where it must be.",
        ),
        None,
        "UK GDPR, Art 12(3), 15 and 33; Data (Use and Access) Act 2025",
        "from the ICO's older pages and law firms; what changed on 5 February 2026 was not read",
        ("the marks of a message: each with its own clock on the case",),
    )


def _ombudsman() -> Beside:
    contact = CONTACTS[-1]
    return Beside(
        "ombudsman",
        "How residents reach the Housing Ombudsman",
        tuple(_ways()),
        contact.valid_from,
        contact.source,
        f"last checked on {in_words(contact.checked_on)}",
        ("putright letter: every letter", "putright check-letter: each part of it, and what is out of date"),
    )


def _ways() -> Iterator[str]:
    contact = CONTACTS[-1]
    yield f"Online: {contact.form}"
    yield f"By telephone: {contact.phone}"
    yield f"By post: {contact.post}"
    yield "No new enquiries by e-mail." if not contact.email else f"By e-mail: {contact.email}"
