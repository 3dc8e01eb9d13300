"""Makes slack-blocks.schema.json, the shapes and limits of Slack's payloads, from the npm package @slack/types.

Run by hand when Slack's types change (needs Node and npm): python tests/slack_fake/make_schema.py
"""

import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

TYPES = "@slack/types@3.2.0"
GENERATOR = "ts-json-schema-generator@2.4.0"
TARGET = Path(__file__).with_name("slack-blocks.schema.json")
# The only blocks putright uses; another one needs a decision (design, section 5, rule 4).
BLOCKS = {
    "actions": "ActionsBlock",
    "context": "ContextBlock",
    "divider": "DividerBlock",
    "header": "HeaderBlock",
    "input": "InputBlock",
    "section": "SectionBlock",
}
ENTRY = """import type { KnownBlock, ModalView, HomeView, MessageMetadata } from '@slack/types';
export interface SlackPayload {
  message: KnownBlock[]; modal: ModalView; home: HomeView; metadata: MessageMetadata;
}
"""
NOTICE = (
    f"Made by make_schema.py from {TYPES} (MIT License, Copyright (c) 2014- Slack Technologies, LLC); the limits "
    "come from its doc comments and, where those are silent, from docs.slack.dev. The MIT licence's permission and "
    "warranty notice applies to it: permission is granted, free of charge, to any person obtaining a copy of this "
    "software to deal in it without restriction, provided this notice is included in all copies or substantial "
    'portions; it is provided "as is", without warranty of any kind.'
)
Schema = dict[str, Any]


