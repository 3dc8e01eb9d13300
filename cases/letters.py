"""What each letter to a resident must hold by the Code, and which of it a draft lacks.

A letter is written from `Facts`; `missing` reads the finished text, whoever wrote it, and names every part that is
not there with its paragraph.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from putright.cases.impact import fault_in
from putright.cases.ombudsman import STALE, Contact
from putright.cases.working_days import in_words


class Kind(StrEnum):
    """The letters there are."""

    ACKNOWLEDGEMENT = "acknowledgement"
    UPDATE = "update"
    EXTENSION = "extension"
    STAGE_1 = "stage-1"
    STAGE_2 = "stage-2"
    REFUSAL = "refusal"
    CLOSURE = "closure"
    PUBLIC_REPLY = "public-reply"
    SIGNPOST = "signpost"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the complaint definition, whether we are responsible for it (5.7), and how it was decided (6.7)."""

    text: str
    responsible: str = ""
    """`yes`, `no` or `unclear`; empty while nobody has said."""
    who_else: str = ""
    """Who is responsible where we are not."""
    decision: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Something we do: what, by when, who (7.3, 6.6)."""

    what: str
    by: date | None = None
    owner: str = ""
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a letter may say. What is empty is asked for in the draft in square brackets."""

    reference: str
    landlord: str
    written: date
    ombudsman: Contact
    stage: int = 1
    resident: str = ""
    handler: str = ""
    contact: str = ""
    policy: str = ""
    """The address of the complaints policy (3.4, 3.5)."""
    received: date | None = None
    points: tuple[Point, ...] = ()
    outcomes: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    due: date | None = None
    """The date that the resident is told; for an extension the new one, also where its notice was late."""
    owed: date | None = None
    """The date by which compliance is measured: a letter written after it says that it was missed."""
    survey: bool = False
    """Whether it came as the answer to a survey."""
    third_party: str = ""
    """Who wrote for the resident: a member of Parliament, a councillor, a representative."""
    decision: str = ""
    impact: str = ""
    """How the fault affected the resident, as recorded (7.2)."""
    remedies: tuple[Promise, ...] = ()
    actions: tuple[Promise, ...] = ()
    reason: str = ""
    """Why it is extended, refused or closed; for an update what has happened."""
    interval: str = ""
    """How often updates were agreed (5.9)."""
    ground: str = ""
    large_print: bool = False
    adjustments: tuple[str, ...] = field(default=())

    @property
    def fault(self) -> bool | None:
        """Whether a fault was found, as far as it is decided; None while nothing is."""
        decided = [x for x in (self.decision, *(point.decision for point in self.points)) if x]
        return fault_in(decided) if decided else None


@dataclass(frozen=True, slots=True)
class Lack:
    """A part that a letter lacks or gets wrong."""

    paragraph: str
    what: str

    def __str__(self) -> str:
        return f"{self.what} (Code {self.paragraph})" if self.paragraph else self.what


def missing(kind: Kind, facts: Facts, text: str) -> list[Lack]:
    """Every part of a letter that is missing, in the Code's order; an empty list when it is whole."""
    plain = _plain(text)
    found = list(dict.fromkeys(lack for check in _CHECKS[kind] for lack in check(facts, plain)))
    gaps = sorted(set(re.findall(r"\[[^\[\]\n]{2,80}\]", text)))
    return [*found, *(Lack("", f"A gap is still to be filled: {gap}") for gap in gaps)]


Check = Callable[[Facts, str], Iterator[Lack]]


def _plain(text: str) -> str:
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("\u00a0", " ")):
        text = text.replace(curly, straight)
    return " ".join(text.casefold().split())


def _says(text: str, words: str) -> bool:
    """Whether the text holds these words, or nearly all of the long ones close together (a point reworded)."""
    wanted = _plain(words).strip(" .!?")
    if wanted in text:
        return True
    long = [w for w in re.findall(r"[a-z0-9']{4,}", wanted) if w not in _EVERYDAY]
    if len(long) < 3:
        return False
    places = [i for w in set(long) for i in [m.start() for m in re.finditer(re.escape(w), text)]]
    reach = 3 * len(wanted) + 40
    for start in places:
        near = text[start : start + reach]
        if sum(w in near for w in set(long)) >= 0.8 * len(set(long)):
            return True
    return False


