"""Where something was left on each monitor: a kind of setting, and how it is read and extended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.settings.setting import Unfit

# Monitor by monitor, the one used last at the end: its name, and numbers that the window knows.
Kept = tuple[tuple[str, tuple[int, ...]], ...]
MOST = 16
FARTHEST = 100_000


@dataclass(frozen=True)
class ByMonitor:
    """So many whole numbers for each monitor."""

    numbers: int

    @property
    def range(self) -> str:
        return f"changed by use, or none; as text: NAME and {self.numbers} numbers, separated by ;"

    def check(self, value: object) -> Kept:
        if not isinstance(value, list | tuple):
            raise Unfit(f"is {self.range}")
        return tuple(self._entry(one) for one in value)[-MOST:]

    def read(self, text: str) -> Kept:
        if text.strip().lower() in ("", "none"):
            return ()
        rows = [one.strip().rsplit(maxsplit=self.numbers) for one in text.split(";")]
        try:
            return self.check([(name, [int(part) for part in parts]) for name, *parts in rows])
        except ValueError as error:
            raise Unfit(f"is {self.range}") from error

    def _entry(self, entry: object) -> tuple[str, tuple[int, ...]]:
        match entry:
            case [str(name), [*parts]] if len(parts) == self.numbers:
                numbers = tuple(part for part in parts if type(part) is int)
                if len(numbers) == self.numbers and all(abs(one) < FARTHEST for one in numbers):
                    return name, numbers
        raise Unfit(f"is {self.range}")


def latest(kept: Kept, there: Collection[str]) -> tuple[str, tuple[int, ...]] | None:
    """The monitor used last of those that are there, and what was kept for it."""
    return next((one for one in reversed(kept) if one[0] in there), None)


def kept_with(kept: Kept, monitor: str, numbers: tuple[int, ...]) -> Kept:
    """`monitor` is the one used last now."""
    others = tuple(one for one in kept if one[0] != monitor)
    return (*others, (monitor, numbers))[-MOST:]
