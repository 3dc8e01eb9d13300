"""Whose cases: a person by first name, the asker, or a team, in tidied words."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from putright.triage.asking.names import FIRST_NAMES, NAMES_THAT_ARE_WORDS
from putright.triage.asking.tidy import Said
from putright.triage.asking.words import GLUE, VOCABULARY

MY_TEAM = "my team"
_NAME = r"([a-z][a-z'-]+)"
_PLACES = (
    r"\b{name} 's\b",
    (
        r"\b(?:for|with|assigned to|allocated to|given to|belonging to|under|against|by|on|of|from|to|"
        r"owned by|handled by|via|between) (?:both )?{name}\b"
    ),
    (
        r"\b(?:does|do|did|has|have|is|are|was|can|should|will|got|must) {name}(?: (?:have|has|got|"
        r"need|still|not|currently|actually|on|handling|dealing|working|do|"
        r"close[d]?|due|owe|looking|carrying|holding|be|sitting|overdue|any|anything|late|behind|over|"
        r"running|answer|deal|handle|got|closed|finish|ok|doing|busy|waiting|up|down|extended|resolve|"
        r"to|the|acknowledge|a|an)\b|$)"
    ),
    r"^{name}(?: |$)",
    r" {name}$",
    r"\b{name} (?:has|have|is|got|needs|closed|did|owes|still|does|due|overdue)\b",
    (
        r"\b(?:due|overdue|today|tomorrow|week|month|cases|complaints|requests|open|late|hazards|"
        r"unacknowledged|extended|closed|,) {name}\b"
    ),
    r"\b(?:and|or) {name}\b",
)
"""Where a name stands. The first three are places where nothing but a name stands."""
_SURE = 3
_NOT_NAMES_TEXT = """
all team teams us them me you today tomorrow week month stage review each every that which whom these those both
resident residents tenant tenants landlord public council ombudsman mp mps councillor councillors mail email
slack phone manager managers management lead leads director board committee contractor contractors definition
hold time target officer officers handler handlers investigation further work weekend
"""
_NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())


@dataclass(frozen=True, slots=True)
class Whose:
    """`handler` (`me`, or a name as the program writes it), `team`, and the words that are left without them."""

    handler: str = ""
    team: str = ""
    rest: str = ""
    guessed: bool = False
    """A word nobody knows, in small letters, where a name may stand."""


def find_team(words: str, teams: Collection[str]) -> tuple[str, str]:
    """A configured team that is named, and the words left; `team` after its name is optional."""
    for team in sorted(teams, key=len, reverse=True):
        plain = re.escape(" ".join(re.sub(r"[^\w\s]", " ", team.lower().replace("&", " and ")).split()))
        bare = re.sub(r"\\? team$", "", plain)
        found = re.search(rf"\b(?:team )?(?:{plain}|{bare})(?: 's)?(?: teams?)?\b", words)
        if found:
            return team, f"{words[: found.start()]} {words[found.end() :]}"
    return "", words


def unknown_team(words: str) -> tuple[str, str]:
    """A team nobody has configured: `the Voids team`. What is said of it is never taken for everything."""
    found = re.search(r"\b(?:my|our own|my own) team(?: 's)?\b", words)
    if found:
        return MY_TEAM, f"{words[: found.start()]} {words[found.end() :]}"
    found = re.search(r"\b([a-z]+(?: (?:and )?[a-z]+)?) team\b|\bteam ([a-z]+)\b", words)
    if found:
        name = " ".join(x for x in (found[1] or found[2]).split() if x not in GLUE and x not in VOCABULARY)
        if name and name not in _NOT_NAMES:
            return name.title(), words.replace(name, " ").replace("team", " ")
    return "", words


def find(said: Said, rest: str, people: Collection[str]) -> Whose:
    """Who is named in what is `rest` of the words once all else is understood."""
    words = set(rest.split())
    for person in sorted(people, key=len, reverse=True):
        for given in (person.lower(), *person.lower().split()[:1]):
            if given.split()[:1] and given.split()[0] not in words:
                continue
            if " " in given or (given not in NAMES_THAT_ARE_WORDS and given not in GLUE):
                found = re.search(rf"\b{re.escape(given)}\b(?: 's)?", rest)
            else:
                found = _placed(given, rest, said)
            if found:
                return Whose(handler=_as_known(given, person), rest=_without(rest, found))
    for word in rest.split():
        if word in FIRST_NAMES and word not in NAMES_THAT_ARE_WORDS:
            found = re.search(rf"\b{word}\b(?: 's)?", rest)
            if found:
                return _named(word, found, rest, said)
    for word in dict.fromkeys(rest.split()):
        if word in NAMES_THAT_ARE_WORDS:
            found = _placed(word, rest, said)
            if found:
                return _named(word, found, rest, said)
    for pattern in _PLACES[:_SURE]:
        for found in re.finditer(pattern.format(name=_NAME), rest):
            word = found[1]
            if word not in GLUE and word not in VOCABULARY and word not in _NOT_NAMES and len(word) > 2:
                if (
                    pattern != _PLACES[0]
                    and word not in said.capitals
                    and not re.search(r"\b(?:for|with|to|does|has|did)\b", found[0])
                ):
                    continue
                name = re.search(rf"\b{re.escape(word)}\b(?: 's)?", rest)
                if name:
                    return replace(_named(word, name, rest, said), guessed=word not in said.capitals)
    return Whose(rest=rest)


def others(
    said: Said, words: str, first: Whose, rest: str, people: Collection[str]
) -> tuple[tuple[str, ...], Whose]:
    """The further names that stand beside one in `words`: `Kim or Priya`, `Priya, Sam and me`; what is left then."""
    named, left = [first.handler], rest
    while (found := find(said, left, people)).handler and not found.guessed:
        if not any(_beside(words, x, found.handler, people) for x in named):
            break
        named.append(found.handler)
        left = found.rest
    if len(named) > 1:  # in the order they are named
        tokens = words.split()
        named.sort(key=lambda x: tokens.index(x.split()[0].lower()))
    if any(_beside(words, x, own, people) for x in named for own in _OWN):
        named.append("me")
    return tuple(named[1:]), replace(first, handler=named[0], rest=left)


_OWN = ("me", "mine", "myself")
_JOINING = frozenset(("and", "or", ",", "plus"))


def _beside(words: str, one: str, other: str, people: Collection[str]) -> bool:
    """Whether nothing but `and`, `or` or a comma (and what belongs to the names) stands between two names."""
    tokens = words.split()
    ours = [x.split()[0].lower() for x in (one, other)]
    if not all(x in tokens for x in ours):
        return False
    first, last = sorted(tokens.index(x) for x in ours)
    between = tokens[first + 1 : last]
    belongs = {part.lower() for name in (*people, one, other) for part in name.split()}
    return bool(_JOINING.intersection(between)) and set(between) <= {
        *_JOINING,
        *belongs,
        "'s",
        "for",
        "with",
        "to",
    }


def me(rest: str, typed: str) -> tuple[bool, str]:
    """Whether the asker's own are meant, and the words left."""
    words = rest
    if re.search(r"\b(?:list|show|pull|find|check|get|look|run|give|send)\b.* for me\b", typed):
        words = re.sub(r"\bfor me\b", " ", words)
    found = re.search(r"\b(?:my|mine|me|myself|i)\b", words)
    return bool(found), re.sub(r"\b(?:my|mine|me|myself|i)\b(?: own)?", " ", words)


