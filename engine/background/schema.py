"""Arguments against a tool's JSON schema, within bounds that hostile arguments cannot stretch.

The schema may be hostile too: a server of the user's choosing wrote it. So no reference leaves the
schema, references are counted, and regular expressions, which can run for hours, are left to
whoever wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from referencing import Registry

from engine.background.tool import Arguments, ToolError
from engine.background.visible import visible

MAX_CHARACTERS = 64_000
MAX_DEPTH = 24
MAX_REFERENCES = 2_000
_references: ContextVar[int] = ContextVar("references", default=0)


class _TooManyReferencesError(Exception):
    pass


def checked(name: str, schema: Mapping[str, Any], arguments: Arguments) -> dict[str, Any]:
    """A copy of `arguments` that nobody else holds, as `schema` wants it. Raises ToolError.

    The copy is what is shown, approved, run and logged: it cannot change in between.
    """
    copy = _copy(name, arguments)
    _references.set(0)
    try:
        first = best_match(_Bounded(schema, registry=Registry()).iter_errors(copy))
    except Exception as error:
        raise ToolError(f"{name} describes its arguments in a way that cannot be used.") from error
    if first is not None:
        raise ToolError(f"{name} cannot take that: {_complaint(first)}.")
    return copy


def _copy(name: str, arguments: Arguments) -> dict[str, Any]:
    try:
        text = json.dumps(dict(arguments), allow_nan=False, ensure_ascii=False)
        text.encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise ToolError(f"{name} was given arguments that are no plain JSON.") from error
    if len(text) > MAX_CHARACTERS:
        raise ToolError(f"{name} was given more than {MAX_CHARACTERS} characters of arguments.")
    copy: dict[str, Any] = json.loads(text)
    if _depth(copy) > MAX_DEPTH:
        raise ToolError(f"{name} was given arguments nested more than {MAX_DEPTH} deep.")
    return copy


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [part for item in level for part in _parts(item)]
    return depth


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _complaint(error: ValidationError) -> str:
    where = "".join(f"[{step!r}]" for step in error.absolute_path) or "the arguments"
    message = error.message if len(error.message) < 200 else f"it is not valid ({error.validator})"
    return visible(f"{where}: {message}")


def _counted(keyword: str) -> Any:
    follow = Draft202012Validator.VALIDATORS[keyword]

    def check(validator: Validator, target: Any, instance: Any, schema: Any) -> Iterator[Any]:
        _references.set(_references.get() + 1)
        if _references.get() > MAX_REFERENCES:
            raise _TooManyReferencesError
        yield from follow(validator, target, instance, schema) or ()

    return check


def _unchecked(*_: Any) -> None:
    """Patterns are not evaluated: their running time has no bound."""


_Bounded = validators.extend(
    Draft202012Validator,
    {
        "$ref": _counted("$ref"),
        "$dynamicRef": _counted("$dynamicRef"),
        "pattern": _unchecked,
        "patternProperties": _unchecked,
    },
)
