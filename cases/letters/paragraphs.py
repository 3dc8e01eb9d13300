"""Which paragraph of the Code a part of a letter stands on at each stage."""

from putright.cases.letters.facts import Facts


def lettered(facts: Facts, letter: str) -> str:
    """The part of a response letter with that letter: `6.9 e` at stage 1, `6.19 e` at stage 2."""
    return f"{'6.19' if facts.stage == 2 else '6.9'} {letter}"


def at_its_stage(facts: Facts, paragraph: str) -> str:
    """The paragraph that says at the letter's stage what this one says at stage 1."""
    return _STAGE_2.get(paragraph, paragraph) if facts.stage == 2 else paragraph


_STAGE_2 = {"6.3": "6.14", "6.4": "6.15", "6.5": "6.16", "6.6": "6.17"}
"""Which paragraph says of stage 2 what another says of stage 1."""
