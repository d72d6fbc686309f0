"""The parts that cards are made of: what each one says, and nothing about how it is drawn.

The names are A2UI's where A2UI has the part. CARDS.md is the page about them.
"""

# ruff: noqa: RUF009 (`reads` makes a dataclass field)

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.background.card_reading import (
    MAX_LONG_TEXT,
    CardError,
    Path,
    bound,
    flag,
    identifier,
    json_value,
    list_of,
    number,
    one_of,
    path,
    picture,
    read_object,
    read_record,
    reads,
    record,
    text,
)

MAX_COLUMNS = 12
MAX_CELLS = 1_200
MAX_POINTS = 400
MAX_SERIES = 6
MAX_OPTIONS = 50
LONG = text(MAX_LONG_TEXT)
SHORT = text(200)


@dataclass(frozen=True)
class Part:
    """One component. Fields of type `X | Path` may be bound to the card's data."""

    id: str


@dataclass(frozen=True)
class Column(Part):
    """children: ids, from top to bottom. One that is not there yet leaves no gap."""

    children: tuple[str, ...] = reads(list_of(identifier, 60))


@dataclass(frozen=True)
class Row(Part):
    children: tuple[str, ...] = reads(list_of(identifier, 12))


@dataclass(frozen=True)
class Divider(Part):
    pass


@dataclass(frozen=True)
class Text(Part):
    text: str | Path = reads(bound(text()))
    variant: str = reads(one_of("title", "body", "caption"), "body")


@dataclass(frozen=True)
class Image(Part):
    """url: a data URI, read into PNG or JPEG bytes. alt: what it shows, in words."""

    url: bytes = reads(picture)
    alt: str = reads(text(500))


@dataclass(frozen=True)
class Event:
    """name: what a press means. context: goes back with it; may be bound."""

    name: str = reads(identifier)
    context: tuple[tuple[str, Any], ...] = reads(lambda value, where: _context(value, where), ())


@dataclass(frozen=True)
class Button(Part):
    """variant: at most one press is what the card is for."""

    text: str | Path = reads(bound(SHORT))
    action: Event = reads(lambda value, where: _action(value, where))
    variant: str = reads(one_of("default", "primary", "quiet"), "default")
    enabled: bool | Path = reads(bound(flag), True)


@dataclass(frozen=True)
class TextField(Part):
    """value: where in the card's data what is written goes."""

    label: str | Path = reads(bound(SHORT))
    value: Path = reads(path)
    variant: str = reads(one_of("shortText", "longText", "number", "date"), "shortText")
    placeholder: str = reads(SHORT, "")
    required: bool = reads(flag, False)


@dataclass(frozen=True)
class CheckBox(Part):
    label: str | Path = reads(bound(SHORT))
    value: Path = reads(path)


@dataclass(frozen=True)
class Option:
    label: str = reads(SHORT)
    value: str = reads(SHORT)


@dataclass(frozen=True)
class ChoicePicker(Part):
    label: str | Path = reads(bound(SHORT))
    options: tuple[Option, ...] = reads(list_of(record(Option), MAX_OPTIONS, 1))
    value: Path = reads(path)
    required: bool = reads(flag, False)


@dataclass(frozen=True)
class List(Part):
    items: tuple[str, ...] | Path = reads(bound(list_of(text(1000))))
    ordered: bool = reads(flag, False)


@dataclass(frozen=True)
class Item:
    label: str = reads(text(500))
    value: Path = reads(path)


@dataclass(frozen=True)
class Checklist(Part):
    """Each item's value is where in the data stands whether it is done."""

    items: tuple[Item, ...] = reads(list_of(record(Item), 100, 1))


@dataclass(frozen=True)
class Table(Part):
    """Every row has as many cells as there are columns."""

    columns: tuple[str, ...] = reads(list_of(SHORT, MAX_COLUMNS, 1))
    rows: tuple[tuple[str | float, ...], ...] = reads(
        list_of(list_of(lambda value, where: _cell(value, where), MAX_COLUMNS))
    )

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise CardError(f"rows[{place}]", f"needs {len(self.columns)} cells")
        if len(self.rows) * len(self.columns) > MAX_CELLS:
            raise CardError("rows", f"has more than {MAX_CELLS} cells")


