"""A question as typed, made regular: abbreviations spelt out, contractions opened, typing slips mended.

What comes out is lower-case words with single spaces between them, so that the patterns of the grammar stay short.
"""

import calendar
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from putright.triage.asking.names import FIRST_NAMES, NAMES_THAT_ARE_WORDS
from putright.triage.asking.slips import mended
from putright.triage.asking.words import GLUE

LONGEST = 400
"""Characters of a question that are looked at: what is longer is no question but something to be taken in."""

_SHORT_TEXT = """
hm=how tot=total tots=totals haz=hazard hazs=hazards hazrd=hazard hazrds=hazards clsd=closed cls=closed opn=open
rvw=review rev=review pkd=parked min=minute mins=minutes mny=many thsi=this whta=what whcih=which wich=which
cmg=coming dampe=damp lates=late tody=today tdy=today
wk=week wks=weeks weekly=week tmrw=tomorrow tmrow=tomorrow tmorrow=tomorrow tmr=tomorrow tmw=tomorrow
tmoz=tomorrow tomoz=tomorrow tomo=tomorrow 2moro=tomorrow 2mrw=tomorrow 2morrow=tomorrow 2moz=tomorrow
2day=today 2nite=today tonight=today nxt=next nex=next mth=month mnth=month mths=months mnths=months qtr=quarter
qrtr=quarter qtrs=quarters yr=year yrs=years od=overdue ods=overdue odue=overdue ovd=overdue
unack=unacknowledged unackd=unacknowledged unacked=unacknowledged nack=unacknowledged ack=acknowledge
acks=acknowledgements ackd=acknowledged acked=acknowledged acking=acknowledging acknow=acknowledge
ackn=acknowledge resp=response resps=responses rsp=response rspns=response compl=complaint compls=complaints
cmpl=complaint cmpls=complaints comps=complaints complt=complaint complts=complaints cplt=complaint
cplts=complaints cmplt=complaint cmplts=complaints cmplnt=complaint cmplnts=complaints compln=complaint
comp=compensation sr=service_request srs=service_requests req=request reqs=requests rqst=request rqsts=requests
svc=service serv=service srv=service def=definition defn=definition defs=definitions defns=definitions
hist=history esc=escalated escd=escalated escs=escalations ext=extended extd=extended exts=extensions
unalloc=unassigned unass=unassigned unassd=unassigned unasgn=unassigned lsehold=leasehold lh=leasehold
lhold=leasehold htg=heating htng=heating asbo=asb allocs=allocations w=with wi=with r=are u=you ur=your n=and
an=a hw=how wot=what wots=what_is wat=what wats=what_is wht=what wich=which wen=when b4=before eow=end_of_week
eod=end_of_today eom=end_of_month cop=end_of_today cob=end_of_today gimme=give_me lemme=let_me wanna=want_to
gonna=going_to whats=what_is whos=who_is whose=who_is wheres=where_is whens=when_is hows=how_is whys=why_is
thats=that_is theres=there_is lets=let_us im=i_am ive=i_have id=i_would weve=we_have youve=you_have
theyve=they_have havent=have_not havnt=have_not hvnt=have_not hasnt=has_not isnt=is_not arent=are_not
wasnt=was_not werent=were_not didnt=did_not dont=do_not doesnt=does_not wont=will_not cant=can_not
couldnt=could_not hadnt=had_not nobodys=nobody_has noones=nobody_has wevent=we_have_not ppl=people
fortnite=fortnight fnight=fortnight wknd=weekend dl=deadline dls=deadlines hndlr=handler hol=holiday deu=due
du=due dew=due weke=week wek=week wekk=week teh=the hte=the adn=and taht=that hvae=have ahve=have sevice=service
servce=service yday=yesterday ysday=yesterday prob=problem probs=problems msg=message msgs=messages pls=please
plz=please plse=please plez=please acknowledgment=acknowledgement acknowledgments=acknowledgements nos=numbers
num=number stat=status sts=status stus=status stg=stage stgs=stage st=stage outst=outstanding o/s=outstanding
os=outstanding wd=working_days wds=working_days overdoo=overdue
mgmt=management comms=communication maint=maintenance gds=grounds sched=schedule
"""
_SHORT = _SHORT_TEXT.split()
_SPELT_OUT = {short: long.replace("_", " ") for short, _, long in (x.partition("=") for x in _SHORT)}
_NUMBERS = {
    name: str(number)
    for number, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"fourteen": "14", "fifteen": "15", "twenty": "20", "thirty": "30", "ninety": "90", "couple": "2"}
_UNITS = r"(?:working |calendar |business )?(?:days?|weeks?|months?)"
_JOINED = (
    (r"\b(?:stage|stg|st|s) ?(?:1|one|i)(?:s|st)?\b|\b(?:first|1st) stage\b", "stage 1"),
    (r"\b(?:stage|stg|st|s) ?(?:2|two|ii)(?:s|nd)?\b|\b(?:second|2nd|final) stage\b", "stage 2"),
    (r"\bover due\b", "overdue"),
    (r"\bun (?=(?:assigned|acknowledged|allocated|confirmed|resolved|defined|answered|owned|sure)\b)", "un"),
    (r"\b(this|next|last) ?(week|month|quarter|year)s?\b", r"\1 \2"),
    (r"\bhow ?many\b", "how many"),
    (r"\b(\d+) ?(days?|d)\b", r"\1 days"),
    (r"\b(\d+) ?(weeks?|w)\b", r"\1 weeks"),
)


