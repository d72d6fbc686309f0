"""The conversation as the protocol shows it: items in the order in which they came about."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from engine.server.strict import WireError

Item = dict[str, Any]
ITEMS_KEPT = 256


class Items:
    """The newest 256 items; older ones are forgotten here, not by the model."""

    def __init__(self, session_id: str) -> None:
        self._prefix = session_id.replace("session_", "item_")
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._count = 0

    @property
    def last_id(self) -> str | None:
        return next(reversed(self._items), None)

    def add(self, item: Item, item_id: str | None = None) -> tuple[Item, str | None]:
        """Puts an item at the end. Returns it with its id, and the id of the one before."""
        if item_id is not None and item_id in self._items:
            raise WireError("item_exists", "an item with this id is there; use another", "item.id")
        if item_id is None:
            self._count += 1
            item_id = f"{self._prefix}_{self._count}"
        before = self.last_id
        made: Item = {"id": item_id, "object": "realtime.item", **item}
        self._items[item_id] = made
        if len(self._items) > ITEMS_KEPT:
            self._items.popitem(last=False)
        return made, before

    def get(self, item_id: str) -> Item:
        """Raises WireError when there is no such item (any more)."""
        if item_id not in self._items:
            raise WireError("item_not_found", "no such item in this conversation", "item_id")
        return self._items[item_id]

    def remove(self, item_id: str) -> None:
        """Raises WireError when there is no such item (any more)."""
        self.get(item_id)
        del self._items[item_id]


def message(role: str, content: list[dict[str, Any]], status: str = "in_progress") -> Item:
    return {"type": "message", "role": role, "status": status, "content": content}
