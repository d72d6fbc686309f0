"""Tool calls of other models as what our own engine says: a delegation, or an act.

What is offered hands work to the background, whatever the work is, and changes or ends it; what
tools the background has is its own business.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.client.events import ActEvent, DelegationEvent

DELEGATE: Mapping[str, Any] = {
    "type": "function",
    "name": "delegate",
    "description": (
        "Hand over anything that needs thought, knowledge of the present, files or actions on "
        "the computer. You stay in the conversation meanwhile; the result comes when it is there."
    ),
    "parameters": {
        "type": "object",
        "properties": {"text": {"type": "string", "description": "the task, complete in itself"}},
        "required": ["text"],
    },
}
CORRECT: Mapping[str, Any] = {
    "type": "function",
    "name": "correct",
    "description": (
        "The user meant something else by what you handed over last: it begins anew, and what it "
        "would have brought is dropped."
    ),
    "parameters": {
        "type": "object",
        "properties": {"text": {"type": "string", "description": "what was meant instead"}},
        "required": ["text"],
    },
}
CANCEL: Mapping[str, Any] = {
    "type": "function",
    "name": "cancel",
    "description": "The user no longer wants something that you handed over: it ends.",
    "parameters": {
        "type": "object",
        "properties": {
            "text": {
                "type": "string",
                "description": 'words of the task that is meant, or "everything"; left out: the '
                "newest",
            }
        },
    },
}
OFFERED = (DELEGATE, CORRECT, CANCEL)
DONE = json.dumps({"done": True})


def called(
    call_id: str, name: str, arguments: str, clock_ms: int, turn: int
) -> DelegationEvent | ActEvent:
    """Raises ValueError for arguments that are no JSON object."""
    parsed = json.loads(arguments or "{}")
    if not isinstance(parsed, dict):
        raise ValueError("the arguments of a tool call are no object")
    if name == DELEGATE["name"]:
        return DelegationEvent(call_id, clock_ms, parsed)
    return ActEvent(name, parsed, turn)