def generate() -> dict[str, Schema]:
    """The raw definitions, straight from Slack's types."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "package.json").write_text("{}")
        (here / "entry.ts").write_text(ENTRY)
        options = {"module": "nodenext", "moduleResolution": "nodenext", "strict": True, "types": []}
        (here / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": ["entry.ts"]}))
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", TYPES, GENERATOR], cwd=here, check=True)
        command = ["npx", "ts-json-schema-generator", "--path", "entry.ts", "--tsconfig", "tsconfig.json"]
        command += ["--type", "SlackPayload", "--no-type-check", "-o", "raw.json"]
        subprocess.run(command, cwd=here, check=True)
        definitions: dict[str, Schema] = json.loads((here / "raw.json").read_text())["definitions"]
        return definitions


def lift(description: str, schema: Schema) -> Schema:
    """The limits that a property's doc comment states, as a schema to stand beside the property's own."""
    plain = re.sub(r"\{@link[^}]*\}", "", " ".join(description.split()))
    found: Schema = {}
    for sentence in re.split(r"\.(?:\s|$)", plain):
        most = re.search(r"\bmax(?:imum)?\b[^\d]*?(\d[\d,]*)|\bup to (\d+)", sentence, re.I)
        least = re.search(r"\bmin(?:imum)?\b[^\d]*?(\d+)", sentence, re.I)
        top = int((most[1] or most[2]).replace(",", "")) if most else None
        low = int(least[1]) if least else None
        lengths = {k: v for k, v in (("minLength", low), ("maxLength", top)) if v is not None}
        if not lengths:
            continue
        if schema.get("type") == "string":
            found |= lengths
        elif schema.get("type") == "number":
            found |= {"maximum": top} if top is not None else {}
        elif schema.get("type") == "array" and "each item" in sentence:
            found["items"] = {"properties": {"text": lengths}}
        elif schema.get("type") == "array":
            found |= {k.replace("Length", "Items"): v for k, v in lengths.items()}
        elif "$ref" in schema or "anyOf" in schema:  # a text object: the limit is that of its text
            found["properties"] = {"text": lengths}
    return found


def tidy(schema: Any) -> Any:
    """Without descriptions, and with each lifted limit in an allOf (Draft-07 ignores what stands beside a $ref)."""
    if isinstance(schema, list):
        return [tidy(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    description = schema.get("description")
    kept = {k: v for k, v in schema.items() if not (k == "description" and isinstance(v, str))}
    kept = {k: tidy(v) for k, v in kept.items()}
    limits = lift(description, kept) if isinstance(description, str) else {}
    beside = kept.keys() & ({"$ref", "anyOf"} | limits.keys())
    return {"allOf": [kept, limits]} if limits and beside else kept | limits


def members(name: str, definitions: dict[str, Schema]) -> list[str]:
    """The definitions a union comes down to."""
    union = definitions[name].get("anyOf", [])
    if not union or not all("$ref" in each for each in union):
        return [name]
    return [m for each in union for m in members(each["$ref"].rsplit("/", 1)[-1], definitions)]


def kind(definition: Schema) -> str | None:
    """The constant `type` of a definition, or of all the shapes it may have."""
    if "anyOf" in definition:
        kinds = {kind(each) for each in definition["anyOf"]}
        return kinds.pop() if len(kinds) == 1 else None
    constant = definition.get("properties", {}).get("type", {}).get("const")
    return constant if isinstance(constant, str) else None


def dispatch(kinds: dict[str, str]) -> Schema:
    """A union decided by `type`, so that a refusal names the real fault and not "none of these"."""
    branches = [
        {
            "if": {"required": ["type"], "properties": {"type": {"const": k}}},
            "then": {"$ref": f"#/definitions/{name}"},
        }
        for k, name in sorted(kinds.items())
    ]
    chosen = {"type": {"enum": sorted(kinds)}}
    return {"type": "object", "required": ["type"], "properties": chosen, "allOf": branches}


def by_hand(d: dict[str, Schema]) -> None:
    """What the doc comments do not say, or say only on docs.slack.dev."""
    d["Message"] = {"type": "array", "maxItems": 50, "items": {"$ref": "#/definitions/UsedBlock"}}
    d["UsedBlock"] = dispatch(BLOCKS)
    d["AnyBlock"] = {"$ref": "#/definitions/UsedBlock"}
    marked = {"required": ["text"], "properties": {"text": {"properties": {"type": {"const": "mrkdwn"}}}}}
    options = {
        "then": {"$ref": "#/definitions/MrkdwnOption"},
        "else": {"$ref": "#/definitions/PlainTextOption"},
    }
    d["Option"] = {"if": marked, **options}
    d["SectionBlock"]["anyOf"] = [{"required": ["text"]}, {"required": ["fields"]}]
    d["ContextBlockElement"]["properties"]["text"] = {"maxLength": 2000}
    d["MessageMetadata"]["properties"]["event_type"]["minLength"] = 1
    at_most(d, "PlainTextInput", "initial_value", {"maxLength": 3000})
    at_most(d, "PlainTextInput", "max_length", {"maximum": 3000, "minimum": 1})
    for view in ("ModalView", "HomeView"):
        at_most(d, view, "external_id", {"maxLength": 255})
    for name in ("ActionsBlock", "ContextBlock"):
        at_most(d, name, "elements", {"minItems": 1})
    at_most(d, "SectionBlock", "fields", {"minItems": 1})
    for name, definition in d.items():
        if "options" in definition.get("properties", {}):
            at_most(d, name, "options", {"minItems": 1})
        if "option_groups" in definition.get("properties", {}):
            text = {"properties": {"text": {"maxLength": 75}}}
            group = {"properties": {"options": {"minItems": 1, "maxItems": 100}, "label": text}}
            at_most(d, name, "option_groups", {"minItems": 1, "items": group})
            definition["oneOf"] = [{"required": ["options"]}, {"required": ["option_groups"]}]


def at_most(d: dict[str, Schema], name: str, key: str, limit: Schema) -> None:
    d[name]["properties"][key] = {"allOf": [d[name]["properties"][key], limit]}


def reachable(start: list[str], d: dict[str, Schema]) -> dict[str, Schema]:
    seen: dict[str, Schema] = {}
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen[name] = d[name]
            waiting += re.findall(r'"#/definitions/(\w+)"', json.dumps(d[name]))
    return dict(sorted(seen.items()))


def make(raw: dict[str, Schema]) -> str:
    """The schema's text: one definition a line, so that a new version of the types gives a readable diff."""
    d = {
        n: tidy({k: v for k, v in definition.items() if k != "description"}) for n, definition in raw.items()
    }
    for name in list(d):
        names = members(name, raw)
        kinds = {kind(raw[m]): m for m in names}
        if "anyOf" in raw[name] and len(kinds) == len(names) and None not in kinds:
            d[name] = dispatch({str(k): m for k, m in kinds.items()})
    by_hand(d)
    kept = reachable(["Message", "ModalView", "HomeView", "MessageMetadata"], d)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": NOTICE}
    lines = [
        f" {json.dumps(n)}: {json.dumps(s, separators=(',', ':'), sort_keys=True)}" for n, s in kept.items()
    ]
    top = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in head.items())
    return "{\n" + top + ',\n"definitions": {\n' + ",\n".join(lines) + "\n}\n}\n"


if __name__ == "__main__":
    TARGET.write_text(make(generate()))
