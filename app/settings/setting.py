"""What a setting is: a name, a kind that knows which values fit, a default, and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from app.hotkeys.chord import Chord
from app.window.words import tr

T = TypeVar("T")
C = TypeVar("C", covariant=True)
_YES = ("on", "true", "yes", "1")
_NO = ("off", "false", "no", "0")
DEVICES = {
    "microphone": "the name of a microphone, or default",
    "speaker": "the name of a speaker, or default",
    "camera": "the name of a camera, or default",
}


class Unfit(ValueError):
    """A value does not fit. The message completes the sentence "NAME ..."."""


class Kind(Protocol[C]):
    """Which values a setting takes."""

    def check(self, value: object) -> C:
        """The value as it is used, from what lay in the file. Raises Unfit."""
        ...

    def read(self, text: str) -> C:
        """From what somebody typed. Raises Unfit."""
        ...

    @property
    def range(self) -> str:
        """What fits, in words."""
        ...


@dataclass(frozen=True)
class Switch:
    """On or off."""

    @property
    def range(self) -> str:
        return tr("on or off")

    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise Unfit(tr("is on or off"))
        return value

    def read(self, text: str) -> bool:
        word = text.strip().lower()
        if word not in (*_YES, *_NO):
            raise Unfit(tr("is on or off"))
        return word in _YES


@dataclass(frozen=True)
class Number:
    """A whole number from `low` to `high`, in `unit`. least: what `low` means, in words."""

    low: int
    high: int
    unit: str = ""
    least: str = ""

    @property
    def range(self) -> str:
        span = tr("{low} to {high} {unit}")
        return span.format(low=self.low, high=self.high, unit=tr(self.unit)).strip()

    def check(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unfit(tr("is a whole number, {range}").format(range=self.range))
        if not self.low <= value <= self.high:
            raise Unfit(tr("is {range}").format(range=self.range))
        return value

    def read(self, text: str) -> int:
        try:
            return self.check(int(text))
        except ValueError as error:
            raise Unfit(tr("is a whole number, {range}").format(range=self.range)) from error


@dataclass(frozen=True)
class Choice:
    """One of a few. options: what is stored, and its words."""

    options: tuple[tuple[str, str], ...]

    @property
    def range(self) -> str:
        return ", ".join(value for value, _ in self.options)

    def check(self, value: object) -> str:
        for known, _ in self.options:
            if value == known:
                return known
        raise Unfit(tr("is one of: {range}").format(range=self.range))

    def read(self, text: str) -> str:
        return self.check(text.strip().lower())


@dataclass(frozen=True)
class Device:
    """A device by its name; None for the system's default."""

    device: str

    @property
    def range(self) -> str:
        return tr(DEVICES[self.device])

    def check(self, value: object) -> str | None:
        if value is not None and not isinstance(value, str):
            raise Unfit(tr("is {range}").format(range=self.range))
        return value or None

    def read(self, text: str) -> str | None:
        name = text.strip()
        return None if name.lower() in ("", "default") else name


@dataclass(frozen=True)
class Keys:
    """A combination of keys, as "Ctrl+Alt+M"; "" for none."""

    @property
    def range(self) -> str:
        return tr("keys such as Ctrl+Alt+M, or none")

    def check(self, value: object) -> str:
        if not isinstance(value, str):
            raise Unfit(tr("is {range}").format(range=self.range))
        return self.read(value)

    def read(self, text: str) -> str:
        if text.strip().lower() in ("", "none"):
            return ""
        try:
            return str(Chord.parse(text))
        except ValueError as error:
            raise Unfit(tr("does not fit: {error}").format(error=error)) from error


@dataclass(frozen=True)
class Place:
    """Where a window was left: its left upper corner in pixels; None where it belongs by itself."""

    @property
    def range(self) -> str:
        return tr("two numbers such as 100,200, or none")

    def check(self, value: object) -> tuple[int, int] | None:
        match value:
            case None:
                return None
            case [int(left), int(top)]:
                return left, top
        raise Unfit(tr("is {range}").format(range=self.range))

    def read(self, text: str) -> tuple[int, int] | None:
        if text.strip().lower() in ("", "none"):
            return None
        try:
            return self.check([int(part) for part in text.split(",")])
        except ValueError as error:
            raise Unfit(tr("is {range}").format(range=self.range)) from error


@dataclass(frozen=True)
class Patterns:
    """Words in which `*` stands for anything; in one line they are separated by `;`."""

    @property
    def range(self) -> str:
        return tr("patterns such as *bank*, separated by ;, or none")

    def check(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise Unfit(tr("is {range}").format(range=self.range))
        return tuple(value)

    def read(self, text: str) -> tuple[str, ...]:
        if text.strip().lower() in ("", "none"):
            return ()
        return tuple(one.strip() for one in text.split(";") if one.strip())


@dataclass(frozen=True)
class Setting(Generic[T]):
    """id: as in the file and on the command line. hidden: changed by use, not on the page."""

    id: str
    kind: Kind[T]
    default: T
    group: str
    words: str
    help: str = ""
    hidden: bool = False

    def check(self, value: object) -> T:
        """Raises Unfit with the setting's name in front."""
        return self._named(self.kind.check, value)

    def read(self, text: str) -> T:
        """Raises Unfit with the setting's name in front."""
        return self._named(self.kind.read, text)

    def _named(self, take, given):  # type: ignore[no-untyped-def]
        try:
            return take(given)
        except Unfit as error:
            raise Unfit(f"{self.id} {error}") from error
