"""Arithmetic, units and the clock: right where they answer, bounded whatever they are given."""

from __future__ import annotations

import asyncio
import string
from contextlib import suppress

import pytest
from belting import Time
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.background.tool import ToolError
from engine.background.tools.arithmetic import evaluate, written
from engine.background.tools.calculator import Calculate, ConvertUnits
from engine.background.tools.clock import TellTime

pytestmark = pytest.mark.timeout(60)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("0.1 + 0.2", "0.3"), ("12.5% of 80", "10"), ("2^10", "1024"), ("1/3", "≈ 0.333333333333"),
        ("(3 + 4) * -2", "-14"), ("7 // 2", "3"), ("-7 % 3", "2"), ("sqrt(2) * sqrt(2)", "≈ 2"),
        ("3 × 4 ÷ 2 − 1", "5"), ("99999 * 99999", "9 999 800 001"), ("1/8", "0.125"),
        ("-1/8", "-0.125"), ("2 ** -2", "0.25"), ("round(2.6)", "3"), ("hypot(3, 4)", "5"),
        ("1e3 + 1", "1001"), ("2^0.5", "≈ 1.41421356237"), ("log10(1000)", "3"),
    ],
)  # fmt: skip
def test_arithmetic(text: str, answer: str) -> None:
    """What a calculator gives, exactly where it is exact, and marked where it is rounded."""
    assert written(evaluate(text)) == answer


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9**9", "10**100000", "2**4097", "(" * 400 + "1" + ")" * 400, "1/0", "0**-1",
        "__import__('os')", "().__class__", "open('/etc/passwd')", "pi.real", "x", "",
        "[1][0]", "lambda: 1", "1 if 1 else 2", "1 < 2", "True", "'a' * 9", "sqrt(-1)", "(-8)^0.5",
        "exp(1e9)", "1e999", "f'{1}'", "sqrt()", "sqrt(1, 2)", "abs(x=1)", "1;2", "1\n2", "1 and 2",
        "(x := 1)", "ln(0)", "1e308 * 10 * pi", "1j", "...", "\x00", "await 1",
    ],
)  # fmt: skip
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    """Code, towers of powers and things without a value end in a sentence, at once."""
    with pytest.raises(ToolError):
        evaluate(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.+-*/%^()e sqrtpi,lnabf", max_size=80) | st.text(max_size=80))
def test_any_text_has_a_value_or_an_error(text: str) -> None:
    """No text makes the calculator fail in another way, or run on."""
    with suppress(ToolError):
        assert written(evaluate(text))


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_it_agrees_with_python(a: int, b: int, c: int) -> None:
    """Whole numbers are exact."""
    assert evaluate(f"({a}) * ({b}) - {c}") == a * b - c


def convert(amount: float, unit: str, to: str) -> str:
    given = {"amount": amount, "unit": unit, "to": to}
    ConvertUnits().preview(given)
    return asyncio.run(ConvertUnits().run(given)).text


@pytest.mark.parametrize(
    ("amount", "unit", "to", "answer"),
    [
        (1, "mile", "km", "1.609344 km"), (100, "km/h", "m/s", "27.77777778 m/s"),
        (212, "degF", "degC", "100 degC"), (20, "°C", "°F", "68 degF"),
        (1, "m²", "cm^2", "10000 cm^2"), (1, "kilogram", "pound", "2.204622622 pound"),
        (2, "hour", "second", "7200 second"),
    ],
)  # fmt: skip
def test_units(amount: float, unit: str, to: str, answer: str) -> None:
    """The usual units, temperatures included."""
    assert convert(amount, unit, to).endswith(f"= {answer}")


@pytest.mark.parametrize(
    "unit",
    ["frobnik", "m**9**9**9", "m^9^9", "(m^9)^9", "10**10**10*m", "meter if 1 else 2", "m;n", "",
     "__import__('os').system('id')", "m[0]", "m.real", "((((((((m", "*" * 64, "m**", "\x00",
     "m" * 65],
)  # fmt: skip
def test_what_is_no_unit_is_refused(unit: str) -> None:
    """A unit is a name with small powers; anything else is a sentence, at once."""
    with pytest.raises(ToolError):
        convert(1, unit, "meter")


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=string.ascii_lowercase[:14] + "*/^()23 °_", max_size=20))
def test_any_unit_is_converted_or_refused(unit: str) -> None:
    """No text makes the converter fail in another way."""
    with suppress(ToolError):
        assert convert(1, unit, "meter").endswith("meter")


def test_units_of_other_things_do_not_mix() -> None:
    """A length is no mass."""
    with pytest.raises(ToolError, match="other things"):
        convert(1, "meter", "kilogram")


def test_the_clock_knows_other_places() -> None:
    """The time elsewhere is this instant there."""
    clock = TellTime(Time(wall=1_800_000_000).clocks)
    said = asyncio.run(clock.run({"zone": "Asia/Tokyo"})).text
    assert said == "Friday, 15 January 2027, 17:00:00 (Asia/Tokyo, +0900), week 2."


@pytest.mark.parametrize(
    "zone", ["Nowhere/Land", "../../etc/passwd", "/etc/localtime", "\x00", "."]
)
def test_a_place_without_a_clock(zone: str) -> None:
    """What is no time zone is refused, and no path is followed."""
    with pytest.raises(ToolError, match="time zone"):
        TellTime().preview({"zone": zone})


def test_the_question_stands_beside_the_answer() -> None:
    """The result repeats what was worked out, so that it can be told by itself."""
    assert asyncio.run(Calculate().run({"expression": "2 + 2"})).text == "2 + 2 = 4"
