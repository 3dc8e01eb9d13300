"""What a sentence tells people to type on a terminal, said as it is done in Slack."""

import re

from putright.bot.case_verbs import IN_SLACK

_REF = r"(HC-\d{4}-\d+|REF)"
_OPTIONS = r"(?:(?: \d+)?(?: --[a-z-]+(?: (?:\"[^\"]*\"|YYYY-MM-DD|[\w-]+))?(?: …)?)*)"
_SAID = (
    (r"`putright cases` lists (?:them all|all of them)", "`/case open cases` lists those that are open"),
    (r"`putright cases` has every date", "`/case` and a reference has each date"),
    (
        rf"`putright case timeline {_REF}` has the",
        r"Where putright runs, `putright case timeline \1` has the",
    ),
    (rf"(?<!runs, )(?<!runs, `)`?putright case timeline {_REF}`?", r"`/case timeline of \1`"),
    (rf"`?putright case show {_REF}`?", r"`/case \1`"),
    (r"`putright parked`(?= lists|\))", "`/case parked`"),
    (
        r"; --next sets (?:the|another) day that was agreed with them",
        "; an update, under More…, sets another day that was agreed with them",
    ),
    (r"putright parked  lists them with the reason; .*", "`/case parked` lists them with the reason"),
    (
        r"putright review  shows each with its command",
        "`/case` and its reference opens each, with its buttons",
    ),
    (rf"putright case reclassify {_REF}{_OPTIONS}", r"`/case \1 is complaint because …`"),
    (rf"`?putright case [a-z-]+ {_REF} --done \d+`?", r"`/case done \1`"),
    (
        rf"`?putright case (?:accept|decline) {_REF}{_OPTIONS}`?",
        r"`/case \1`, Open, and the buttons below it",
    ),
    *(
        (
            rf"`?putright case {verb} {_REF}(?: HC-\d{{4}}-\d+| [a-z_]+(?= --))?{_OPTIONS}`?",
            rf"`/case {verb} \1`",
        )
        for verb in sorted(IN_SLACK, key=len, reverse=True)
    ),
    (
        r"`putright case --help` lists what can be done to a case",
        "More… below a case lists what can be done with it",
    ),
    (r"putright note TEXT --by NAME", "`/case log TEXT`"),
)
_ANSWERS = re.compile(r"(?:If so|If not|To accept|To decline):  putright case (?:accept|decline) ")


HELP = (
    "In Slack: `/case` alone has your own cases; `/case HC-2026-0012` and Open has all that can be done to one.",
    "To act on a case: More… below it, or say it, `/case close HC-2026-0012` (extend, update, link, hazard, …).",
    (
        "To log what a resident said: write it in an intake channel, `/case log TEXT`, tell me by @putright or in a "
        'direct message, or take "Log as complaint" in the menu of any message.'
    ),
    "To say what a case is: `/case HC-2026-0012 is complaint because …` (or service request, survey feedback, other).",
    "To review what I am not sure of, and the week's draw (leads): `/case review`.",
    "In the thread of a case, @putright when is it due? means that case. My Home has Mine, Due, Unassigned, To review.",
)
"""What help says in Slack besides what can be asked."""


def in_slack(sentence: str) -> str:
    """The sentence with Slack's way in the place of each command of the terminal that has one."""
    if "putright " not in sentence and "--next" not in sentence:
        return sentence
    for typed, said in _SAID:
        sentence = re.sub(typed, said, sentence)
    return sentence


def beside_buttons(line: str) -> str:
    """A line of a post whose buttons answer it: empty where it only names the command for the same."""
    return "" if _ANSWERS.match(line) else in_slack(line)
