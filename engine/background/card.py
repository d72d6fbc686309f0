"""Cards: pieces of interface as data, which a mind sends, and what the user answers on them.

The messages are a subset of A2UI 0.9 (CARDS.md says which). A message is taken whole or refused
with the name of the field that is wrong, and then nothing has changed. Nothing is executed and
nothing fetched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from engine.background.abreast import ALL
from engine.background.card_parts import (
    Button,
    ChoicePicker,
    Part,
    TextField,
    children_of,
    inputs_of,
    read_part,
)
from engine.background.card_reading import (
    MAX_DEPTH,
    CardError,
    Path,
    identifier,
    json_value,
    list_of,
    pointer,
    read_object,
    text,
)
from engine.microturn import Json

VERSIONS = ("v0.9", "v0.9.1")
MAX_CARDS = 8
MAX_OWN = 64  # of Aside itself, which has bounds of its own for each kind
MAX_PARTS = 150
MAX_WEIGHT = 400_000
OURS = "aside:"


@dataclass(frozen=True)
class Card:
    """parts: by id; the one called "root" is on top. data: what bound fields show."""

    id: str
    title: str = ""
    parts: Mapping[str, Part] = field(default_factory=dict)
    data: Any = field(default_factory=dict)

    def value(self, bound: Any, default: Any = None) -> Any:
        """What a field that may be bound says now; `default` where the data has nothing there."""
        return look_up(self.data, bound.keys, default) if isinstance(bound, Path) else bound

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields that nobody has filled in, by their labels."""
        return tuple(
            str(self.value(part.label, part.id))
            for part in self.parts.values()
            if isinstance(part, TextField | ChoicePicker)
            and part.required
            and self.value(part.value) in (None, "")
        )


@dataclass(frozen=True)
class Gone:
    """A card was taken away."""

    id: str


@dataclass(frozen=True)
class Pressed:
    """A button was pressed. context: as the button says; data: everything that is filled in."""

    card: str
    part: str
    name: str
    context: Json = field(default_factory=dict)
    data: Json = field(default_factory=dict)

    def message(self, timestamp: str) -> dict[str, Any]:
        """As A2UI sends it back. timestamp: ISO 8601."""
        action = {
            "name": self.name, "surfaceId": self.card, "sourceComponentId": self.part,
            "timestamp": timestamp, "context": {**self.context, "data": self.data},
        }  # fmt: skip
        return {"version": VERSIONS[0], "action": action}


@dataclass(frozen=True)
class Filled:
    """The user wrote `value` into the field at `pointer`."""

    card: str
    pointer: str
    value: str | float | bool


Answer = Pressed | Filled


