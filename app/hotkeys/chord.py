"""A key with its modifiers, as people write it: "Ctrl+Alt+M". No Qt, no platform."""

from __future__ import annotations

from dataclasses import dataclass

from app.window.words import tr

MODIFIERS = ("Ctrl", "Alt", "Shift", "Super")
_SAME = {"control": "Ctrl", "meta": "Super", "win": "Super", "cmd": "Super", "option": "Alt"}
# Our name of a key -> its name in the X Window System, which Wayland's portal uses as well.
X_NAMES = {
    "Space": "space", "Return": "Return", "Escape": "Escape", "Tab": "Tab", "Pause": "Pause",
    "Backspace": "BackSpace", "Delete": "Delete", "Insert": "Insert", "Home": "Home",
    "End": "End", "PgUp": "Prior", "PgDown": "Next", "Left": "Left", "Right": "Right",
    "Up": "Up", "Down": "Down", ".": "period", ",": "comma", "-": "minus", "=": "equal",
    "/": "slash", ";": "semicolon", "'": "apostrophe", "[": "bracketleft", "]": "bracketright",
    **{f"F{number}": f"F{number}" for number in range(1, 25)},
    **{letter: letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"},
}  # fmt: skip
_ALONE = {f"F{number}" for number in range(1, 25)} | {"Pause", "Insert"}
_BY_LOWER = {name.lower(): name for name in X_NAMES} | {"esc": "Escape", "enter": "Return"}


class UnfitChord(ValueError):
    """This is no combination of keys that can be used. The message says what would be."""


@dataclass(frozen=True)
class Chord:
    """modifiers: in the order of MODIFIERS. key: one of X_NAMES."""

    modifiers: tuple[str, ...]
    key: str

    def __str__(self) -> str:
        return "+".join([*self.modifiers, self.key])

    @property
    def x_name(self) -> str:
        return X_NAMES[self.key]

    @classmethod
    def parse(cls, text: str) -> Chord:
        """Raises UnfitChord."""
        *before, key = [part.strip() for part in text.split("+")]
        name = _BY_LOWER.get(key.lower())
        if name is None:
            unknown = tr("'{key}' is no key; write for example Ctrl+Alt+M or F9")
            raise UnfitChord(unknown.format(key=key))
        held = {_modifier(part) for part in before}
        if not held - {"Shift"} and name not in _ALONE:
            alone = tr("{key} needs Ctrl, Alt or Super with it: alone it is for typing")
            raise UnfitChord(alone.format(key=name))
        return cls(tuple(one for one in MODIFIERS if one in held), name)


def _modifier(text: str) -> str:
    name = _SAME.get(text.lower(), text.capitalize())
    if name not in MODIFIERS:
        unknown = tr("'{key}' is no modifier; there are {modifiers}")
        raise UnfitChord(unknown.format(key=text, modifiers=", ".join(MODIFIERS)))
    return name