def _placed(name: str, rest: str, said: Said) -> re.Match[str] | None:
    """A name that is a word as well: only where a name must stand, or with its capital before a surname."""
    for number, pattern in enumerate(_PLACES):
        if number >= _SURE and name not in said.capitals and number != 3:
            continue
        if number == 3 and not re.match(rf"{name} (?:'s|has|is|got|overdue|due)\b", rest):
            continue
        found = re.search(pattern.format(name=f"({re.escape(name)})"), rest)
        if found:
            return re.search(rf"\b{re.escape(name)}\b(?: 's)?", rest[found.start() :]) and re.compile(
                rf"\b{re.escape(name)}\b(?: 's)?"
            ).search(rest, found.start())
    return None


def _named(word: str, found: re.Match[str], rest: str, said: Said) -> Whose:
    after = re.match(r" ([a-z]+)\b", rest[found.end() :])
    surname = (
        after[1]
        if after and after[1] in said.capitals and after[1] not in GLUE and after[1] not in VOCABULARY
        else ""
    )
    left = _without(rest, found)
    if surname:
        left = re.sub(rf"\b{surname}\b(?: 's)?", " ", left, count=1)
    return Whose(handler=f"{word} {surname}".strip().title(), rest=left)


def _as_known(given: str, person: str) -> str:
    return person if " " in given else person.split()[0]


def _without(rest: str, found: re.Match[str]) -> str:
    return " ".join(f"{rest[: found.start()]} {rest[found.end() :]}".split())
