"""What one click does to a case, without a modal."""

from collections.abc import Callable, Mapping
from typing import Any

from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, Shown
from putright.cases.labels import Label
from putright.cases.references import find_reference


def _right(case: Case, by: By) -> Event:
    if case.confirmed_by:
        raise Refused(
            f"{case.confirmed_by} has already said that {case.reference} is {case.label.words}. If it is not, press "
            "Change."
        )
    return acts.confirm(case, by, shown=Shown.UNSURE if case.unconfirmed else Shown.DISPUTED)


def _labelled(label: Label) -> Callable[[Case, By], Event]:
    def decide(case: Case, by: By) -> Event:
        if case.confirmed_by:
            raise Refused(
                f"{case.confirmed_by} has already said that {case.reference} is {case.label.words}. "
                f"To change it:  /case {case.reference} is {label.words} because …"
            )
        return acts.reclassify(case, by, label, "", shown=Shown.UNSURE)

    return decide


def _take(case: Case, by: By) -> Event:
    if case.handler:
        raise Refused(
            f"{case.handler} has {case.reference} already. To take it over, open it and use Assign."
        )
    return acts.assign(case, by, by.actor)


OUT_OF_DATE = (
    "This button is out of date, so nothing was changed. Open the case anew, with /case and its reference, and use the "
    "buttons there."
)


def carries_a_case(body: Mapping[str, Any]) -> bool:
    """Whether what was clicked says which case it is about; a button of a modal also how that stood."""
    return find_reference(str((body.get("actions") or [{}])[0].get("value") or "")) is not None


CLICKS: dict[str, Callable[[Case, By], Event]] = {
    "right": _right,
    "take": _take,
    **{f"label:{label.value}": _labelled(label) for label in Label},
}
