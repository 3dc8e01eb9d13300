"""What each letter to a resident must hold by the Code, and which of it a draft lacks, whoever wrote it."""

import re

from putright.cases.letters.complaint import (
    addressee_known,
    adjustments_asked,
    definition_set_out,
    names_nobody,
    others_named,
    questions_put,
    reference_named,
    responsibility_said,
    stage_named,
)
from putright.cases.letters.decision import decided_and_reasoned, discretion_said, ground_named, impact_said
from putright.cases.letters.facts import Check, Facts, Kind, Lack
from putright.cases.letters.onward import (
    how_to_complain,
    policy_named,
    right_to_take_it_on,
    said_to_be_final,
    way_to_stage_2,
    way_to_the_ombudsman,
)
from putright.cases.letters.put_right import actions_named, promises_kept, remedies_named
from putright.cases.letters.stale import nothing_stale
from putright.cases.letters.waiting import admits_missed, due_day, no_past_promise, reason_given, updates_said
from putright.cases.letters.words import plain_words


def missing(kind: Kind, facts: Facts, text: str) -> list[Lack]:
    """Every part of a letter that is missing, in the Code's order; an empty list when it is whole."""
    plain = plain_words(text)
    found = list(dict.fromkeys(lack for check in _CHECKS[kind] for lack in check(facts, plain)))
    gaps = sorted(set(re.findall(r"\[[^\[\]\n]{2,80}\]", text)))
    return [*found, *(Lack("", f"A gap is still to be filled: {gap}") for gap in gaps)]


_ALWAYS: tuple[Check, ...] = (reference_named, addressee_known, policy_named, nothing_stale)


_CHECKS: dict[Kind, tuple[Check, ...]] = {
    Kind.ACKNOWLEDGEMENT: (
        *_ALWAYS,
        stage_named,
        definition_set_out("5.6"),
        responsibility_said,
        questions_put,
        adjustments_asked,
        due_day("6.3", "When we answer"),
        no_past_promise,
        way_to_the_ombudsman("3.7"),
    ),
    Kind.UPDATE: (
        *_ALWAYS,
        reason_given("5.9", "What has happened since"),
        no_past_promise,
        admits_missed,
        way_to_the_ombudsman("3.7"),
    ),
    Kind.EXTENSION: (
        *_ALWAYS,
        reason_given("6.4", "Why it takes longer"),
        due_day("6.4", "The new date"),
        no_past_promise,
        admits_missed,
        updates_said,
        way_to_the_ombudsman("6.5"),
    ),
    Kind.STAGE_1: (
        *_ALWAYS,
        stage_named,
        definition_set_out(""),
        others_named,
        decided_and_reasoned,
        impact_said,
        remedies_named,
        actions_named,
        way_to_stage_2,
        way_to_the_ombudsman("3.7"),
    ),
    Kind.STAGE_2: (
        *_ALWAYS,
        stage_named,
        definition_set_out(""),
        others_named,
        decided_and_reasoned,
        impact_said,
        remedies_named,
        actions_named,
        said_to_be_final,
        way_to_the_ombudsman(""),
    ),
    Kind.REFUSAL: (
        *_ALWAYS,
        ground_named,
        reason_given("2.4", "The reasons"),
        discretion_said,
        right_to_take_it_on,
        way_to_the_ombudsman("2.4"),
    ),
    Kind.CLOSURE: (*_ALWAYS, promises_kept, way_to_the_ombudsman("3.7")),
    Kind.PUBLIC_REPLY: (names_nobody, policy_named, nothing_stale, way_to_the_ombudsman("3.7")),
    Kind.SIGNPOST: (
        addressee_known,
        policy_named,
        how_to_complain,
        nothing_stale,
        way_to_the_ombudsman("3.7"),
    ),
}
