"""The schemas of our tools, in few words: closed objects of short texts and bounded numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def closed(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object of these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def text(description: str, most: int = 200, least: int = 1) -> Schema:
    return {
        "type": "string",
        "description": description,
        "minLength": least,
        "maxLength": most,
    }


def number(description: str, least: float, most: float) -> Schema:
    return {"type": "number", "description": description, "minimum": least, "maximum": most}


def whole(description: str, least: int, most: int) -> Schema:
    return {"type": "integer", "description": description, "minimum": least, "maximum": most}


def one_of(description: str, *choices: str) -> Schema:
    return {"type": "string", "description": description, "enum": list(choices)}


def yes_or_no(description: str) -> Schema:
    return {"type": "boolean", "description": description}