_SIGNED = re.compile(
    r"[ ,]*\b(?:many thanks|thanks|thank you|thx|cheers|regards|kind regards|best "
    r"wishes|ta|kr|bw|yours)(?: (?:in advance|so much|again|all|very much|a lot))*"
    r"[ ,]*([a-z]+)(?: [a-z]+)?$"
)
"""How people end: thanks, and their name."""


@dataclass(frozen=True, slots=True)
class Said:
    """`words` with single spaces between them; `capitals`: those typed with a capital that is no sentence's first."""

    words: str
    capitals: frozenset[str]


def tidy(text: str, kept: Collection[str] = ()) -> Said:
    """What was typed, made regular. `kept` are words (lower-case names) that are right as they stand."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").replace("`", "'")
    plain = re.sub(r":[a-z0-9_+-]+:", " ", plain)  # Slack's emoji
    capitals = frozenset(x.lower() for x in re.findall(r"(?<=[a-z0-9,;] )[A-Z][a-z]+", plain))
    plain = _dates(plain.lower().replace("&", " and "))
    plain = re.sub(r"\bo/(?:d|due)\b", "overdue", plain)
    plain = re.sub(r"\bo/s\b", "outstanding", plain)
    plain = re.sub(r"\b(\d{1,4}) ?(?:hours?|hrs?)\b", lambda x: f"{-(-int(x[1]) // 24)} days", plain)
    plain = re.sub(r"\bd ?(?:and|n|/|-) ?m\b", "damp", plain)
    plain = re.sub(r"\bclose of (?:play|business)\b", "end of today", plain)
    plain = re.sub(r"\b(?:wkg|wrkg|wrking|working) (?=days?\b)", "working ", plain)
    plain = re.sub(r"\bthe (week|month|quarter|year) before\b(?! \w)", r"last \1", plain)
    plain = re.sub(r"\bw/o\b", "without", plain)
    plain = re.sub(r"\bw/(?!\w{4})", "with ", plain)
    plain = re.sub(r"\bwk/?c\b|\bw/c\b", "week", plain)
    plain = re.sub(r"\s'?n'?\s", " and ", plain)
    plain = re.sub(r"\b(un)?ack'?e?d\b", lambda x: f"{x[1] or ''}acknowledged", plain)
    plain = re.sub(r"\b(esc|ext)'d\b", r"\1d", plain)
    plain = re.sub(r"\b(\w+)n't\b", r"\1nt", plain)
    plain = re.sub(r"\b(what|who|where|when|how|why|that|there|it|let|nobody)'s\b", r"\1s", plain)
    plain = re.sub(
        r"\b(no[ -]?one|noone)(?:'s\b|s\b)?", lambda x: "nobodys" if "s" in x[0] else "nobody", plain
    )
    plain = re.sub(r"\bi'(m|ve|d)\b", r"i\1", plain)
    plain = re.sub(r"\b(we|you|they)'ve\b", r"\1ve", plain)
    plain = re.sub(r"\b(\w+)'(?:re|ll|d)\b", r"\1", plain)
    plain = re.sub(r"'s\b", " 's", plain)
    plain = re.sub(r"(?<=\w)s'(?=\s|$)", "s", plain)
    plain = re.sub(r"[^\w\s',#£]|_", " ", plain).replace(",", " , ").replace("' ", " ")
    spelt = " ".join(_SPELT_OUT.get(x, x) for x in plain.split())
    for pattern, better in _JOINED:
        spelt = re.sub(pattern, better, spelt)
    spelt = re.sub(rf"\b({'|'.join(_NUMBERS)})\b(?: of)?(?= {_UNITS}\b)", lambda x: _NUMBERS[x[1]], spelt)
    spelt = re.sub(rf"\b(?:a|the next|next|last|past) (?=1 {_UNITS})", "", spelt)
    right = {*kept, *FIRST_NAMES, *GLUE, *capitals}
    spelt = re.sub(
        r"\b4 (\w+)", lambda x: f"for {x[1]}" if x[1] in {*kept, *FIRST_NAMES, "me"} else x[0], spelt
    )
    signed = _SIGNED.search(spelt)
    if signed and signed[1] in {*kept, *FIRST_NAMES, *NAMES_THAT_ARE_WORDS} and signed.start():
        spelt = spelt[: signed.start()]
    words = " ".join(_possessive(mended(x, right), kept) for x in spelt.split())
    for pattern, better in _JOINED:
        words = re.sub(pattern, better, words)
    return Said(" ".join(words.split()), capitals)


def _dates(text: str) -> str:
    """Dates in figures as words: `3/12` and `2026-12-03` are 3 December, as the British write them."""

    def worded(found: re.Match[str]) -> str:
        named = found.groupdict()
        month = int(named["month"])
        if not 1 <= month <= 12 or not 1 <= int(named["day"]) <= 31 or found[0] == "24/7":
            return found[0]
        year = named.get("year") or ""
        return f" {int(named['day'])} {calendar.month_name[month].lower()} {'20' + year if len(year) == 2 else year} "

    text = re.sub(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", worded, text)
    return re.sub(
        r"(?<![\d/.])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>20\d\d|\d\d))?(?![\d/])",
        worded,
        text,
    )


def _possessive(word: str, kept: Collection[str]) -> str:
    """`sams` is Sam's: people leave the apostrophe out."""
    if word.endswith("s") and word not in FIRST_NAMES and word not in GLUE and word not in kept:
        owner = word[:-1]
        if owner in kept or owner in FIRST_NAMES:
            return f"{owner} 's"
    return word