_EVERYDAY = frozenset(
    [
        "that",
        "this",
        "have",
        "been",
        "with",
        "your",
        "they",
        "from",
        "when",
        "were",
        "will",
        "what",
        "there",
        "about",
    ]
)


def _reference(facts: Facts, text: str) -> Iterator[Lack]:
    if facts.reference.casefold() not in text:
        yield Lack("5.12", f"The reference {facts.reference}")


def _stage(facts: Facts, text: str) -> Iterator[Lack]:
    stage = f"stage (?:{facts.stage}|{'two' if facts.stage == 2 else 'one'})"
    before, after = "at|is|our|this|your|the", "response|answer|reply|decision|complaint|letter"
    if not re.search(rf"\b(?:{before}) {stage}\b|\b{stage} (?:{after})\b", text):
        yield Lack(_of(facts, "a"), f"Which stage it is: stage {facts.stage}")


def _of(facts: Facts, letter: str) -> str:
    return f"{'6.19' if facts.stage == 2 else '6.9'} {letter}"


def _definition(paragraph: str) -> Check:
    def check(facts: Facts, text: str) -> Iterator[Lack]:
        if not facts.points:
            yield Lack("5.6", "A complaint definition: nobody has confirmed one")
        for number, point in enumerate(facts.points, 1):
            if not _says(text, point.text):
                yield Lack(paragraph or _of(facts, "b"), f"Point {number} of the definition: {point.text}")
        for outcome in facts.outcomes:
            if not _says(text, outcome) and "not stated" not in _plain(outcome):
                yield Lack("5.6", f"The outcome that the resident seeks: {outcome}")

    return check


def _responsibility(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"\bresponsib", text):
        yield Lack("5.7", "Which parts we are and are not responsible for")
    for number, point in enumerate(facts.points, 1):
        if not point.responsible:
            yield Lack("5.7", f"Whether we are responsible for point {number}: nobody has said yet")
        if point.who_else and not _says(text, point.who_else):
            yield Lack("5.7", f"Who is responsible for point {number}: {point.who_else}")


def _questions(facts: Facts, text: str) -> Iterator[Lack]:
    for one in facts.unclear:
        if not _says(text, one):
            yield Lack("5.6", f"The question on what is unclear: {one}")


def _adjustments(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"adjustment|large print|another (?:format|language)|easier for you", text):
        yield Lack("5.10", "The question whether the resident needs adjustments")


def _at_its_stage(facts: Facts, paragraph: str) -> str:
    return _STAGE_2.get(paragraph, paragraph) if facts.stage == 2 else paragraph


_STAGE_2 = {"6.3": "6.14", "6.4": "6.15", "6.5": "6.16", "6.6": "6.17"}
"""Which paragraph says of stage 2 what another says of stage 1."""


def _due(first: str, what: str) -> Check:
    def check(facts: Facts, text: str) -> Iterator[Lack]:
        paragraph = _at_its_stage(facts, first)
        if facts.due is None:
            yield Lack(paragraph, f"{what}: it is not set")
        elif facts.due < _written(facts, text):
            yield Lack(paragraph, f"{what}: {in_words(facts.due)} has passed, so give another (--due)")
        elif not _dated(text, facts.due):
            yield Lack(paragraph, f"{what}: {in_words(facts.due)}")

    return check


def _no_past_promise(facts: Facts, text: str) -> Iterator[Lack]:
    """Nothing is promised for a day that lies before the letter."""
    for sentence in _sentences(text):
        promised = re.search(
            r"\b(?:reply|answer|respon[ds]\w*|hear from us|update you|write to you)\b", sentence
        )
        if not promised or _ADMITS.search(sentence):
            continue
        for start, day in _dates(sentence):
            before = sentence[:start].rstrip().rpartition(" ")[2]
            if before in ("by", "before", "until") and day < _written(facts, text):
                yield Lack(
                    _at_its_stage(facts, "6.4"),
                    f"It promises {in_words(day)}, which lies before the letter's own date",
                )


