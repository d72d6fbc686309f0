"""Numbers and units of measure."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.tool import Arguments, Risk, Tool, ToolError, ToolResult
from engine.background.tools.arithmetic import (
    MAX_LENGTH,
    Number,
    aloud,
    evaluate,
    finite,
    parse,
    written,
)
from engine.background.tools.parameters import closed, number, text

UNIT = re.compile(r"[A-Za-zµμΩ°/*·^() ²³_]([A-Za-zµμΩ°/*·() ²³_]|(\^|\*\*)-?[1-9]){0,63}")
SAYABLE = re.compile(r"(?:\d+(?:\.\d+)?|[+*/-]|% of|\s){1,12}")
TOWER = re.compile(r"\d[\s)]*(\^|\*\*)")  # powers of powers grow without end


@dataclass(frozen=True)
class Calculate:
    name = "calculate"
    sentence = "Works out arithmetic."
    risk = Risk.READ
    parameters = closed(
        ("expression",),
        expression=text(
            "such as 12.5% of 80, (3 + 4)^2 / 7, sqrt(2) * sin(pi / 4); angles in radians",
            MAX_LENGTH,
        ),
    )

    def preview(self, arguments: Arguments) -> str:
        parse(arguments["expression"])
        return phrase("Work out {sum}.", sum=arguments["expression"])

    async def run(self, arguments: Arguments) -> ToolResult:
        value = evaluate(arguments["expression"])
        exactly = written(value)
        sign = "" if exactly.startswith("≈") else "= "
        text = f"{arguments['expression']} {sign}{exactly}"
        return ToolResult(text, spoken=_said(arguments["expression"], value))


@dataclass(frozen=True)
class ConvertUnits:
    name = "convert_units"
    sentence = "Converts between units of measure."
    risk = Risk.READ
    parameters = closed(
        ("amount", "unit", "to"),
        amount=number("how much", -1e30, 1e30),
        unit=text("such as mile, km/h, degF, cup", 64),
        to=text("such as kilometer, m/s, degC, ml", 64),
    )

    def preview(self, arguments: Arguments) -> str:
        _plain(arguments["unit"]), _plain(arguments["to"])
        amount, unit = f"{arguments['amount']:g}", arguments["unit"]
        return phrase("Convert {amount} {unit} to {to}.", amount=amount, unit=unit,
                      to=arguments["to"])  # fmt: skip

    async def run(self, arguments: Arguments) -> ToolResult:
        unit, to = _plain(arguments["unit"]), _plain(arguments["to"])
        value = await asyncio.to_thread(_converted, arguments["amount"], unit, to)
        amount, unit = f"{arguments['amount']:g}", arguments["unit"]
        text = f"{amount} {unit} = {value:.10g} {to}"
        return ToolResult(text, spoken=f"{amount} {unit} {aloud(value)} {to}")


def _said(expression: str, value: Number) -> str:
    """Short sums with their result; of others the result alone."""
    if SAYABLE.fullmatch(expression):
        return f"{expression} {aloud(value)}"
    sign, _, number = aloud(value).partition(" ")
    return phrase(sentences.ABOUT if sign == "≈" else sentences.RESULT, number=number)


def _plain(unit: str) -> str:
    """`unit` if it is only unit names and small powers: pint would evaluate more than that."""
    unit = unit.strip().replace("°C", "degC").replace("°F", "degF").replace("²", "^2")
    unit = unit.replace("³", "^3").replace("·", "*")
    if not UNIT.fullmatch(unit) or TOWER.search(unit) or unit.count("(") > 4:
        raise ToolError(phrase("That is no unit: give a name such as mile, km/h or degC."))
    return unit


@cache
def _registry() -> Any:
    """pint takes most of a second to read its table of units: only when somebody converts."""
    import pint

    return pint.UnitRegistry()


def _converted(amount: float, unit: str, to: str) -> float:
    import pint

    try:
        units = _registry()
        value = units.Quantity(amount, units.parse_units(unit)).to(units.parse_units(to))
        return finite(float(value.magnitude))
    except pint.UndefinedUnitError as error:
        raise ToolError(
            phrase(
                "There is no such unit as {unit} here.", unit=error.args[0] if error.args else unit
            )
        ) from error
    except pint.DimensionalityError as error:
        raise ToolError(
            phrase(
                "{unit} cannot be converted to {to}: they measure other things.", unit=unit, to=to
            )
        ) from error
    except ToolError:
        raise
    except Exception as error:  # pint raises whatever its tokenizer does
        raise ToolError(
            phrase("{unit} or {to} is no unit that can be converted.", unit=unit, to=to)
        ) from error


def tools() -> tuple[Tool, ...]:
    return (Calculate(), ConvertUnits())
