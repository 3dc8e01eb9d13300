"""What to ask the resident where the complaint definition lacks something (5.6): a function of body and reading."""

import re
from dataclasses import dataclass

from putright.cases.labels import Decision, Flag, Label, Role, ServiceArea
from putright.cases.reading import Reading
from putright.classifier.words import straight

NO_PLACE_NEEDED = frozenset(
    {
        ServiceArea.ALLOCATIONS,
        ServiceArea.HOMELESSNESS,
        ServiceArea.LEASEHOLD_CHARGES,
        ServiceArea.STAFF_COMMUNICATION,
        ServiceArea.TENANCY_RENT,
    }
)
"""Areas whose matters do not happen at a place that must be found."""
MAY_BE_A_COMPLAINT = 0.1
"""From this chance on, the choice is worth offering where a person is asked anyway (1.3)."""
TOLD = frozenset({Role.DISSATISFACTION, Role.FAULT, Role.HISTORY, Role.OTHERS_CONDUCT, Role.COMPLAIN})
"""Sentences that tell of the matter itself: the others' dates and people say nothing of it."""
MONTH = "may|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
DATE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:jan|febr)uary|\b(?:march|april|june|july|august)\b"
    r"|\b(?:septem|octo|novem|decem)ber|\b(?:in|since|by|until|till|last) may\b|\b\d{1,2}(?:st|nd|rd|th)\b"
    rf"|\b(?:{MONTH}) \d|\d (?:{MONTH})\b"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b"
    r"|\b(?:today|yesterday|tonight|last night)\b"
    r"|\bthis (?:morning|afternoon|evening|week|month|year|winter|summer|am|pm)\b"
    r"|\b(?:last|past|previous) (?:\w+ )?(?:day|night|week|month|year|winter|summer|spring|autumn|christmas|easter)s?\b"
    r"|\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|couple of|week) "
    r"?(?:day|week|month|year|wk|mth|yr|hour|fortnight|nine|ten)s?\b|\b(?:fortnight|easter|christmas|new year)\b"
)
PLACE = re.compile(
    r"\b(?:flat|no\.?|number|apartment|block|unit|plot|room) ?\d+|\b\d+[a-z]?,? (?:[a-z']+ ){0,3}"
    r"(?:street|st|road|rd|lane|ln|close|cl|court|ct|crescent|cres|avenue|ave|drive|row|terrace|way|place|gardens?"
    r"|grove|hill|house|green|square|sq|park|walk|mews|rise|view|wharf|quay|yard|flats|tower)\b"
    r"|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|\b[a-z']+ (?:court|house|street|road|close|lane|tower|terrace)\b"
    r"|\b(?:kitchen|bath(?:room)?|bed ?room|living room|lounge|hall(?:way)?|toilet|loo|loft|roof|stair\w*|landing|lobby"
    r"|lift|communal|garden|garage|fence|gate|ceiling|front door|back door|window|balcony|cellar|porch|bin store"
    r"|car park|entrance|corridor|shower|cooker|boiler|radiator|wet room)s?\b"
)
PARTY = re.compile(
    r"\b(?:you|your|yours|you've|you're|council|landlord|association|trust|homes|housing|contractors?|officers?|manager"
    r"|engineers?|plumbers?|electricians?|fitters?|roofers?|scaffolders?|caretakers?|cleaners?|surveyors?|inspector"
    r"|repairs|operatives?|workm[ae]n|staff|team|office|department|wardens?|receptionist|gardeners?|company|firm"
    r"|m[ae]n|wom[ae]n|chaps?|blokes?|lady|lass|girls?|lads?|nobody|no one|neighbours?|customer services?|call centre"
    r"|helpline)\b"
)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: what it is `about`, in words for the resident, and the paragraph that wants it known."""

    about: str
    words: str
    paragraph: str


POINT = Question("point", "What has gone wrong, in your own words?", "5.6")
OUTCOME = Question("outcome", "What would put this right for you?", "5.6")
DATE_ASKED = Question("date", "When did this happen, or when did it begin?", "2.3")
PLACE_ASKED = Question("place", "Where is it: which home, and which room or part of the building?", "5.6")
PARTY_ASKED = Question("party", "Who was it: somebody from our staff, a contractor, or somebody else?", "5.7")
REPLY = Question("reply", "What in our reply are you not content with? You need not say.", "6.12")
CHOICE = Question("choice", "Would you like us to treat this as a complaint? The choice is yours.", "1.3")
RESIDENT = Question("authority", "Do they know that you are writing, and may we answer you about it?", "3.6")


def questions(body: str, reading: Reading) -> tuple[Question, ...]:
    """What to ask, the most needed first; nothing for what is surely no complaint.

    Only what the message does not say is asked, so that nobody must tell the same thing twice.
    """
    if reading.label is not Label.COMPLAINT:
        open_choice = reading.probabilities[Label.COMPLAINT] >= MAY_BE_A_COMPLAINT
        return (CHOICE,) if reading.decision is Decision.ASK and open_choice else ()
    told = told_in(body, reading)
    found = [CHOICE] if Flag.NO_COMPLAINT_WISH in reading.flags else []
    if not reading.issues:
        found.append(POINT)
    if not reading.outcomes:
        found.append(OUTCOME)
    if Flag.ESCALATION_REQUEST in reading.flags:  # the matter, its date and its place stand in stage 1
        found += [] if reading.issues else [REPLY]
        return tuple(q for q in found if q is not POINT)
    if not DATE.search(told):
        found.append(DATE_ASKED)
    if reading.service_area not in NO_PLACE_NEEDED and not PLACE.search(straight(body)):
        found.append(PLACE_ASKED)
    if not PARTY.search(told):
        found.append(PARTY_ASKED)
    if Flag.THIRD_PARTY in reading.flags and Flag.MP_COUNCILLOR not in reading.flags:
        found.append(RESIDENT)
    return tuple(found)


def told_in(body: str, reading: Reading) -> str:
    """What the message tells of the matter, in lower case with plain quotes; the whole body if no sentence does."""
    parts = [body[s.start : s.end] for s in reading.sentences if s.role in TOLD]
    return straight("\n".join(parts) or body)