def _admits_missed(facts: Facts, text: str) -> Iterator[Lack]:
    """A letter after the date that was owed says so (5.9: residents are told where they stand)."""
    if facts.owed is None or facts.owed >= _written(facts, text):
        return
    if not any(_ADMITS.search(x) and _dated(x, facts.owed) for x in _sentences(text)):
        yield Lack(
            _at_its_stage(facts, "6.3"), f"That we missed the date of our answer: {in_words(facts.owed)}"
        )


_ADMITS = re.compile(r"\bmissed\b|\bshould have\b|\bdid not\b|\boverdue\b|\bwas due\b|\bfailed\b|\blate\b")


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) ", text)


def _written(facts: Facts, text: str) -> date:
    """The letter's own date: the first in its head, else the day it is checked."""
    return next((day for start, day in _dates(text[:400]) if start < 300), facts.written)


def _dates(text: str) -> Iterator[tuple[int, date]]:
    """Each day in a usual UK form, and where it stands."""
    months = "|".join(x[:3].casefold() for x in MONTHS)
    for m in re.finditer(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({months})[a-z]*,? (\d{{4}})\b"
        r"|\b(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)\b",
        text,
    ):
        if m[2]:
            year, month, day = int(m[3]), months.split("|").index(m[2]) + 1, int(m[1])
        else:
            year, month, day = int(m[6]), int(m[5]), int(m[4])
        try:
            yield m.start(), date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _dated(text: str, day: date) -> bool:
    """Whether a day stands in the text in a usual UK form."""
    month = MONTHS[day.month - 1].casefold()
    forms = (
        rf"\b0?{day.day}(?:st|nd|rd|th)?(?: of)? {month[:3]}(?:{month[3:]})?,? {day.year}\b",
        rf"\b0?{day.day}/0?{day.month}/(?:{day.year}|{day.year % 100:02d})\b",
    )
    return any(re.search(form, text) for form in forms)


def _decisions(facts: Facts, text: str) -> Iterator[Lack]:
    """A decision and reasons for each point (6.7, 6.18), and the decision as a whole, as they are recorded."""
    if not _DECIDED.search(text):
        yield Lack(_of(facts, "c"), "The decision: upheld, partly upheld or not upheld")
    after = re.search(
        r"\bas a whole\b|\boverall\b|\bwhat you asked for\b|\bto put (?:things|this|it) right\b", text
    )
    ends = [after.start()] if after else []
    where = _places(facts, text)
    for number, point in enumerate(facts.points, 1):
        others = sorted([*ends, *(i for n, found in where.items() if n != number for i in found)])
        length = len(_plain(point.text))
        sections = [
            text[i + length : next((x for x in others if x > i), len(text))] for i in where.get(number, ())
        ]
        if not sections:
            continue  # the point itself is missing, which is said elsewhere
        section = max(sections, key=lambda x: (_DECIDED.search(x) is not None, len(x)))
        yield from _decided(facts, number, point, section)
    told = [x for x in re.split(r"\bas a whole\b|\boverall\b", text)[1:] if _DECIDED.search(x[:120])]
    if facts.decision and told and (said := _decision(told[-1][:120])) != facts.decision:
        yield Lack(
            _of(facts, "c"),
            f'The decision as a whole is recorded as "{facts.decision}", the letter says "{said}"',
        )


def _decided(facts: Facts, number: int, point: Point, section: str) -> Iterator[Lack]:
    said = _decision(section)
    if len(facts.points) > 1 and not said:
        yield Lack(_of(facts, "c"), f"The decision on point {number}: {point.text}")
    if said and point.decision and said != point.decision:
        yield Lack(
            _of(facts, "c"),
            f'The decision on point {number} is recorded as "{point.decision}", the letter says "{said}"',
        )
    of_point = f"The reasons for the decision on point {number}: {point.text}"
    if point.reasons and not too_short(point.reasons) and _says(section, point.reasons):
        return
    if not _telling(section):
        yield Lack(_of(facts, "d"), of_point)
    elif too_short(section):
        yield Lack(_of(facts, "d"), f"{of_point}: what stands there is too short to be a reason")


def _places(facts: Facts, text: str) -> dict[int, list[int]]:
    """Where each point stands, by its number; reasons may repeat the words of a point and are passed over."""
    hidden = text
    for point in facts.points:
        if reason := _plain(point.reasons):
            hidden = hidden.replace(reason, "\0" * len(reason))
    found = {}
    for number, point in enumerate(facts.points, 1):
        words = _plain(point.text).strip(" .!?")
        found[number] = list(_all(hidden, words)) or list(_all(text, words))[:1]
    return found


