"""How to reach the Housing Ombudsman: dated contact details, and the wordings that have gone stale."""

import re
from dataclasses import dataclass
from datetime import date

from putright.cases.errors import Refused

STALE_AFTER_DAYS = 90
"""After so many days without a check the details are shown with a warning (our choice)."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One set of contact details. `checked_on` is the day somebody last compared it with its source."""

    valid_from: date
    checked_on: date
    source: str
    form: str
    phone: str
    post: str
    email: str = ""

    @property
    def version(self) -> str:
        """Stamped into each letter."""
        return f"ombudsman-{self.valid_from.isoformat()}"

    @property
    def block(self) -> str:
        """The details as a letter gives them."""
        ways = [f"online at {self.form}", f"by telephone on {self.phone}", f"by post to {self.post}"]
        if self.email:
            ways.append(f"by e-mail to {self.email}")
        return f"{', '.join(ways[:-1])}, or {ways[-1]}"


_FORM = "www.housing-ombudsman.org.uk/residents/make-a-complaint/"
_PHONE = "0300 111 3000"
_POST = "Housing Ombudsman Service, PO Box 1484, Unit D, Preston PR2 0ET"

CONTACTS = (
    Contact(
        valid_from=date(2022, 10, 1),
        checked_on=date(2026, 11, 21),
        source="landlords' published pages that agree with each other; unconfirmed",
        form=_FORM,
        phone=_PHONE,
        post=_POST,
        email="info@housing-ombudsman.org.uk",
    ),
    Contact(
        valid_from=date(
            2026, 1, 13
        ),  # new enquiries are no longer taken by e-mail (notice on the Ombudsman's site)
        checked_on=date(2026, 11, 21),
        source="notice on the Ombudsman's own site, 13 January 2026; telephone and post unconfirmed",
        form=_FORM,
        phone=_PHONE,
        post=_POST,
    ),
)
"""Newest last."""


def contact_on(day: date) -> Contact:
    """The details in force on a day. Raises Refused before the first of them."""
    for contact in reversed(CONTACTS):
        if contact.valid_from <= day:
            return contact
    raise Refused("The Ombudsman's details of that time are not known: see the Ombudsman's own site.")


STALE = (
    (re.compile(r"PO Box 152\b|\bL33\s*7WQ\b", re.I), "the Ombudsman's address in Liverpool is out of date"),
    (re.compile(r"Exchange Tower|\bE14\s*9GE\b", re.I), "the Ombudsman's address in London is out of date"),
    (
        re.compile(
            r"\b(?:eight|8)[\s-]weeks?\b(?=[^.!?]*ombudsman)|ombudsman\b[^.!?]*\b(?:eight|8)[\s-]weeks?\b",
            re.I,
        ),
        "nobody has to wait eight weeks before going to the Ombudsman (since October 2022)",
    ),
    (
        re.compile(r"designated (?:person|persons|complaints panel)", re.I),
        "the designated person is no longer part of the way to the Ombudsman (since October 2022)",
    ),
    (
        re.compile(r"info@housing-ombudsman\.org\.uk", re.I),
        "the Ombudsman has taken no new enquiries by e-mail since 13 January 2026",
    ),
)
"""What a letter of today must not say, and why."""
