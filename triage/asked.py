"""Keeping who asked what: how a question was understood, without the words that were typed and without names."""

from datetime import datetime

from sqlite_utils import Database

from putright.storage import questions
from putright.storage.questions import Asked
from putright.triage.asking.result import Answer
from putright.triage.landlord import Landlord
from putright.triage.question import Question


def keep(
    db: Database,
    who: str,
    question: Question,
    found: Answer | None,
    landlord: Landlord,
    now: datetime,
    refused: str = "",
) -> None:
    """Keep one question with what became of it. Raises DatabaseProblem."""
    about = dict(question.slots)
    if about.get("handler") not in (None, "me"):
        about["handler"] = "somebody"
    if about.get("team") and about["team"] not in landlord.teams:
        about["team"] = "unknown"
    named = len(found.rows) if found else 0
    if found and question.ref and not found.missing:
        named = 1
    questions.add(db, Asked(now, who, question.intent, about, named, refused))