class Deck:
    """The cards there are. One owner; not for several threads at once. now_s: a steady clock."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self.cards: dict[str, Card] = {}
        self._now_s = now_s
        # Where the user wrote into each card, and when last.
        self._by_hand: dict[str, dict[tuple[str, ...], float]] = {}

    def take(self, message: Any, ours: bool = False, known_s: float = ALL) -> Card | Gone:
        """Obeys one message. Raises CardError, and then everything is as before.

        ours: cards of Aside itself have ids that begin with "aside:"; nobody else may touch them.
        known_s: until when whoever sent it knows what the user wrote; what was written later stays.
        """
        kind, body = _opened(message)
        number = identifier(body.get("surfaceId"), f"{kind}.surfaceId")
        if number.startswith(OURS) != ours:
            raise CardError(f"{kind}.surfaceId", f"ids with {OURS} are Aside's own")
        if kind == "createSurface":
            return self._create(number, body)
        card = self.cards.get(number)
        if card is None:
            raise CardError(f"{kind}.surfaceId", f"there is no card {number}; create it first")
        if kind == "deleteSurface":
            del self.cards[number]
            self._by_hand.pop(number, None)
            return Gone(number)
        changed = _with_parts(card, body) if kind == "updateComponents" else _with_data(card, body)
        self._check_hands(card, changed, known_s)
        self.cards[number] = changed
        return changed

    def press(self, card_id: str, part_id: str) -> Pressed:
        """Raises CardError if there is no such button, or it is not to be pressed now."""
        card = self._card(card_id)
        part = card.parts.get(part_id)
        if not isinstance(part, Button) or not card.value(part.enabled, True):
            raise CardError(part_id[:100], "is no button that can be pressed")
        event = part.action
        context = {key: card.value(one) for key, one in event.context}
        return Pressed(card_id, part_id, event.name, context, _as_object(card.data))

    def fill(self, card_id: str, place: Path, value: str | float | bool) -> Filled:
        """The user writes into a field. Raises CardError where no part of the card lets them."""
        card = self._card(card_id)
        if not any(place in inputs_of(part) for part in card.parts.values()):
            raise CardError(place.pointer, "no field of the card writes there")
        kept = json_value(value, place.pointer)
        self.cards[card_id] = replace(card, data=put(card.data, place.keys, kept))
        self._by_hand.setdefault(card_id, {})[place.keys] = self._now_s()
        return Filled(card_id, place.pointer, kept)

    def _check_hands(self, card: Card, changed: Card, known_s: float) -> None:
        for keys, at_s in self._by_hand.get(card.id, {}).items():
            if at_s > known_s and look_up(card.data, keys) != look_up(changed.data, keys):
                place = Path(keys).pointer
                raise CardError(
                    "updateDataModel.path",
                    f"the user has changed {place} meanwhile, and that stays; write the others",
                )

    def _create(self, number: str, body: Json) -> Card:
        unknown = set(body) - {"surfaceId", "catalogId", "title", "sendDataModel"}
        if unknown:
            raise CardError(f"createSurface.{min(unknown)[:100]}", "there is no such field")
        if number in self.cards:
            raise CardError("createSurface.surfaceId", f"card {number} is there already")
        # Others' cards, however many, must not keep Aside from asking.
        ours = number.startswith(OURS)
        most = MAX_OWN if ours else MAX_CARDS
        if sum(one.startswith(OURS) == ours for one in self.cards) >= most:
            raise CardError("createSurface", f"{most} cards are there already; delete one")
        title = text(200)(body.get("title", ""), "createSurface.title")
        self.cards[number] = Card(number, title)
        return self.cards[number]

    def _card(self, number: str) -> Card:
        if number not in self.cards:
            raise CardError(number[:100], "there is no such card")
        return self.cards[number]


def look_up(data: Any, keys: tuple[str, ...], default: Any = None) -> Any:
    for key in keys:
        if isinstance(data, Mapping) and key in data:
            data = data[key]
        elif isinstance(data, list) and key.isdecimal() and int(key[:6]) < len(data):
            data = data[int(key[:6])]
        else:
            return default
    return data


def put(data: Any, keys: tuple[str, ...], value: Any) -> Any:
    """A copy of `data` with `value` at `keys`; objects on the way are made where none are."""
    if not keys:
        return value
    first, *others = keys
    if isinstance(data, list) and first.isdecimal() and int(first[:6]) <= len(data):
        place = int(first[:6])
        inner = put(data[place] if place < len(data) else {}, tuple(others), value)
        return [*data[:place], inner, *data[place + 1 :]]
    known = data if isinstance(data, Mapping) else {}
    return {**known, first: put(known.get(first, {}), tuple(others), value)}


def _opened(message: Any) -> tuple[str, Json]:
    given = dict(read_object(message, "message"))
    if given.pop("version", VERSIONS[0]) not in VERSIONS:
        raise CardError("version", f"must be one of {', '.join(VERSIONS)}")
    allowed = ("createSurface", "updateComponents", "updateDataModel", "deleteSurface")
    if len(given) != 1 or next(iter(given)) not in allowed:
        raise CardError("message", f"must have exactly one of {', '.join(allowed)}")
    ((kind, body),) = given.items()
    return kind, read_object(body, kind)


def _with_parts(card: Card, body: Json) -> Card:
    where = "updateComponents.components"
    fresh = list_of(read_part, MAX_PARTS, 1)(body.get("components"), where)
    parts = {**card.parts, **{part.id: part for part in fresh}}
    if len(parts) > MAX_PARTS:
        raise CardError(where, f"the card would have {len(parts)} parts; {MAX_PARTS} are allowed")
    _check_tree(parts)
    return _weighed(replace(card, parts=MappingProxyType(parts)), where)


def _with_data(card: Card, body: Json) -> Card:
    where = "updateDataModel"
    place = pointer(body.get("path", "/"), f"{where}.path")
    data = put(card.data, place.keys, json_value(body.get("value"), f"{where}.value"))
    return _weighed(replace(card, data=json_value(data, f"{where}.value")), where)


def _check_tree(parts: Mapping[str, Part]) -> None:
    """Each part hangs in one place and no deeper than is allowed, so that drawing ends."""
    parents: dict[str, str] = {"root": ""}
    for part in parts.values():
        for child in children_of(part):
            if child in parents:
                raise CardError(f"{part.id}.children", f"{child} hangs somewhere already")
            parents[child] = part.id
    for name in parts:
        depth, above = 0, name
        while above := parents.get(above, ""):
            depth += 1
            if depth > MAX_DEPTH:
                raise CardError(f"{name}", f"hangs deeper than {MAX_DEPTH}")


def _weighed(card: Card, where: str) -> Card:
    """Bounds what one card holds altogether. An image counts a tenth: it is not laid out."""
    weight = sum(_weight(vars(part)) for part in card.parts.values()) + _weight(card.data)
    if weight > MAX_WEIGHT:
        raise CardError(where, f"the card would be too large ({weight} of {MAX_WEIGHT})")
    return card


def _weight(value: Any) -> int:
    if isinstance(value, bytes):
        return len(value) // 10
    if isinstance(value, str):
        return len(value) + 8
    if isinstance(value, Mapping):
        return sum(_weight(key) + _weight(one) for key, one in value.items())
    if isinstance(value, list | tuple):
        return sum(_weight(one) for one in value) + 8
    return _weight(vars(value)) if hasattr(value, "__dict__") else 8


def _as_object(data: Any) -> Json:
    return data if isinstance(data, Mapping) else {"value": data}