@dataclass(frozen=True)
class Series:
    name: str = reads(SHORT)
    values: tuple[float, ...] = reads(list_of(number(), MAX_POINTS, 1))


@dataclass(frozen=True)
class Chart(Part):
    """labels: one for each point, or none. unit: of the values, for people."""

    series: tuple[Series, ...] = reads(list_of(record(Series), MAX_SERIES, 1))
    labels: tuple[str, ...] = reads(list_of(SHORT, MAX_POINTS), ())
    variant: str = reads(one_of("line", "bar"), "line")
    unit: str = reads(SHORT, "")
    alt: str = reads(text(500), "")

    def __post_init__(self) -> None:
        lengths = {len(one.values) for one in self.series}
        if len(lengths) > 1:
            raise CardError("series", "must all have the same number of values")
        if self.labels and {len(self.labels)} != lengths:
            raise CardError("labels", "must be as many as there are values")


@dataclass(frozen=True)
class Timer(Part):
    """ends_at: seconds since 1970. Or seconds: from when the card first shows it."""

    label: str | Path = reads(bound(SHORT), "")
    ends_at: float | Path | None = reads(bound(number(0, 1e11)), None)
    seconds: float | None = reads(number(0, 1e7), None)

    def __post_init__(self) -> None:
        if (self.ends_at is None) == (self.seconds is None):
            raise CardError("seconds", "give either seconds or endsAt")


@dataclass(frozen=True)
class Progress(Part):
    """value: 0 to 1; without one nobody knows how long it takes."""

    label: str | Path = reads(bound(text(500)), "")
    value: float | Path | None = reads(bound(number(0, 1)), None)


@dataclass(frozen=True)
class Code(Part):
    text: str | Path = reads(bound(LONG))
    language: str = reads(SHORT, "")


@dataclass(frozen=True)
class Step:
    label: str = reads(SHORT)
    state: str = reads(one_of("done", "current", "todo", "failed"), "todo")
    detail: str = reads(text(500), "")


@dataclass(frozen=True)
class Steps(Part):
    """A way in steps: what is done, where we are, what comes."""

    steps: tuple[Step, ...] = reads(list_of(record(Step), 40, 1))


KINDS: dict[str, type[Part]] = {
    kind.__name__: kind
    for kind in (
        Column, Row, Divider, Text, Image, Button, TextField, CheckBox, ChoicePicker, List,
        Checklist, Table, Chart, Timer, Progress, Code, Steps,
    )
}  # fmt: skip


def read_part(value: Any, where: str) -> Part:
    """Raises CardError with the field's name."""
    given = dict(read_object(value, where))
    name = given.pop("component", None)
    if not isinstance(name, str) or name not in KINDS:
        raise CardError(f"{where}.component", f"must be one of {', '.join(KINDS)}")
    known = identifier(given.pop("id", None), f"{where}.id")
    try:
        return read_record(KINDS[name], given, where, id=known)
    except CardError as error:
        if error.where.startswith(where):
            raise
        raise CardError(f"{where}.{error.where}", error.what) from error


def children_of(part: Part) -> tuple[str, ...]:
    return part.children if isinstance(part, Column | Row) else ()


def inputs_of(part: Part) -> tuple[Path, ...]:
    """The places in the data that this part lets the user write."""
    if isinstance(part, TextField | CheckBox | ChoicePicker):
        return (part.value,)
    return tuple(item.value for item in part.items) if isinstance(part, Checklist) else ()


def _action(value: Any, where: str) -> Event:
    given = read_object(value, where)
    if set(given) != {"event"}:
        raise CardError(where, 'must be {"event": {"name": …}}; functions are not taken')
    return read_record(Event, given["event"], f"{where}.event")


def _context(value: Any, where: str) -> tuple[tuple[str, Any], ...]:
    given = read_object(value, where)
    if len(given) > 20:
        raise CardError(where, "has more than 20 fields")
    return tuple(
        (identifier(key, where), bound(json_value)(one, f"{where}.{key}"))
        for key, one in given.items()
    )


def _cell(value: Any, where: str) -> str | float:
    return text(500)(value, where) if isinstance(value, str) else number()(value, where)
