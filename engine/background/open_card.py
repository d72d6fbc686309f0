"""A card that is shown, as a mind is told of it: its fields, where they write, what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.background.card import OURS, Card, Pressed
from engine.background.card_parts import Button, CheckBox, Checklist, ChoicePicker, Part, TextField
from engine.background.card_reading import Path


def open_cards(cards: Mapping[str, Card]) -> tuple[str, ...]:
    """Those that minds have shown, one JSON object each. Aside's own are nobody's business: on
    them stand the words that approve."""
    return tuple(described(card) for name, card in cards.items() if not name.startswith(OURS))


def described(card: Card, pressed: Pressed | None = None) -> str:
    """pressed: what the user just pressed on it."""
    told: dict[str, Any] = {
        "surfaceId": card.id,
        "title": card.title,
        "fields": [one for part in card.parts.values() for one in _fields(card, part)],
        "buttons": [_button(card, p) for p in card.parts.values() if isinstance(p, Button)],
        "data": card.data,
        "missing": card.missing,
    }
    if pressed is not None:
        told["pressed"] = {"name": pressed.name, "context": pressed.context}
    return json.dumps(told, ensure_ascii=False, default=str)


def press_request(card: Card, pressed: Pressed) -> str:
    """What a press asks for, in the words that stood on the button."""
    part = card.parts.get(pressed.part)
    words = card.value(part.text, pressed.name) if isinstance(part, Button) else pressed.name
    return f"The user pressed “{words}” on the card “{card.title or card.id}” ({card.id})."


def _button(card: Card, part: Button) -> dict[str, Any]:
    return {"text": card.value(part.text, ""), "name": part.action.name}


def _fields(card: Card, part: Part) -> Iterator[dict[str, Any]]:
    if isinstance(part, Checklist):
        for item in part.items:
            yield _field(card, "CheckBox", item.label, item.value)
    elif isinstance(part, TextField):
        yield {**_field(card, part.variant, part.label, part.value), "required": part.required}
    elif isinstance(part, CheckBox):
        yield _field(card, "CheckBox", part.label, part.value)
    elif isinstance(part, ChoicePicker):
        options = {option.value: option.label for option in part.options}
        yield {**_field(card, "ChoicePicker", part.label, part.value), "options": options}


def _field(card: Card, kind: str, label: str | Path, place: Path) -> dict[str, Any]:
    return {"label": card.value(label, ""), "path": place.pointer, "kind": kind}
