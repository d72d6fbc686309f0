"""Reading card data that anybody may have written: typed, bounded, refused by the field's name."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar

MAX_TEXT = 4_000
MAX_LONG_TEXT = 20_000
MAX_ID = 100
MAX_IMAGE_BYTES = 1 << 20
MAX_DEPTH = 8
MAX_ITEMS = 200
T = TypeVar("T")
R = TypeVar("R")
Read = Callable[[Any, str], T]
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
_IMAGE = re.compile(r"data:image/(?:png|jpeg);base64,")
# Marks that turn the direction of writing or cannot be seen make a text say other than it seems.
_TREACHEROUS = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


class CardError(Exception):
    """Card data that is refused. where: the field; what: why, for whoever wrote it."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what


@dataclass(frozen=True)
class Path:
    """A place in the card's data: a JSON pointer, taken apart."""

    keys: tuple[str, ...]

    @property
    def pointer(self) -> str:
        return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in self.keys)


def reads(read: Read[T], default: Any = MISSING) -> Any:
    """A dataclass field that is read from JSON by `read`."""
    if default is MISSING:
        return field(metadata={"read": read})
    return field(default=default, metadata={"read": read})


def read_record(kind: type[R], value: Any, where: str, **known: Any) -> R:
    """A dataclass whose fields are made by `reads`, from an object with these fields and no more.

    known: fields that the caller has. Names are camelCase in JSON.
    """
    given = read_object(value, where)
    wanted = {_camel(one.name): one for one in fields(kind) if "read" in one.metadata}  # type: ignore[arg-type]
    for name in given:
        if name not in wanted:
            raise CardError(f"{where}.{name[:MAX_ID]}", "there is no such field")
    made = dict(known)
    for name, one in wanted.items():
        if name in given:
            made[one.name] = one.metadata["read"](given[name], f"{where}.{name}")
        elif one.default is MISSING and one.name not in known:
            raise CardError(f"{where}.{name}", "is missing")
    return kind(**made)


def read_object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise CardError(where, "must be an object")
    return value


def text(limit: int = MAX_TEXT) -> Read[str]:
    def read(value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise CardError(where, "must be text")
        if len(value) > limit:
            raise CardError(where, f"has {len(value)} characters; {limit} are allowed")
        return _TREACHEROUS.sub("", value.encode("utf-8", "replace").decode())

    return read


def visible(words: str) -> str:
    """`words` with what could deceive the eye written out, like \\u202e."""
    return _TREACHEROUS.sub(lambda found: f"\\u{ord(found.group()):04x}", words)


def identifier(value: Any, where: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise CardError(where, "must be an id: 1 to 100 letters, digits or _ . : -")
    return value


def flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise CardError(where, "must be true or false")
    return value


def number(least: float = -1e15, most: float = 1e15) -> Read[float]:
    def read(value: Any, where: str) -> float:
        right = isinstance(value, int | float) and not isinstance(value, bool)
        if not right or not math.isfinite(value) or not least <= value <= most:
            raise CardError(where, f"must be a number from {least:g} to {most:g}")
        return float(value)

    return read


def one_of(*names: str) -> Read[str]:
    def read(value: Any, where: str) -> str:
        if not isinstance(value, str) or value not in names:
            raise CardError(where, f"must be one of {', '.join(names)}")
        return value

    return read


def list_of(read_one: Read[T], most: int = MAX_ITEMS, least: int = 0) -> Read[tuple[T, ...]]:
    def read(value: Any, where: str) -> tuple[T, ...]:
        if not isinstance(value, list | tuple) or not least <= len(value) <= most:
            raise CardError(where, f"must be a list of {least} to {most}")
        return tuple(read_one(one, f"{where}[{place}]") for place, one in enumerate(value))

    return read


def record(kind: type[R]) -> Read[R]:
    return lambda value, where: read_record(kind, value, where)


def bound(read_literal: Read[T]) -> Read[T | Path]:
    """A literal, or {"path": "/where/it/is/in/the/data"}."""

    def read(value: Any, where: str) -> T | Path:
        if isinstance(value, Mapping):
            return path(value, where)
        return read_literal(value, where)

    return read


def path(value: Any, where: str) -> Path:
    given = read_object(value, where)
    if set(given) != {"path"}:
        raise CardError(where, 'must be a literal or {"path": …}; functions are not taken')
    return pointer(given["path"], f"{where}.path")


def pointer(value: Any, where: str) -> Path:
    """An absolute JSON pointer (RFC 6901)."""
    if not isinstance(value, str) or len(value) > MAX_ID or (value and value[0] != "/"):
        raise CardError(where, "must be an absolute JSON pointer, like /contact/name")
    keys = tuple(
        key.replace("~1", "/").replace("~0", "~") for key in value.split("/")[1:] if value != "/"
    )
    if len(keys) > MAX_DEPTH:
        raise CardError(where, f"is deeper than {MAX_DEPTH}")
    return Path(keys)


def picture(value: Any, where: str) -> bytes:
    """PNG or JPEG bytes from a data URI: nothing is ever fetched."""
    if not isinstance(value, str) or not (head := _IMAGE.match(value)):
        raise CardError(where, "must be a data:image/png or data:image/jpeg URI in base64")
    if len(value) > MAX_IMAGE_BYTES * 4 // 3 + 64:
        raise CardError(where, f"is larger than {MAX_IMAGE_BYTES} bytes")
    try:
        return base64.b64decode(value[head.end() :], validate=True)
    except (binascii.Error, ValueError) as error:
        raise CardError(where, "is not base64") from error


def json_value(value: Any, where: str, depth: int = 0) -> Any:
    """Data of any shape, copied, within the bounds."""
    if depth > MAX_DEPTH:
        raise CardError(where, f"is nested deeper than {MAX_DEPTH}")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return text()(value, where)
    if isinstance(value, int | float):
        return number()(value, where)
    if isinstance(value, list | tuple):
        return list(list_of(_deeper(depth))(value, where))
    given = read_object(value, where)
    if len(given) > MAX_ITEMS:
        raise CardError(where, f"has more than {MAX_ITEMS} fields")
    return {
        text(MAX_ID)(key, where): json_value(one, f"{where}.{key[:MAX_ID]}", depth + 1)
        for key, one in given.items()
    }


def _deeper(depth: int) -> Read[Any]:
    return lambda value, where: json_value(value, where, depth + 1)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)
