"""Arguments against a tool's JSON schema, within bounds that hostile arguments cannot stretch.

The schema may be hostile too: a server of the user's choosing wrote it. So no reference leaves the
schema, references are counted, and regular expressions, which can run for hours, are left to
whoever wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from referencing import Registry

from engine.background.phrase import later, phrase
from engine.background.tool import Arguments, ToolError
from engine.background.visible import visible, visible_value

MAX_CHARACTERS = 64_000
MAX_DEPTH = 24
MAX_REFERENCES = 2_000
UNUSABLE = later("{tool} describes its arguments in a way that cannot be used.")
BOUNDS = {
    "minimum": later("{field} has to be {limit} or more."),
    "exclusiveMinimum": later("{field} has to be more than {limit}."),
    "maximum": later("{field} has to be {limit} or less."),
    "exclusiveMaximum": later("{field} has to be less than {limit}."),
    "minLength": later("{field} is too short."),
    "maxLength": later("{field} has to be at most {limit} characters long."),
    "minItems": later("{field} has too few entries."),
    "maxItems": later("{field} has to have at most {limit} entries."),
    "multipleOf": later("{field} has to be a multiple of {limit}."),
}
KINDS = {
    "string": later("{field} has to be a text."),
    "number": later("{field} has to be a number."),
    "integer": later("{field} has to be a whole number."),
    "boolean": later("{field} has to be true or false."),
    "array": later("{field} has to be a list."),
    "object": later("{field} has to be an object with fields."),
}
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
        raise ToolError(phrase(UNUSABLE, tool=name)) from error
    if first is not None:
        raise ToolError(phrase("{tool} cannot take that: {why}", tool=name, why=_complaint(first)))
    return copy


def _copy(name: str, arguments: Arguments) -> dict[str, Any]:
    try:
        text = json.dumps(dict(arguments), allow_nan=False, ensure_ascii=False)
        text.encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise ToolError(phrase("{tool} was given what is no plain JSON.", tool=name)) from error
    if len(text) > MAX_CHARACTERS:
        raise ToolError(phrase("{tool} was given too much at once.", tool=name))
    copy: dict[str, Any] = json.loads(text)
    if _depth(copy) > MAX_DEPTH:
        raise ToolError(phrase("{tool} was given arguments nested too deep.", tool=name))
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
    """What is wrong with which field, in words."""
    field = _field(error.absolute_path)
    rule, limit = str(error.validator), error.validator_value
    if rule == "required" and isinstance(error.instance, dict):
        missing = next((name for name in limit if name not in error.instance), "")
        return phrase("{field} is missing.", field=_field([*error.absolute_path, missing]))
    if rule == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        strange = next((name for name in error.instance if name not in known), "")
        return phrase("{field} is not known to it.", field=_field([*error.absolute_path, strange]))
    if rule == "enum" and isinstance(limit, list):
        choices = ", ".join(visible_value(one) for one in limit)[:200]
        return phrase("{field} has to be one of {choices}.", field=field, choices=choices)
    if rule == "type" and isinstance(limit, str) and limit in KINDS:
        return phrase(KINDS[limit], field=field)
    if rule in BOUNDS:
        return phrase(BOUNDS[rule], field=field, limit=visible_value(limit))
    return phrase("{field} is not valid ({rule}).", field=field, rule=visible(rule))


def _field(path: Iterable[Any]) -> str:
    """Where in the arguments: names and numbers, from the outermost."""
    steps = [visible(str(step))[:80] for step in path if step != ""]
    return ".".join(steps) or phrase("what it was given")


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
