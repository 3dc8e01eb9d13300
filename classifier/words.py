"""Words of a sentence in one plain form: lower case, contractions parted, numbers by kind, text-speak spelt out."""

import re
from collections.abc import Callable
from itertools import chain
from typing import TypeVar

TOKEN = re.compile(
    r"#[a-z]+|£ ?\d[\d,.]*\d|£ ?\d|\d+(?:[.,:/]\d+)+|\d+(?=(?:st|nd|rd|th)\b)|\d+"
    r"|n't|'(?:s|ll|ve|re|d|m)\b|[^\W\d_]+(?:'[^\W\d_]+)*|\?+|!+|\.{2,}|[^\w\s]"
)
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "_": " "}
)
CONTRACTION = re.compile(r"^(.+?)(n't|'(?:s|ll|ve|re|d|m))$")
WITHOUT_APOSTROPHE = (
    "dont didnt doesnt isnt wasnt arent werent hasnt havent hadnt wont cant couldnt wouldnt shouldnt aint "
    "mustnt neednt"
)
SPELT_OUT = (
    "u:you ur:your r:are pls:please plz:please thx:thanks tks:thanks ty:thanks appt:appointment appts:appointments "
    "apt:appointment hsg:housing rptd:reported rpt:report ref:reference msg:message msgs:messages tel:phone "
    "telephone:phone telephoned:phoned ph:phone tmrw:tomorrow tmw:tomorrow yday:yesterday mgr:manager cust:customer "
    "cx:customer tnt:tenant bldg:building kitch:kitchen bk:back nd:and n:and w:with abt:about bc:because cos:because "
    "coz:because cuz:because wot:what wots:what's iv:i've ive:i've im:i'm id:i'd ill:i'll youve:you've youre:you're "
    "theyve:they've theyre:they're weve:we've hes:he's shes:she's thats:that's whats:what's wheres:where's "
    "theres:there's nobodys:nobody's noones:nobody's wk:week wks:weeks mth:month mths:months yr:year yrs:years "
    "hr:hour hrs:hours mon:monday tue:tuesday tues:tuesday wed:wednesday weds:wednesday thu:thursday thur:thursday "
    "thurs:thursday fri:friday sat:saturday sun:sunday noone:nobody nuffink:nothing nuthin:nothing nowt:nothing "
    "summat:something sumthin:something cud:could wud:would shud:should gonna:going wanna:want gotta:got "
    "fone:phone bin:been deffo:definitely def:definitely prob:probably probs:problems info:information "
    "dept:department assoc:association compl:complaint comp:complaint sched:scheduled eng:engineer engs:engineers "
    "htg:heating ht:heating hw:water gf:girlfriend bf:boyfriend mum:mother mam:mother mom:mother mummy:mother "
    "dad:father daddy:father nan:grandmother gran:grandmother nana:grandmother vuln:vulnerable ooh:out-of-hours "
    "blr:boiler attd:attended attnd:attended rsdnt:resident rsdt:resident bdrm:bedroom bedrm:bedroom bthrm:bathroom "
    "ktchn:kitchen clg:ceiling elec:electric elecs:electrics dmp:damp flt:flat addr:address prev:previous "
    "rcvd:received recd:received reqd:required req:request wndw:window neighb:neighbour nbr:neighbour vm:voicemail "
    "cllr:councillor b4:before 2day:today gt:great luv:love lv:love ta:thanks cheers:thanks dnt:don't wasnt:wasn't"
)
EXPANDED = dict(pair.split(":") for pair in SPELT_OUT.split())
EXPANDED |= {word: word[:-1] + "'t" for word in WITHOUT_APOSTROPHE.split()}

LONG_NUMBER = 5
MOST_REMEMBERED = 50_000
"""A hostile text must not fill the memory."""
HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0e"
)
IGNORABLE = re.compile(rf"[{HIDDEN}]|(?<=[^\W\d_])[\u200d\ufe0f]+(?=[^\W\d_])")
"""What is never seen (Unicode's default ignorables, without those that join pictures) and may part a word's letters."""
Found = TypeVar("Found")


class Remembered(dict[str, Found]):
    """What a function finds for each word, found once.

    Most words of a message were met before; a look into a dictionary is then all that they cost.
    """

    def __init__(self, find: Callable[[str], Found]) -> None:
        self.find = find

    def __missing__(self, word: str) -> Found:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[word] = self.find(word)
        return found


def straight(text: str) -> str:
    """The text in lower case with plain quotes and dashes; as long as the text, character for character."""
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals (İ) grow when lowered
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(STRAIGHT)


def forms(token: str) -> tuple[str, ...]:
    """The plain words that one written token stands for: `can't` is `ca`, `n't`; `£30` is `#money`."""
    if token[0].isdigit() or token[0] == "£":
        return (number_kind(token),)
    if token[0] in "?!.":
        return (token[:2],)
    if not token[0].isalpha():
        return (token,)
    token = EXPANDED.get(token, token)
    if token == "cannot":
        return ("ca", "n't")
    found = CONTRACTION.match(token)
    return (found[1], found[2]) if found else (token,)


def number_kind(token: str) -> str:
    """Which sort of number it is: money, a score, a clock time, a year, a date, a long reference, or a count."""
    if token[0] == "£":
        return "#money"
    if re.fullmatch(r"\d{1,2}/(?:5|10)", token):
        return "#score"
    if re.fullmatch(r"\d{1,2}[.:]\d\d", token):
        return "#time"
    if re.fullmatch(r"(?:19|20)\d\d", token):
        return "#year"
    if "/" in token:
        return "#date"
    return "#long" if len(token) >= LONG_NUMBER else "#n"


def words(text: str) -> list[str]:
    """The words of a stretch of text, in order."""
    return words_of(straight(text))


def words_of(plain: str) -> list[str]:
    """The words of a stretch of text that is in lower case with plain quotes already (`straight`)."""
    return list(chain.from_iterable(map(_forms.__getitem__, TOKEN.findall(plain))))


_forms = Remembered(forms)


def stem(word: str) -> str:
    """A word without its commonest endings, so that `refused`, `refuses` and `refusing` share what is learned."""
    for ending in ("ing", "ed", "es", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
