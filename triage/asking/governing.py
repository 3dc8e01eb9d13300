"""What the governing body is answered (9.5, 9.6): numbers, lists and dates, without a name or a word of anybody's."""

from dataclasses import replace

from putright.triage.asking.result import Answer
from putright.triage.question import Question

ANSWERED = ("list", "count", "status", "due_when", "deadline_rule", "help", "none")


def refused(question: Question) -> Answer | None:
    """The answer to what the governing body does not see here; None for what it does."""
    if question.intent not in ANSWERED or question.handler:
        return Answer(
            "The governing body sees numbers, lists and dates here, not who has a case or what was written on it.",
            lines=("Ask what is overdue, how many came in this month, or how one case stands.",),
        )
    return None


def without_names(found: Answer) -> Answer:
    """A list without the names of handlers and of whoever confirmed a label."""
    rows = tuple(
        replace(
            x,
            handler="a handler" if x.handler else "",
            confirmed_by="a person" if x.confirmed_by else "",
        )
        for x in found.rows
    )
    return replace(found, rows=rows)
