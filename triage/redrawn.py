"""A post as it has to read once its case has moved: what it is now, who said so, whose it is, and what is next."""

from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.labels import Label
from putright.cases.records.promises import open_promises
from putright.storage.outbox import STANDING
from putright.triage.posts import EMERGENCY, Post, closed_off, commands, hazard_words, headline, offers


def next_acts(case: Case) -> tuple[str, ...]:
    """The buttons that make sense on a case as it stands; the acts themselves still decide."""
    if case.closed:
        return ("why",)
    promised = ("done",) if open_promises(case) else ()
    if case.label is not Label.COMPLAINT or case.unconfirmed:
        done = (*(["take"] if case.handler else []), *(["right"] if case.confirmed_by else []))
        return (
            *(x for x in offers(case) if x not in done),
            *(("assign",) if case.handler else ()),
            *promised,
        )
    stage = case.at_stage(case.stage)
    wanted = [*([] if case.confirmed_by else ["right"]), "change", "why", "define", "assign"]
    if not stage.acknowledged:
        wanted.append("acknowledge")
    elif not stage.responded:
        wanted += ["extend", "respond"]
    elif not (case.escalated or case.stage_2_refused):
        wanted.append("escalate")
    return (*wanted, *promised)


def redrawn(case: Case, due: Deadline | None, post: Post, kind: str = STANDING[0]) -> Post:
    """`post`, as it was first said, for the case as it stands; of a confined case no more than its reference.

    A post of a `kind` that does not show how the case stands reads as it first did.
    """
    if case.confined:
        return closed_off(case.reference, post)
    if kind not in STANDING:
        return post
    if into := case.joined_into or case.merged_into:
        return Post(f"{case.reference} is part of {into} now.", (f"Details:  /case {into}",), case.reference)
    details = f"Details:  /case {case.reference}"
    # what somebody has judged needs its reasons no longer; an emergency stays to be read
    hazard = "" if case.closed else hazard_words(case)  # perhaps of a later message
    shown = post.lines if hazard in post.lines else (*post.lines, hazard)
    kept = [x for x in shown if x != details and (not case.confirmed_by or x.startswith(EMERGENCY))]
    said = f"Confirmed by {case.confirmed_by}." if case.confirmed_by else ""
    who = f"With {case.handler}." if case.handler else ""
    lines = (*kept, said, who, "Closed." if case.closed else "", details)
    said_now = tuple(x for x in lines if x)
    return Post(headline(case, due), said_now, case.reference, next_acts(case), commands(case.reference))
