"""What can be done with a case, by what it is for: the terminal's help and Slack's menu are both made from it."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "Look": ("show", "timeline", "attachment", "export", "snooze"),
    "What it is": ("reclassify", "choice", "authority", "assign", "conflict", "confine", "unconfine"),
    "Before the acknowledgement": (
        "define",
        "assess",
        "hazard",
        "hazard-step",
        "adjust",
        "flag",
        "acknowledge",
        "refuse",
        "reconsider",
    ),
    "While it is looked into": (
        "contact",
        "mark",
        "evidence",
        "consulted",
        "update",
        "extend",
        "restrict",
        "incident",
    ),
    "Several matters": ("split", "complain", "add-issue", "link", "merge", "unmerge"),
    "Whose message, and what it asks": ("accept", "decline", "unjoin"),
    "The answer, and what was promised": ("respond", "remedy", "action", "escalate"),
    "The end, and after": ("withdraw", "close", "reopen", "learn", "satisfaction", "ombudsman"),
}
"""Each verb of `putright case VERB`, under the heading of its help."""

ELSEWHERE_IN_SLACK = ("show", "timeline", "snooze", "accept", "decline")
"""Verbs that Slack has another way for: a question, a button, or the buttons below what is asked."""
TERMINAL_ONLY = ("attachment", "export")
"""Verbs that write a file on the machine."""
IN_SLACK = tuple(
    verb for verbs in SECTIONS.values() for verb in verbs if verb not in (*ELSEWHERE_IN_SLACK, *TERMINAL_ONLY)
)
"""Verbs that open a modal: by a button, by "More…", or by `/case VERB REF`."""
