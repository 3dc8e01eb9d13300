"""A weekly sample of what was surely called no complaint, so that missed complaints are counted and not guessed.

Complaints leads label what is drawn; drawn by lot, it is a fair sample, unlike what the machine asks about.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from putright.cases.labels import Decision, Label
from putright.storage import cases, labels
from putright.storage.cases import Row

SIZE = 20
"""Messages drawn a week; fewer when there were fewer."""
Z95 = 1.959964
"""The normal quantile of a two-sided 95% interval."""


@dataclass(frozen=True, slots=True)
class MissRate:
    """How many of the messages drawn by lot were complaints after all, with a 95% interval (Wilson's)."""

    missed: int
    looked_at: int

    @property
    def interval(self) -> tuple[float, float]:
        """Lowest and highest share that fit what was seen; 0 and 1 when nothing was."""
        n, z = self.looked_at, Z95
        if not n:
            return 0.0, 1.0
        share = self.missed / n
        centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        if not self.looked_at:
            return "Nobody has looked at a sample yet, so how many complaints are missed is not known."
        low, high = self.interval
        return (
            f"{self.missed} of {self.looked_at} looked at were complaints after all (range {low:.1%} to {high:.1%} of "
            "what is surely called no complaint)."
        )


def week_of(day: date) -> date:
    """The Monday that a day's week begins with."""
    return day - timedelta(days=day.weekday())


def sample(db: Database, week: date, size: int = SIZE) -> list[Row]:
    """What is drawn of the cases logged in the week that begins on the Monday `week`.

    The draw is by a hash of week and reference: the same whenever it is asked for, and nobody chooses it.
    """
    drawn = sorted(_sure_of_no_complaint(db, week), key=lambda ref: _lot(week, ref))[:size]
    rows = {x.reference: x for x in cases.named(db, drawn)}
    return [rows[ref] for ref in drawn if ref in rows]


def miss_rate(db: Database) -> MissRate:
    """Over every message that was labelled because it was drawn; the first label given to each counts."""
    first: dict[str, Label] = {}
    for one in labels.drawn(db):
        first.setdefault(one.reference, one.label)
    return MissRate(sum(x is Label.COMPLAINT for x in first.values()), len(first))


def _lot(week: date, reference: str) -> str:
    return hashlib.sha256(f"{week.isoformat()} {reference}".encode()).hexdigest()


def _sure_of_no_complaint(db: Database, week: date) -> list[str]:
    rows = db.execute(
        "select c.reference from cases c join events e on e.case_ref = c.reference and e.seq = 1 "  # it was opened
        "where substr(c.opened, 1, 10) >= ? and substr(c.opened, 1, 10) < ? "
        "and json_extract(e.data, '$.decision') = ? and json_extract(e.data, '$.label') != ? and e.actor != 'import'",
        [
            week.isoformat(),
            (week + timedelta(days=7)).isoformat(),
            Decision.SURE.value,
            Label.COMPLAINT.value,
        ],
    )
    return [str(row[0]) for row in rows]
