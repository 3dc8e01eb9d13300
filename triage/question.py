"""What a member of staff asks, in plain English, without a language model: text in, an intent with slots out.

The grammar is a list of words with their synonyms (`triage/asking/`). A word it cannot place is kept and said; two of
them, or one that narrows the question (`in Ashdown`), and it is not understood. It never guesses a reference.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from putright.cases.acts import OUTCOMES
from putright.cases.labels import Label, ServiceArea
from putright.triage.asking import about, refusals, times, who
from putright.triage.asking.tidy import LONGEST, Said, tidy
from putright.triage.asking.words import AREAS, GLUE, LABELS, PREAMBLE, STATES


@dataclass(frozen=True, slots=True)
class Question:
    """`intent` is list, count, status, why, definition, promises, who_has, timeline, due_when, deadline_rule, help or
    none; the rest are its slots, empty where not said."""

    intent: str
    ref: str = ""
    """HC-2026-0012, or four digits where only a number was typed."""
    state: str = ""
    """overdue, due, open, unassigned, unacknowledged, awaiting_definition, extended, closed, parked, review, hazard,
    chased or escalated."""
    within: str = ""
    """A time of `triage.asking.times`: of a list, or the period of a count."""
    area: ServiceArea | None = None
    team: str = ""
    stage: int = 0
    label: Label | None = None
    handler: str = ""
    """A name, or `me`."""
    also_handlers: tuple[str, ...] = ()
    """Further names, or `me`: any of them will do."""
    logged: bool = False
    """Whether it is who logged the cases that is asked for, and not who has them."""
    what: str = ""
    """Of due_when: acknowledgement, response or any; of a list, which of them is due."""
    also: tuple[str, ...] = ()
    """Further states that must hold: overdue *and* unassigned."""
    areas: tuple[ServiceArea, ...] = ()
    """All areas where several were named."""
    outcomes: tuple[str, ...] = ()
    """Of `cases.acts.OUTCOMES`: what a response decided, any of them."""
    received: bool = False
    """Whether the time is when a case came in."""
    unread: tuple[str, ...] = ()
    """Words that could not be placed."""
    why_not: str = ""
    """Of none: act:VERB, elsewhere, private, code, long, words, or a sentence."""

    @property
    def slots(self) -> dict[str, str | int]:
        """The slots that were said, in the vocabulary of `putright ask --parse`."""
        within = self.within.replace("_working_days", "_days")
        found: dict[str, str | int] = {
            "ref": self.ref,
            "what": self.what if self.intent == "due_when" else "",
            "state": self.state,
            "period" if self.intent == "count" else "within": within,
            "area": self.area.value if self.area else "",
            "team": self.team,
            "stage": self.stage,
            "label": self.label.value if self.label else "",
            "handler": self.handler.split()[0] if self.handler else "",
        }
        if self.intent in ("none", "help", "deadline_rule"):
            return {}
        return {name: value for name, value in found.items() if value}


_HELP = re.compile(
    r"(?:(?:please|hi|hello|hey|morning|ok|can you|could you|i need|need|some|a bit of|any|the|me|"
    r",) ?)*(?:help|commands?|menu|options|instructions|examples|manual|guide|usage)(?: (?:me|"
    r"please|page|menu|us|with (?:this|commands?|questions?|it|asking)|list|out|here|needed|thanks|ta|text))*|"
    r"(?:(?:please|hi|hello|hey|morning|ok|so|and|,|tell me|show me) ?)*what "
    r"(?:(?:sorts?|kinds?|types?) of )?(?:questions?|things?|stuff)? ?(?:can|could|do|"
    r"else "
    r"can|sort of things can|kind of things can|things can|questions can|should|type of questions "
    r"can|kind of questions can)(?: (?:you|i|we|u))(?: (?:do|ask|answer|understand|say|type|know|tell me|"
    r"help with|help me with))+(?: (?:you|here|about|for|me|this|it|putright|bot))*(?: (?:please|"
    r"thanks|ta))?|"
    r"how (?:do|does|can|should|would)(?: (?:i|we|you|this|it|the|putright|bot|thing))+ (?:work|"
    r"use|ask|works|talk to)(?: (?:this|you|it|putright|a question|things|questions|the bot|"
    r"thing))*|"
    r"how (?:do|can) (?:i|we|you) ask (?:about|for|a question|you|things?)(?: "
    r"\w+){0,6}|how to use(?: (?:this|you|it|putright|the bot|bot))*|what (?:are you|"
    r"is putright|is this|do "
    r"you do|are (?:the|my) (?:commands?|options|choices))(?: for)?|who are you|what (?:commands?|"
    r"questions) (?:are there|can i (?:use|ask)|do you (?:know|have|take|understand))(?: you)?|"
    r"(?:i am |im )?(?:stuck|lost|new here|confused|new to this)(?: (?:,|help|please|how does "
    r"this work))*|how do i (?:close|assign|extend|acknowledge|escalate|log|define|reply|respond|"
    r"record|change|use|reopen|add)(?: \w+){0,6}|"
    r"(?:show|give) (?:me|us) (?:the |some )?(?:help|commands|examples|options|menu)(?: please)?"
)
_RULE = re.compile(
    r"\b(?:response|reply|acknowledge(?:ment)?) times?\b|\b(?:of|are|me|give|list) "
    r"the (?:\w+ )?deadlines$|\b\d+ (?:working )?days or \d+\b|^(?:can|may|could) "
    r"(?:we|i|you) (?:still )?extend(?! \d| thiscase)|\bby how "
    r"much\b|\bhow (?:long|many (?:working |calendar |business )?days)\b(?! (?:has|"
    r"have (?:they|cases|"
    r"complaints)|since|overdue|late|is it since))|\btimescales?\b|\btime ?(?:frames?|limits?|"
    r"lines for)\b|(?<!of )(?<!outside )(?<!missed )(?<!the )\bsla(?:s)?\b|"
    r"\bwhat (?:is|are) (?:the |our )?(?:\w+ ){0,4}(?:deadlines?|targets?|limits?|"
    r"turnaround)\b(?! (?:today|tomorrow|this|next))|\b(?:the|a) (?:stage [12] |complaint |"
    r"response |acknowledge(?:ment)? |code )*deadline (?:for|to|at|on|of)\b|"
    r"\b(?:code|ombudsman) (?:say|says|want|wants|expect|expects|require|requires)\b|"
    r"\bcode deadlines?\b|\b(?:rules?|policy) (?:on|for|"
    r"about) (?:\w+ )*(?:deadlines?|acknowledg\w+|respon\w+|extensions?|timescales?|stage)\b|"
    r"\bdeadline rules?\b|"
    r"\b(?:what|which) (?:is|are) the (?:rules?|working day\w*)\b|\b(?:is it|have|get|got|be) "
    r"(?:\d+ or )?(?:5|10|20) (?:working )?days\b|\bhow (?:soon|quickly|fast|much "
    r"time)\b|\bwhen (?:must|should|do) "
    r"(?:we|i|you) (?:have to |need to |be )*(?:acknowledge|respond|reply|answer|send)\b|"
    r"\b(?:maximum|max|longest) (?:extension|time|days)\b|\bturnaround\b|\bdo we (?:have|get) "
    r"(?:5|10|20)\b|\bworking days (?:to|do|are|have)\b|^(?:stage [12] )?(?:response|"
    r"acknowledge(?:ment)?) (?:deadline|limit|target|time|days)$|^deadlines? (?:for|at) (?:an? "
    r")?stage [12](?: (?:complaint|response|acknowledge\w*|reply|answer))*s?$|"
    r"^stage [12](?: (?:complaint|response|acknowledge\w*))* (?:deadline|time|days|target|limit)s?$|"
    r"\bwhat (?:the )?(?:stage [12]|acknowledge\w*|response|complaints?|code) (?:deadline|limit|target)s? "
    r"(?:is|are)$|\bwhen (?:should|must|does|do) an? (?:stage [12]|acknowledge\w*|response|reply)"
    r"(?: (?:complaint|response|reply|letter|answer|acknowledge\w*))* (?:go|be|have to|need to|get)\b"
)
_COUNT = re.compile(
    r"\bhow (?:many|much)\b|\b(?:the )?(?:number|no|numbers|count|counts|total|totals|tally|"
    r"volumes?|sum|amount|quantity|figures?) (?:of|for|on)\b|\bcount\b|^(?:the )?(?:total|tally|"
    r"number)\b|\bin total\b|\btotals?\b|"
    r"(?:(?<=complaint )|(?<=complaints )|(?<=request )|(?<=requests )|(?<=feedback )|(?<=asb )|"
    r"(?<=repairs ))(?:numbers?|counts?|volumes?|totals?|figures?)\b|\bwhat number\b|\bvolumes?\b|"
    r"\bhow big\b|\bthe (?:count|tally|total|figures?)\b"
)
_RECEIVED = re.compile(
    r"\b(?:received|logged|(?:come|came|coming|got|get|getting|gets) in|in ?coming|arrived|landed|"
    r"raised|reported|submitted|registered|opened|new|newest|made|recorded|taken in|rolled in|"
    r"been made|been logged|started)\b"
)
_DID_LOG = re.compile(
    r"\b((?:did|do|does) (?:i|we|[a-z]+)(?: [a-z]+)?) (?:log|raise|report|record|register|submit)\b"
)
_LOGGED_BY = (
    r"\b{name}(?: 's)?(?: [a-z]+)?(?: (?:have|has|had|also|already|just))* "
    r"(?:logged|raised|reported|recorded|registered|submitted)\b|"
    r"\b(?:logged|raised|reported|recorded|registered|submitted) by {name}\b"
)
"""Who logged cases: `what did I log today`, `raised by Priya`."""
_OPEN_YET = re.compile(
    r"\b(?:not|never)(?: (?:yet|been|being))* (?:closed|finished|resolved|sorted|completed|done)(?: yet)?\b"
)
_NOT_ANOTHER = re.compile(
    r"\b(complaints?|service requests?|feedback)(?: only)?(?: ,)? (?:and )?(?:not|never) (?:the |any |an? )?"
    r"(?:complaints?|service requests?|(?:survey )?feedback|surveys?)\b"
)
"""`complaints not service requests`: what is left out goes without saying."""
_AHEAD = re.compile(
    r"\b(?:about to|going (?:to|over\w*|past|late|out)|will (?:be|go|become|run|miss|"
    r"breach|soon|all)|nearly|almost|close to|near|at risk|soon|liable|"
    r"set to|due to)\b"
    r"|\b(?:tomorrow|next (?:week|month|\d+)|in (?:the next )?\d+ (?:days|weeks)|"
    r"coming (?:days|week)|next (?:few|couple))\b"
)
"""Beside "overdue": what is not late yet and will be."""
_OUTCOME = re.compile(
    r"\b(?:(partly|partially|part|half)|(not|never)(?: (?:been|yet))*|(?:fully|wholly))? ?\buph(?:eld|old)\b"
)
_OTHER_OUTCOMES = frozenset(
    (
        "dismissed",
        "rejected",
        "refused",
        "justified",
        "unjustified",
        "successful",
        "unsuccessful",
        "won",
        "lost",
    )
)
_CAME_FROM = re.compile(
    r"\b(?:from|of|in|over|during|within) (?:the )?(?:(?:last|past|previous) "
    r"(?:week|month|quarter|year|fortnight|couple|few|\d+ (?:days|weeks|months))\b|yesterday\b)"
)
"""Beside cases: when they came in, where nothing says that they were due then."""
_WANTS = re.compile(
    r"\b(?:what|which|any|anything|everything|show|list|all|got|cases|needs?|happening|planned|on)\b"
)
_CASES = re.compile(r"\b(?:cases?|caseload|workload|got|has|have|'s|dealing|handling|working)\b")
_ALL = re.compile(r"\b(?:cases|everything|caseload|workload|the lot|all of (?:them|it))\b")
_NARROWS_TEXT = """
in at from near about by like around except without excluding not road street the this my an a of under over
than who called named did
"""
_NARROWS = frozenset(_NARROWS_TEXT.split())
HAPPENED = ("closed", "escalated", "chased", "extended")
"""States that are also something that happened: their time lies behind."""


def understand(text: str, today: date, people: Collection[str] = (), teams: Collection[str] = ()) -> Question:
    """The question in `text`, typed on `today`. Never raises; what is not understood has intent `none`.

    `people` are the names of those who have cases, `teams` the landlord's own: both are found however they are
    written; other names by where they stand.
    """
    if len(text) > LONGEST:
        return Question("none", why_not="long")
    if refusals.code(text):
        return Question("none", why_not="code")
    ref, without = about.full(text)
    said = tidy(without, {part.lower() for name in (*people, *teams) for part in name.split()})
    words = said.words
    plain = words.strip(" ,'")
    if not plain or _HELP.fullmatch(plain):
        return Question("help") if plain or not text.strip(" ?!.\t\n") else Question("none", why_not="words")
    if refusals.private(words):
        return Question("none", why_not="private")
    if refusals.elsewhere(words):
        return Question("none", why_not="elsewhere")
    if re.search(
        (
            r"\b(?:except|excluding|other than|apart from|not including|but not(?! (?:yet|"
            r"closed|been|acknowledged|assigned|overdue|due|extended|escalated))|besides|"
            r"leaving out)\b"
        ),
        words,
    ):
        return Question(
            "none", why_not="I cannot leave something out of a list: ask for what you want to see."
        )
    if re.search(
        r"\b(?:is|was|does) (?:it|this|that|he|she)(?: really| still| even)? (?:count as )?an? complaint\b",
        words,
    ):
        return Question("none", why_not="words")
    if re.match(r"(?:is|are) (?:an? )?stage [12]s? (?:the|an?|really|just|only|different|about)\b", words):
        return Question("none", why_not="words")
    act = refusals.act(words)
    if act:
        return Question("none", why_not=f"act:{act}")
    one = _one_case(ref, words, said)
    if one:
        return one
    if _RULE.search(words):
        label, _ = _taken(LABELS, words)
        return Question("deadline_rule", stage=_stage(words)[0], what=about.what(words), label=label)
    try:
        return _many(words, said, today, people, teams)
    except ValueError as error:
        return Question("none", why_not=str(error) if str(error).endswith(".") else "words")


def _one_case(ref: str, words: str, said: Said) -> Question | None:
    if not ref:
        _, rest = _stage(words)
        counted = re.sub(r"\b\d+ (?:or|to|and) \d+\b", " ", times.IN_FIGURES.sub(" ", rest))
        counted = re.sub(
            r"\b(?:top|first|last|next|than|within) \d+\b|£ ?\d+|\b(?:section|code|"
            r"paragraph|page|rule|part|category|cat|schedule) \d+\b|\b(?:in|during|"
            r"for|since|of|year|from) 20\d\d\b|"
            r"\b(?:list|show|give|me|the|oldest|worst|newest) \d{1,2} (?=(?:\w+ "
            r")?(?:cases|complaints|requests|open|most))|\b\d+ (?:days?|weeks?|"
            r"months?|"
            r"working|calendar|business|am|pm|oclock|th|st|nd|rd)\b",
            " ",
            counted,
        )
        digits, pointed = about.number(counted)
        if not digits:
            found = about.without_reference(" ".join(_bare(words)))
            return _about(found, "", words) if found else None
        intent = about.intent(pointed)
        alone = not [
            x for x in pointed.replace(about.CASE, " ").split() if x not in GLUE and x not in (",", "'s")
        ]
        follows = re.search(rf"{about.CASE} ([a-z]{{3,}})\b(?: ([a-z]+))?", pointed)
        street = follows and (
            follows[2] in _STREETS
            or (follows[1] in said.capitals and follows[1] not in GLUE and not _known(follows[1]))
        )
        sure = (
            alone
            or about.marked(counted)
            or about.whether(words)
            or len(words.split()) < 4
            or bool(re.search(r"\b\d{3,6}\b", counted))
        )
        if street or (intent == "status" and not sure and (not _cues(pointed) or _first(STATES, pointed))):
            return None
        return _about(intent, digits, pointed)
    return _about(about.intent(words), ref, words)


_STREETS = frozenset(
    (
        "road",
        "street",
        "house",
        "court",
        "avenue",
        "lane",
        "gardens",
        "way",
        "drive",
        "terrace",
        "crescent",
        "grove",
    )
)


def _about(intent: str, ref: str, words: str) -> Question:
    return Question(intent, ref=ref, what=about.what(words) if intent == "due_when" else "")


def _cues(words: str) -> bool:
    """Words that ask how one case stands."""
    return bool(
        re.search(
            r"\b(?:status|update|updates|latest|happening|happened|going|where|progress|stand|"
            r"stands|state|up to|show|open|details?|news|look|view|see|find|bring|pull|get|stage|"
            r"has|is|info|case|how)\b",
            words,
        )
    )


def _known(word: str) -> bool:
    return any(
        re.fullmatch(pattern, word) for table in (STATES, AREAS, LABELS) for _, pattern in table
    ) or bool(re.search(rf"\b(?:{'|'.join(x for _, x in about.ABOUT)})\b", word))


def _bare(words: str) -> list[str]:
    """The words without greetings and thanks."""
    courtesy = {
        "hi",
        "hello",
        "hey",
        "please",
        "thanks",
        "ta",
        "morning",
        "cheers",
        ",",
        "ok",
        "thank",
        "you",
        "pls",
    }
    left = PREAMBLE.sub(" ", words).split()
    while left and left[0] in courtesy:
        left = left[1:]
    while left and left[-1] in courtesy:
        left = left[:-1]
    return left


def _many(words: str, said: Said, today: date, people: Collection[str], teams: Collection[str]) -> Question:
    asked = rest = PREAMBLE.sub(" ", words)
    rest = re.sub(
        r"\bcomplaints? (?=(?:handler|officer|manager|team|definition|polic|inbox|code)\w*\b)", "", rest
    )
    rest = re.sub(
        r"\b(?:needs?|awaiting|waiting for|to be|for) (?:allocating|allocation)\b", "unassigned", rest
    )
    rest = re.sub(
        (
            r"\b((?:not|never) (?:been |yet |being )*(?:acknowledged|answered)) "
            r"(?:(?:with)?in \d+ (?:working )?days|[io]n time)\b"
        ),
        r"\1 overdue",
        rest,
    )
    rest = re.sub(r"\bin breach of the code\b", "in breach", rest)
    rest = re.sub(r"\bescalation requests?\b", "escalations", rest)
    rest = _DID_LOG.sub(r"\1 logged", rest)
    own_log = re.search(_LOGGED_BY.format(name="(?:i|me|myself)"), rest)
    counting = _COUNT.search(rest)
    if counting:
        rest = _COUNT.sub(" ", rest)
    outcomes, rest = _outcomes(rest)
    team, rest = who.find_team(rest, [x for x in teams if not _area_of(x)])
    stage, rest = _stage(rest, keep=True)
    parked = re.search(rf"\b(?:{STATES[0][1]})\b", rest)
    states = [STATES[0][0]] if parked else []
    rest = re.sub(rf"\b(?:{STATES[0][1]})\b", " ", rest) if parked else rest
    areas, rest = _areas(rest)
    rest = _NOT_ANOTHER.sub(r"\1", rest)
    label, rest = _taken(LABELS, rest)
    what = about.what(rest)
    own_team = re.search(r"\b(?:my|our)(?: own)? team(?: 's)?\b", rest)
    if own_team and not team:
        team, rest = who.MY_TEAM, rest.replace(own_team[0], " ")
    mine, rest = who.me(rest, words)
    rest = _OPEN_YET.sub(" open ", rest)
    for state, pattern in STATES[1:]:
        found = re.search(rf"\b(?:{pattern})(?!\w)", rest)
        if found:
            if re.search(
                r"\b(?:not|never|without)(?: (?:yet|an?|any|been|being|at|currently))* ?$",
                rest[: found.start()],
            ):
                raise ValueError("I can list what is so, not what is not: ask for what you want to see.")
            states.append(state)
            rest = re.sub(rf"\b(?:{pattern})(?!\w)", " ", rest)
    rest = re.sub(r"\bstage [12]\b", " ", " ".join(rest.split()))
    received = bool(_RECEIVED.search(rest))
    rest = _RECEIVED.sub(" ", rest)
    state, also = _states(states)
    if state == "overdue" and _AHEAD.search(asked):
        state = "due"
    rest = re.sub(r"\b(?:acknowledg|respon[ds])\w*\b|\brepl(?:y|ies)\b", " ", rest)
    whose = who.find(said, rest, people) if not _month_meant(rest, counting) else who.Whose(rest=rest)
    behind = (
        state in HAPPENED
        or received
        or bool(outcomes)
        or bool(counting and state not in ("due", "overdue", "open", "unacknowledged"))
    )
    when = times.find(whose.rest, today, behind=behind)
    if when and not whose.handler:
        whose = who.find(said, when.rest, people)
        when = replace(when, rest=whose.rest)
    others: tuple[str, ...] = ()
    if whose.handler and not whose.guessed:
        others, whose = who.others(said, words, whose, when.rest if when else whose.rest, people)
        when = replace(when, rest=whose.rest) if when else None
    left = when.rest if when else whose.rest
    if not team:
        team, left = who.unknown_team(left)
    if when and when.age:
        received = state not in ("overdue",)
    unread, narrowed = _unread(left)
    handler = whose.handler or ("me" if mine and team != who.MY_TEAM else "")
    first_name = re.escape(whose.handler.split()[0].lower()) if whose.handler else ""
    logged = bool(
        own_log
        if not whose.handler
        else re.search(_LOGGED_BY.format(name=first_name), _DID_LOG.sub(r"\1 logged", words))
    )
    dated = when and (received or counting or (not unread and (_WANTS.search(words) or not left.strip(" ,"))))
    found_any = bool(state or areas or label or stage or team or dated or outcomes)
    found_any = found_any or (bool(handler) and not (whose.guessed and not re.search(_CASES, words)))
    if not found_any and not (_ALL.search(words) and not unread) and not (counting and when and not unread):
        return Question("none", unread=unread, why_not="words")
    if _OTHER_OUTCOMES.intersection(unread):
        raise ValueError(
            f"A response records one of these outcomes: {', '.join(OUTCOMES)}. Ask for one of them."
        )
    if outcomes and unread:
        # "what share was upheld" is another question than how many were
        return Question("none", unread=unread, why_not="words")
    hits = sum(map(bool, (state, areas, label, stage, handler, team, when, counting)))
    only_mine = handler and hits == 1 and not team
    if len(unread) > (0 if only_mine else 2 if hits > 1 else 1) or narrowed:
        return Question("none", unread=unread, why_not="words")
    question = Question(
        "count" if counting else "list",
        state=state,
        within=when.slot if when else "",
        area=areas[0] if areas else None,
        areas=areas if len(areas) > 1 else (),
        team=team,
        stage=stage,
        label=label,
        handler=handler,
        also=also,
        unread=unread,
        also_handlers=others,
        logged=logged,
        received=(received or logged) and not outcomes,
        outcomes=outcomes,
        what=what if what != "any" and state in ("due", "overdue") else "",
    )
    return question if outcomes else replace(question, received=_came_in(question, asked, what, today))


def _came_in(question: Question, words: str, what: str, today: date) -> bool:
    """Whether the time of a list is when the cases came in: `damp cases from last week`."""
    if question.received or not question.within or question.intent == "count":
        return question.received
    if question.state in ("due", "overdue", *HAPPENED) or what != "any":
        return False
    if _CAME_FROM.search(words):
        return True
    if question.state:
        return False
    came = question.label and not question.handler and question.within in times.BOTH_WAYS
    return bool(came) or times.past(question.within, today)


def _outcomes(words: str) -> tuple[tuple[str, ...], str]:
    """The outcomes of a response that are named, and the words left."""
    found = tuple(dict.fromkeys(OUTCOMES[1 if x[1] else 2 if x[2] else 0] for x in _OUTCOME.finditer(words)))
    return found, _OUTCOME.sub(" ", words) if found else words


def _month_meant(rest: str, counting: object) -> bool:
    return bool(re.search(r"\b(?:in|during|since|of|last) (?:may|june|april|august)\b", rest)) or bool(
        counting and re.search(r"\bfor (?:may|june|april|august)\b", rest)
    )


def _states(found: list[str]) -> tuple[str, tuple[str, ...]]:
    """The state that is asked for, and those that must hold besides. Being open goes without saying."""
    known = list(dict.fromkeys(found))
    for plain in ("open", "due"):
        if len(known) > 1 and plain in known:
            known.remove(plain)
    return (known[0], tuple(known[1:])) if known else ("", ())


def _stage(words: str, keep: bool = False) -> tuple[int, str]:
    found = re.search(r"\bstage ([12])\b", words)
    if not found:
        return 0, words
    return int(found[1]), words if keep else re.sub(r"\bstage [12]\b", " ", words)


def _area_of(team: str) -> ServiceArea | None:
    name = re.sub(r"\bteam\b", "", team.lower().replace("&", "and")).strip()
    return next((area for area, pattern in AREAS if re.fullmatch(pattern, name)), None)


def _areas(words: str) -> tuple[tuple[ServiceArea, ...], str]:
    """The areas named, and the words left; two count only where they are joined: `repairs and heating`."""
    named: list[tuple[int, ServiceArea]] = []
    rest = words
    for area, pattern in AREAS:
        found = re.search(rf"\b(?:{pattern})(?!\w)", rest)
        if found:
            named.append((found.start(), area))
            rest = re.sub(rf"\b(?:{pattern})(?!\w)", lambda x: "~" * len(x[0]), rest)
    joined = bool(re.search(r"~ (?:and|or|,|plus|with|and also|as well as)+ (?:the |any |for )?~", rest))
    left = re.sub("~+(?: team)?(?: 's)?", " ", rest)
    if not joined:
        return tuple(area for _, area in named[:1]), left
    return tuple(area for _, area in sorted(named, key=lambda x: x[0])), left


def _taken(table: tuple[tuple[Label, str], ...], words: str) -> tuple[Label | None, str]:
    for value, pattern in table:
        if re.search(rf"\b(?:{pattern})\b", words):
            return value, re.sub(rf"\b(?:{pattern})\b", " ", words)
    return None, words


def _first(table: tuple[tuple[str, str], ...], words: str) -> str:
    return next((value for value, pattern in table if re.search(rf"\b(?:{pattern})\b", words)), "")


def _unread(left: str) -> tuple[tuple[str, ...], bool]:
    """The words that could not be placed, and whether one of them narrows what is asked."""
    tokens = left.split()
    unread = [x for x in tokens if x not in GLUE and re.search(r"\w", x) and x not in ("'s",)]
    narrowed = any(
        token in unread and before in _NARROWS for before, token in zip(["", *tokens], tokens, strict=False)
    )
    narrowed = (
        narrowed
        or any(x.isdigit() for x in unread)
        or bool(re.search(r"\bexcept|excluding|other than|apart from\b", left))
    )
    return tuple(dict.fromkeys(unread)), narrowed


OPENERS = (
    r"what(?:s)?|which|who(?:s)?|when|why|how|show|list|give|tell|count|help|is|are|any|anything|"
    r"my|mine|thiscase|hc|"
    r"overdue|due|unassigned|unacknowledged|unsure|open|closed|parked|to review|hazards|status|"
    r"timeline|history|definition"
)
ONES_OWN = re.compile(
    r"\b(?:an?|any|my|our|his|her|their)(?: \w+)? (?:repair|boiler|heating|leak|rent|"
    r"complaint|request|neighbour|damp|"
    r"kitchen|roof|tenancy|bathroom|lift|door|window)\b(?! (?:complaints|cases|requests|team|ones|service|srs))"
)
"""One thing of somebody's own is what a resident has; staff ask about cases: `my repairs cases`."""
SAID_BY_RESIDENTS = re.compile(
    r"\b(?:she|he|her|his|him|mrs|mr|ms|upset|furious|angry|again|still|since|no|mess|rang|says|"
    r"said that|asap|urgent|urgently)\b"
)


def asks(text: str, today: date, people: Collection[str] = (), teams: Collection[str] = ()) -> bool:
    """Whether all of `text` reads as a question to the program, and not as something a resident said.

    Stricter than `understand`: words to the bot that are no question are logged, so a complaint mistaken for a
    question would be lost, while a question mistaken for a message only makes a case too many.
    """
    if not about.full(text)[0] and ONES_OWN.search(" ".join(text.lower().split())):
        return False
    question = understand(text, today, people, teams)
    if question.intent in ("none", "help"):
        return question.intent == "help"
    _, without = about.full(text)
    words = tidy(without).words
    if question.unread or not re.match(rf"(?:(?:please|hi|hello|morning|hey) )*(?:{OPENERS})\b", words):
        return False
    if question.ref and question.intent == "status" and len(words.split()) > 8:
        return False
    return not SAID_BY_RESIDENTS.search(words)