_DECIDED = re.compile(
    r"\b(?P<not>not |n't )?(?P<partly>partly |partially |in part )?(?:upheld|uphold)\b(?P<part> in part)?"
)


def _decision(section: str) -> str:
    """The first decision that it gives, as it is recorded; empty where it gives none."""
    found = _DECIDED.search(section)
    if not found:
        return ""
    if found["partly"] or found["part"]:
        return "partly upheld"
    return "not upheld" if found["not"] else "upheld"


REASON_WORDS = 2
"""A reason of fewer words that tell something is none, in the record and in a letter alike (6.7, 6.18)."""


def too_short(reason: str) -> bool:
    """Whether what stands as a reason says too little to be one: `yes`, `upheld because of this`."""
    return len(_telling(reason)) < REASON_WORDS


def _telling(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9']+", re.sub(r"(?:^| )\d+[.)](?= |$)", " ", _DECIDED.sub(" ", _plain(text))))
    return [x for x in words if x not in _TELL_NOTHING]


_TELL_NOTHING = frozenset(
    [
        "our",
        "decision",
        "is",
        "was",
        "we",
        "have",
        "has",
        "this",
        "part",
        "point",
        "of",
        "your",
        "the",
        "complaint",
        "why",
        "because",
        "reason",
        "reasons",
        "and",
        "therefore",
        "so",
        "that",
        "upheld",
    ]
)


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _impact(facts: Facts, text: str) -> Iterator[Lack]:
    """Where a fault was found, how it affected the resident: what is offered reflects that, money or not (7.2)."""
    fault = facts.fault
    if fault is None:
        fault = any(not x["not"] for x in _DECIDED.finditer(text))
    if not fault or (facts.impact and _says(text, facts.impact)):
        return
    under = _HOW_AFFECTED.search(text)
    if (under and not too_short(under[1])) or _AFFECTED.search(_HOW_AFFECTED.sub(" ", text)):
        return
    yield Lack(
        "7.2",
        f"How the fault affected the resident: {facts.impact or 'nothing is recorded (case respond --impact)'}",
    )


_HOW_AFFECTED = re.compile(
    r"\bhow (?:this|it|that) (?:has )?affected you:(.*?)(?=\bto put (?:things|this|it) right|$)"
)
_AFFECTED = re.compile(
    r"\b(?:affected|affects|left|put|caused|cost|gave) you\b|\b(?:impact|effect) on you\b|\bmeant (?:that )?you\b"
    r"|\byou (?:were|had been|have been) (?:left|without|put)\b|\bdistress\b|\binconvenience\b"
)


def _remedies(facts: Facts, text: str) -> Iterator[Lack]:
    if not facts.remedies and not re.search(
        r"no remedy|not offer(?:ing)? (?:a|any) remedy|to put (?:this|things|it) right|remed", text
    ):
        yield Lack(_of(facts, "e"), "The remedy offered, or that none is offered and why")
    for one in facts.remedies:
        yield from _promised(facts, text, one, "e", "The remedy", "7.3")


def _actions(facts: Facts, text: str) -> Iterator[Lack]:
    open_ones = [x for x in facts.actions if x.done is None]
    if not open_ones and not re.search(r"no (?:outstanding|further) action|outstanding action", text):
        yield Lack(_of(facts, "f"), "The outstanding actions, or that there are none")
    for one in open_ones:
        yield from _promised(facts, text, one, "f", "The outstanding action", _at_its_stage(facts, "6.6"))


def _promised(
    facts: Facts, text: str, one: Promise, letter: str, what: str, paragraph: str
) -> Iterator[Lack]:
    if not _says(text, one.what):
        yield Lack(_of(facts, letter), f"{what}: {one.what}")
    elif one.by is None or not _dated(text, one.by):
        day = in_words(one.by) if one.by else "no date is set"
        yield Lack(paragraph, f"By when: {one.what} ({day})")


def _kept(facts: Facts, text: str) -> Iterator[Lack]:
    for one in (*facts.actions, *facts.remedies):
        if one.done is None:
            yield Lack("7.3", f"A promise that is not kept yet, so the case cannot be closed: {one.what}")


def _to_stage_2(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"\bstage (?:2|two)\b", text):
        yield Lack("6.9 g", "How to ask for stage 2 if the resident is not satisfied")
    if any(_DEMANDS.search(_FREE.sub(" ", x)) for x in _sentences(text)):
        yield Lack("6.12", "It demands reasons for asking for stage 2: none are needed, so take that out")


_FREE = re.compile(
    r"\b(?:do not|don't|need not|not|no need to|never) (?:have to|need to|must|give|explain|say|tell)\b"
)
"""That none are needed is the opposite of a demand."""
_DEMANDS = re.compile(
    r"\b(?:you|you'll|request|it) (?:will |also |then )*(?:must|need to|have to|should|(?:are|is) required to)\b"
    r".*\b(?:reasons?|why|grounds|explain|explanation)\b"
    r"|\b(?:must|need to|have to|required to) (?:(?:tell|give) us|give|state|explain|set out|include)\b"
    r".*\b(?:reasons?|why|grounds)\b"
    r"|\bonly if you (?:tell|give|explain|say|state)\b.*\b(?:reasons?|why|grounds)\b"
    r"|\b(?:together )?with (?:your|the|full) reasons\b(?!.*\bif you (?:like|wish|want|can)\b)"
)


def _final(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"\bfinal (?:response|decision)\b", text):
        yield Lack("6.10", "That this is the final response")


def _ombudsman(first: str) -> Check:
    def check(facts: Facts, text: str) -> Iterator[Lack]:
        paragraph = _at_its_stage(facts, first) if first else _of(facts, "g")
        contact = facts.ombudsman
        run = re.sub(r"[\s()-]", "", text)
        phone = contact.phone.replace(" ", "")
        ways = {
            f"telephone number: {contact.phone}": phone in run,
            f"web address: {contact.form}": "housing-ombudsman.org.uk" in text,
            f"postal address: {contact.post}": contact.post.rpartition("Preston ")[2].casefold() in text,
        }
        if "ombudsman" not in text or not any(ways.values()):
            yield Lack(paragraph, "How to reach the Housing Ombudsman: " + contact.block)
            return
        for way, there in ways.items():
            if not there:
                yield Lack(paragraph, f"The Ombudsman's {way}")
        for sentence in _sentences(text):
            numbers = re.findall(r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b", sentence.partition("ombudsman")[2])
            for number in numbers:
                if re.sub("[ -]", "", number) != phone and number not in facts.contact:
                    yield Lack(
                        paragraph, f"The Ombudsman's telephone number is {contact.phone}, not {number}"
                    )

    return check


def _stale(facts: Facts, text: str) -> Iterator[Lack]:
    """Wordings that were right once: of the Ombudsman's details, and of the Code before 1 April 2024."""
    for pattern, why in STALE:
        if not (facts.ombudsman.email and "e-mail" in why) and pattern.search(text):
            yield Lack("3.7", f"Out of date: {why}")
    for pattern, paragraph, why in _OF_2022:
        if any(pattern.search(x) for x in _sentences(text)):
            yield Lack(paragraph, f"Out of date: {why}")


_DAYS_2 = r"stage (?:2|two)\b"
_OF_2022 = (
    (
        re.compile(
            rf"(?=.*\b{_DAYS_2})(?:.*\bextend.*\b(?:10|ten) days\b|.*\b(?:can|may|could) (?:be )?extend.*\b(?:10|ten) "
            r"working days\b|.*\bfurther (?:10|ten) days\b)"
        ),
        "6.15",
        "stage 2 is extended by no more than 20 working days without good reason (10 days was the Code of 2022)",
    ),
    (
        re.compile(
            r"\b(?:10|ten) working days (?:of|from|after) (?:logging|the day (?:we|it was) log|it being logged)"
        ),
        "6.3",
        "stage 1 is answered within 10 working days of the acknowledgement (of logging was the Code of 2022)",
    ),
    (
        re.compile(r"\bstage (?:3|three)\b|\bthird stage\b"),
        "5.3",
        "there are two stages and no third",
    ),
    (
        re.compile(r"\binformal (?:complaint|stage|resolution)s?\b|\bstage (?:0|zero|nought)\b"),
        "5.2",
        "there is no informal stage",
    ),
)


def _policy(facts: Facts, text: str) -> Iterator[Lack]:
    if not facts.policy:
        if not re.search(r"\bpolicy\b.*(?:https?://|www\.)", text):
            yield Lack("3.4", "Where the complaints policy is: set landlord.policy in the settings")
    elif _plain(facts.policy) not in text:
        yield Lack("3.4", f"Where the complaints policy is: {facts.policy}")


def _reason(first: str, what: str) -> Check:
    def check(facts: Facts, text: str) -> Iterator[Lack]:
        paragraph = _at_its_stage(facts, first)
        if not facts.reason:
            yield Lack(paragraph, f"{what}: none is recorded")
        elif not _says(text, facts.reason):
            yield Lack(paragraph, f"{what}: {facts.reason}")

    return check


def _ground(facts: Facts, text: str) -> Iterator[Lack]:
    if not facts.ground:
        yield Lack("2.2", "The ground of the refusal: none is recorded")
    elif not _says(text, facts.ground):
        yield Lack("2.2", f"The ground of the refusal: {facts.ground}")


def _interval(facts: Facts, text: str) -> Iterator[Lack]:
    if not re.search(r"\bupdates?\b|keep you informed|be in touch every", text):
        yield Lack("5.9", "How often we update the resident until then")


def _impersonal(facts: Facts, text: str) -> Iterator[Lack]:
    private = [facts.resident, facts.reference, *(p.text for p in facts.points)]
    for one in private:
        if one and _plain(one) in text:
            yield Lack("", "A public reply names nobody and says nothing of the case: take out its details")
            return
    for name in facts.resident.split():
        if len(name) > 2 and re.search(rf"\b{re.escape(name.casefold())}\b", text):
            yield Lack("", "A public reply names nobody and says nothing of the case: take out the name")
            return


def _addressee(facts: Facts, text: str) -> Iterator[Lack]:
    if facts.third_party and not facts.resident:
        yield Lack(
            "1.3",
            f"To whom the letter goes is not known, for {facts.third_party} wrote for the resident: say who, with "
            '--to "…"',
        )


def _how_to_complain(facts: Facts, text: str) -> Iterator[Lack]:
    if "complain" not in text:
        yield Lack("1.6", "How to make a complaint")


_ALWAYS: tuple[Check, ...] = (_reference, _addressee, _policy, _stale)
_CHECKS: dict[Kind, tuple[Check, ...]] = {
    Kind.ACKNOWLEDGEMENT: (
        *_ALWAYS,
        _stage,
        _definition("5.6"),
        _responsibility,
        _questions,
        _adjustments,
        _due("6.3", "When we answer"),
        _no_past_promise,
        _ombudsman("3.7"),
    ),
    Kind.UPDATE: (
        *_ALWAYS,
        _reason("5.9", "What has happened since"),
        _no_past_promise,
        _admits_missed,
        _ombudsman("3.7"),
    ),
    Kind.EXTENSION: (
        *_ALWAYS,
        _reason("6.4", "Why it takes longer"),
        _due("6.4", "The new date"),
        _no_past_promise,
        _admits_missed,
        _interval,
        _ombudsman("6.5"),
    ),
    Kind.STAGE_1: (
        *_ALWAYS,
        _stage,
        _definition(""),
        _decisions,
        _impact,
        _remedies,
        _actions,
        _to_stage_2,
        _ombudsman("3.7"),
    ),
    Kind.STAGE_2: (
        *_ALWAYS,
        _stage,
        _definition(""),
        _decisions,
        _impact,
        _remedies,
        _actions,
        _final,
        _ombudsman(""),
    ),
    Kind.REFUSAL: (*_ALWAYS, _ground, _reason("2.4", "The reasons"), _ombudsman("2.4")),
    Kind.CLOSURE: (*_ALWAYS, _kept, _ombudsman("3.7")),
    Kind.PUBLIC_REPLY: (_impersonal, _policy, _stale, _ombudsman("3.7")),
    Kind.SIGNPOST: (_addressee, _policy, _how_to_complain, _stale, _ombudsman("3.7")),
}
