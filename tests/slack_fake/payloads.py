"""What Slack (and putright's own rules) would say is wrong with blocks, a view or metadata."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

SCHEMA = json.loads(Path(__file__).with_name("slack-blocks.schema.json").read_text())
VALIDATORS = {
    name: Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": SCHEMA["definitions"]})
    for name in ("Message", "ModalView", "HomeView", "MessageMetadata")
}
TEXT_LIMIT = 4_000  # Slack cuts at 40,000; ours stays far within
METADATA_BYTES = 8_000
VIEW_BYTES = 250_000


def message_faults(blocks: list[Any]) -> list[str]:
    return _faults("Message", blocks, "/blocks") or list(_own_rules(blocks, "/blocks"))


def view_faults(view: Any, kind: str) -> list[str]:
    """What is wrong with a view that ought to be of this kind (`modal` or `home`)."""
    if not isinstance(view, dict):
        return ["[ERROR] must be an object [json-pointer:/view]"]
    if view.get("type") != kind:
        return [f"[ERROR] invalid type: only {kind} is allowed here [json-pointer:/view/type]"]
    found = _faults("ModalView" if kind == "modal" else "HomeView", view, "/view")
    if found:
        return found
    blocks = view["blocks"]
    if kind == "modal" and "submit" not in view and any(b["type"] == "input" for b in blocks):
        return [
            "[ERROR] missing required field: submit (there is an input block) [json-pointer:/view/submit]"
        ]
    return list(_own_rules(blocks, "/view/blocks"))


def metadata_fault(metadata: Any) -> str | None:
    """Slack's error code for this metadata, or None."""
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} <= metadata.keys():
        return "invalid_metadata_format"
    if _faults("MessageMetadata", metadata, "/metadata"):
        return "invalid_metadata_schema"
    return "metadata_too_large" if len(json.dumps(metadata).encode()) > METADATA_BYTES else None


def _faults(definition: str, value: Any, where: str) -> list[str]:
    found = [
        f"[ERROR] {_words(e)} [json-pointer:{where}{''.join(f'/{step}' for step in e.absolute_path)}]"
        for e in map(_deepest, VALIDATORS[definition].iter_errors(value))
    ]
    return list(dict.fromkeys(found))  # a limit may stand both on a text and on where it is used


def _deepest(error: ValidationError) -> ValidationError:
    """The fault itself where a union or an `if` only says that something inside it is wrong."""
    inner = best_match(error.context) if error.context else None
    return _deepest(inner) if inner is not None and inner.validator != "required" else error


def _words(error: ValidationError) -> str:
    limit: Any = error.validator_value
    match error.validator:
        case "maxLength":
            return f"must be less than {limit + 1} characters"
        case "minLength":
            return f"must be more than {limit - 1} characters"
        case "maxItems":
            return f"no more than {limit} items allowed"
        case "minItems":
            return f"no less than {limit} items allowed"
        case "required" if isinstance(limit, list) and isinstance(error.instance, dict):
            return f"missing required field: {', '.join(k for k in limit if k not in error.instance)}"
        case _:
            return error.message[:300]


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The interactive elements of a block."""
    held = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    return [e for e in held if isinstance(e, dict) and e.get("type") not in ("mrkdwn", "plain_text", "image")]


def _own_rules(blocks: list[dict[str, Any]], where: str) -> Iterator[str]:
    """The rules the schema cannot hold."""
    block_ids: set[str] = set()
    for number, block in enumerate(blocks):
        here = f"[json-pointer:{where}/{number}]"
        block_id = block.get("block_id")
        if block_id in block_ids:
            yield f"[ERROR] `block_id` {block_id} already exists {here}"
        if block_id is not None:
            block_ids.add(block_id)
        action_ids: set[str] = set()
        for element in elements_of(block):
            action_id = element.get("action_id")
            if action_id in action_ids:
                yield f"[ERROR] `action_id` {action_id} already exists {here}"
            if action_id is not None:
                action_ids.add(action_id)
            yield from _initial_options(element, here)
            yield from _numbers(element, here)


def _initial_options(element: dict[str, Any], here: str) -> Iterator[str]:
    groups = [group["options"] for group in element.get("option_groups", [])]
    offered = [option for options in [element.get("options", []), *groups] for option in options]
    chosen = [*element.get("initial_options", []), element.get("initial_option")]
    if offered and any(option not in offered for option in chosen if option is not None):
        yield f"[ERROR] invalid initial_option: it must match one of the options {here}"


def _numbers(element: dict[str, Any], here: str) -> Iterator[str]:
    """What Slack's reference says of the numbers and days of an element, beside their types."""
    if element.get("max_selected_items", 1) < 1:
        yield f"[ERROR] `max_selected_items` must be at least 1 {here}"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", element.get("initial_date", "2026-01-01")):
        yield f"[ERROR] `initial_date` must be in the format YYYY-MM-DD {here}"
    if len(str(element.get("initial_date_time", 10**9))) != 10:
        yield f"[ERROR] `initial_date_time` must be a time of 10 digits {here}"
    for limit in ("min_value", "max_value"):
        if not re.fullmatch(r"-?\d+(?:\.\d+)?", element.get(limit, "0")):
            yield f"[ERROR] `{limit}` must be a number {here}"
