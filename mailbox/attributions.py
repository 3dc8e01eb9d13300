"""`On 2 November 2026 at 09:14, Jane <jane@example.org> wrote:` and its like in other languages."""

import re
from dataclasses import dataclass

from putright.mailbox.languages import LANGUAGES

_CHARACTERS = 400
_LINES = 4
_ZONE = r"(?:GMT|BST|UTC|CES?T|MES?Z)(?:[+-]\d{1,2}(?::\d\d)?)?\b|[+-]\d{4}\b"
_CLOCK = re.compile(
    rf"\d{{1,2}}[:.h]\d\d(?:[:.]\d\d)?(?: ?(?:[ap]\.? ?m\b\.?|Uhr\b))?(?: (?:{_ZONE}))?", re.IGNORECASE
)
_YEAR = re.compile(r"20\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d\d")
_ADDRESS = re.compile(r"<?\s?[^\s<>()\[\]\"',;:@]{1,64}@[^\s<>()\[\]\"',;:@]{1,255}")
_SPOKEN = {
    verb: tuple(other.code for other in LANGUAGES if verb in other.wrote.split("|"))
    for language in LANGUAGES
    for verb in filter(None, language.wrote.split("|"))
}
_VERBS = sorted(_SPOKEN, key=len, reverse=True)
_WITHOUT_VERB = ("en", "ru", "uk", "ja", "he", "ar")
_CJK = "\u2e80"
"""From this character on words are written without spaces between them."""
_SPACED = "|".join(re.escape(verb) for verb in _VERBS if verb[0] < _CJK)
_UNSPACED = "|".join(re.escape(verb) for verb in _VERBS if verb[0] >= _CJK)
_WROTE = re.compile(rf"(?<!\w)(?:{_SPACED})(?!\w)|{_UNSPACED}", re.IGNORECASE)
# How the first line begins: a word for "on", a weekday and a number, or a number.
_ON = (
    "On|Am|Le|El|Il giorno|Il|Op|Em|No dia|W dniu|Dnia|Dne|Dňa|Dana|Den|På|La data|Pe|În|Ar|A|De|V|Vào|Pada"
    "|Kuupäev|Στις|Την|Στο|في|בתאריך|ב|在"
)
_LEADS = tuple(f"{lead} " for lead in _ON.split("|"))
_DAY_FIRST = re.compile(r"(?:[^\W\d_]{1,14}[.,]{0,2} ?\(?)?\d")
_FILLERS = re.compile(
    r"^(?:[\s,;:、，،()—–-]|π\.μ\.|μ\.μ\.|ص\b|م\b|(?:użytkownik|odesílatel|používateľ|uživatel|tarihinde|korisnik"
    r"|keltezéssel|от|пользователь|ο χρήστης|lietotājs|heeft|schreef|schrieb|skrev|מאת|من"
    r"|تمت كتابة ما يلي بواسطة|from|von|door|da|par|por)\b)+"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who wrote what follows, and when, as written; `end` is the line after it."""

    end: int
    sender: str
    date: str
    languages: tuple[str, ...]


def at(lines: list[str], first: int) -> Attribution | None:
    """The attribution that begins at line `first` (it may be wrapped), if one does; the lines are bare."""
    opening = lines[first][:_CHARACTERS]
    if not (opening.startswith(_LEADS) or _DAY_FIRST.match(opening) or ("@" in opening and "20" in opening)):
        return None
    joined = ""
    for end, line in enumerate(lines[first : first + _LINES], first + 1):
        joined = f"{joined} {line}".strip()
        if not line or len(joined) > _CHARACTERS:
            return None
        if joined.endswith((":", "：")):
            return _read(joined.rstrip(":： "), end)
    return None


def _read(line: str, end: int) -> Attribution | None:
    clocks = list(_CLOCK.finditer(line))
    address = _ADDRESS.search(line)
    verb = _WROTE.search(line)
    if not clocks or not (verb or (address and _YEAR.search(line) and line.endswith(">"))):
        return None
    clock = clocks[-1]  # `2.11.2026 09:14`
    if address and address.start() < clock.start():  # the name first: `Jane <a@b> 于 … 写道`
        sender = line[: line.find(">", address.end()) + 1 or address.end()]
        sender = sender[_lead(line, address.start()) :]
        date = line[address.end() : clock.end()].strip(" ,<>()")
        date = date.removeprefix(verb[0]).strip() if verb else date
    else:
        sender, date = _after(line, clock.end(), verb, address), line[: clock.end()]
    sender = _FILLERS.sub("", sender).strip(" ,;")
    if not sender:
        return None
    languages = _SPOKEN.get(verb[0].lower(), ("en",)) if verb else _WITHOUT_VERB
    return Attribution(end, sender, date[_lead(date, len(date)) :].strip(" ,<>"), languages)


def _after(line: str, clock: int, verb: re.Match[str] | None, address: re.Match[str] | None) -> str:
    """The name and address behind the time, with the verb in front of them or behind."""
    if verb is None or verb.start() < clock:
        return line[clock:]
    in_front = bool(line[verb.end() :].strip(" ,.)")) and not (address and address.start() < verb.end())
    if in_front:
        return line[verb.end() :]
    return line[clock:] if address and address.end() > verb.start() else line[clock : verb.start()]


def _lead(line: str, stop: int) -> int:
    """How long the word for "on" in front of a line is, if it ends before `stop`."""
    return next((len(lead) for lead in _LEADS if line.startswith(lead) and len(lead) < stop), 0)
