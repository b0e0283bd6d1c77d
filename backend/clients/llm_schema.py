"""The form a reply is held to: a Pydantic model as a closed, bounded JSON schema, and its longest reply.

Ollama turns the schema into a grammar. Whatever the grammar leaves open, a small model fills until
the reply is cut off, so every string, list and whole number gets a bound here.
"""

import json
import math
from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]

DEFAULT_MAX_LENGTH = 400
DEFAULT_MAX_ITEMS = 24
DEFAULT_MAX_INTEGER = 1_000_000
# Larger repeat counts have broken llama.cpp's grammar compiler (llama.cpp #25746).
LARGEST_MAX_LENGTH = 1900

# Words for people: the grammar has no use for them.
_WORDS = ("title", "default", "description", "examples")
_LONGEST_FLOAT = 17


def reply_schema(reply: type[BaseModel]) -> Schema:
    """The JSON schema of `reply` with every reference written out, every object closed and all its
    properties required, every string, list and integer bounded. Descriptions stay.

    Raises `TypeError` for what a grammar cannot bound: recursive models and free-keyed mappings
    (use a list of key and value instead). Float bounds stay in, but Ollama does not enforce them:
    prefer integers and literals.
    """
    schema = reply.model_json_schema(mode="validation")
    return _bounded(schema, schema.get("$defs", {}), ())


def grammar(schema: Schema) -> Schema:
    """`schema` without the words for people, as it is sent in `format`."""
    return {
        name: {key: grammar(value) for key, value in part.items()} if name == "properties" else _grammar_part(part)
        for name, part in schema.items()
        if name not in _WORDS
    }


def longest_reply_tokens(schema: Schema) -> int:
    """Tokens that suffice for the longest reply the schema allows: one per two characters of text, one per digit."""
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return max(_text_tokens(json.dumps(value)) for value in values)
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return max(longest_reply_tokens(option) for option in options)
    match schema.get("type"):
        case "object":
            properties: Schema = schema["properties"]
            keys = sum(_text_tokens(key) + 4 for key in properties)
            return 2 + keys + sum(longest_reply_tokens(value) for value in properties.values())
        case "array" if "prefixItems" in schema:
            return 2 + sum(1 + longest_reply_tokens(item) for item in schema["prefixItems"])
        case "array":
            return 2 + int(schema["maxItems"]) * (1 + longest_reply_tokens(schema["items"]))
        case "string":
            return 2 + math.ceil(int(schema.get("maxLength", DEFAULT_MAX_LENGTH)) / 2)
        case "integer":
            return 1 + max(len(str(abs(int(schema[bound])))) for bound in _integer_bounds(schema))
        case "number":
            return _LONGEST_FLOAT
    return 2


def _text_tokens(text: str) -> int:
    return math.ceil(len(text) / 2)


def _grammar_part(part: Any) -> Any:
    if isinstance(part, dict):
        return grammar(part)
    if isinstance(part, list):
        return [_grammar_part(item) for item in part]
    return part


def _bounded(node: Schema, definitions: dict[str, Schema], path: tuple[str, ...]) -> Schema:
    if reference := node.get("$ref"):
        name = str(reference).rsplit("/", 1)[-1]
        if name in path:
            raise TypeError(f"{name} contains itself: such a reply has no longest form")
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return _bounded({**definitions[name], **beside}, definitions, (*path, name))
    out = {key: value for key, value in node.items() if key not in ("$defs", "title", "default", "discriminator")}
    for key in ("anyOf", "oneOf", "prefixItems"):
        if key in out:
            out[key] = [_bounded(option, definitions, path) for option in out[key]]
    match out.get("type"):
        case "object":
            _close(out, definitions, path)
        case "array" if "prefixItems" not in out:
            if "items" not in out:
                raise TypeError("a list in a reply says what it holds")
            out["items"] = _bounded(out["items"], definitions, path)
            out.setdefault("maxItems", max(DEFAULT_MAX_ITEMS, out.get("minItems", 0)))
        case "string" if "enum" not in out and "const" not in out:
            _bound_text(out)
        case "integer" if "enum" not in out and "const" not in out:
            if "minimum" not in out and "exclusiveMinimum" not in out:
                out["minimum"] = -DEFAULT_MAX_INTEGER
            if "maximum" not in out and "exclusiveMaximum" not in out:
                out["maximum"] = DEFAULT_MAX_INTEGER
    return out


def _close(node: Schema, definitions: dict[str, Schema], path: tuple[str, ...]) -> None:
    properties: dict[str, Schema] = node.get("properties", {})
    if node.get("additionalProperties") not in (None, False) or not properties:
        raise TypeError("a reply names its keys: use a list of key and value instead of a mapping")
    node["properties"] = {key: _bounded(value, definitions, path) for key, value in properties.items()}
    # A property with a default is still asked for: left out, a small model simply skips it.
    node["required"] = list(properties)
    node["additionalProperties"] = False


def _bound_text(node: Schema) -> None:
    pattern = node.get("pattern")
    if isinstance(pattern, str) and not (pattern.startswith("^") and pattern.endswith("$")):
        # llama.cpp refuses unanchored patterns; Pydantic still checks it on the reply.
        del node["pattern"]
    if "format" not in node:
        wanted = node.get("maxLength", max(DEFAULT_MAX_LENGTH, node.get("minLength", 0)))
        node["maxLength"] = min(wanted, LARGEST_MAX_LENGTH)


def _integer_bounds(node: Schema) -> list[str]:
    return [key for key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") if key in node]
