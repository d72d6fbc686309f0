"""Arithmetic from text: exact where it can be, with bounded work, and with no way out of it.

The text is parsed by Python's own parser and only the nodes below are ever looked at: nothing is
executed, no name leads anywhere but into two tables.
"""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from engine.background import sentences
from engine.background.phrase import phrase
from engine.background.tool import ToolError

MAX_LENGTH = 500
MAX_NODES = 300
MAX_BITS = 4_096
Number = Fraction | float

_NAMES: dict[str, float] = {"pi": math.pi, "e": math.e, "tau": math.tau}
_FUNCTIONS: dict[str, tuple[int, Callable[..., float]]] = {
    "sqrt": (1, math.sqrt), "sin": (1, math.sin), "cos": (1, math.cos), "tan": (1, math.tan),
    "asin": (1, math.asin), "acos": (1, math.acos), "atan": (1, math.atan), "exp": (1, math.exp),
    "ln": (1, math.log), "log10": (1, math.log10), "log2": (1, math.log2), "log": (1, math.log10),
    "radians": (1, math.radians), "degrees": (1, math.degrees), "hypot": (2, math.hypot),
}  # fmt: skip
_EXACT: dict[str, tuple[int, Callable[..., Number]]] = {
    "abs": (1, abs), "floor": (1, lambda x: Fraction(math.floor(x))),
    "ceil": (1, lambda x: Fraction(math.ceil(x))), "round": (1, lambda x: Fraction(round(x))),
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.FloorDiv: lambda a, b: Fraction(a // b), ast.Mod: operator.mod,
}  # fmt: skip
_SIZES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_WRITTEN = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "^": "**", "π": "pi"})


def parse(text: str) -> ast.expr:
    """The expression in `text`. Raises ToolError."""
    written = " ".join(text.translate(_WRITTEN).replace("% of ", "/100*").split())
    if len(text) > MAX_LENGTH:
        raise ToolError(phrase(sentences.SUM_TOO_LONG))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SyntaxWarning)  # "1and 2" is no number
            tree = ast.parse(written, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ToolError(phrase(sentences.NO_SUM)) from error
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise ToolError(phrase(sentences.SUM_TOO_LONG))
    return tree.body


def evaluate(text: str) -> Number:
    """The value of `text`: a Fraction where it is exact. Raises ToolError."""
    try:
        return _bounded(_value(parse(text)))
    except ZeroDivisionError as error:
        raise ToolError(phrase(sentences.BY_ZERO)) from error
    except (ValueError, OverflowError, TypeError, RecursionError) as error:
        raise ToolError(phrase(sentences.NO_VALUE)) from error


def _value(node: ast.expr) -> Number:
    match node:
        case ast.Constant(value=bool()):
            raise ToolError(phrase("That is no number."))
        case ast.Constant(value=int(value)):
            return _bounded(Fraction(value))
        case ast.Constant(value=float(value)):
            return Fraction(repr(value)) if math.isfinite(value) else math.nan
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left), _value(right))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _bounded(_OPERATORS[type(op)](_value(left), _value(right)))
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _called(name, args)
    raise ToolError(phrase("That holds something that is no arithmetic."))


def _called(name: str, args: list[ast.expr]) -> Number:
    arity, function = (_FUNCTIONS | _EXACT).get(name, (-1, abs))
    if arity != len(args):
        known = ", ".join(sorted(_FUNCTIONS | _EXACT))
        raise ToolError(phrase("There is no such function. There are: {known}.", known=known))
    values = [_value(arg) for arg in args]
    return _bounded(function(*values))


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        if _bits(base) * abs(exponent.numerator) > MAX_BITS:
            raise ToolError(phrase(sentences.TOO_BIG))
        return base**exponent.numerator
    value = float(base) ** float(exponent)
    if isinstance(value, complex):
        raise ToolError(phrase(sentences.NO_VALUE))
    return _bounded(value)


def _bounded(value: Number) -> Number:
    if isinstance(value, Fraction):
        if _bits(value) > MAX_BITS:
            raise ToolError(phrase(sentences.TOO_BIG))
        return value
    return finite(value)


def finite(value: float) -> float:
    """Raises ToolError for what is no number that can be told."""
    if not math.isfinite(value):
        raise ToolError(phrase(sentences.NO_VALUE))
    return value


def _bits(value: Fraction) -> int:
    return max(abs(value.numerator).bit_length(), value.denominator.bit_length())


def written(value: Number) -> str:
    """As a person writes it: whole, a terminating decimal, or rounded to 12 digits with ≈."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return (
                f"{value.numerator:,}".replace(",", " ") if _long(value) else str(value.numerator)
            )
        decimal = _terminating(value)
        if decimal is not None:
            return decimal
    rounded = f"{float(value):.12g}"
    return rounded if Fraction(rounded) == value else f"≈ {rounded}"


def aloud(value: Number) -> str:
    """A sign and the number as it is said: five digits or a word for its size, if it is no whole
    number that can be listened to; with ≈ where that is not all of it."""
    size = value if value >= 0 else -value
    if not value or (isinstance(value, Fraction) and value.denominator == 1 and size < 10**9):
        return f"= {int(value)}"
    plain = _decimal(value)
    if not 1e-4 <= size < 10**15:
        digits, _, power = f"{plain:.2e}".partition("e")
        return f"≈ {float(digits):g} times 10 to the power of {int(power)}"
    step, name = next((one for one in _SIZES if size >= one[0]), (1, ""))
    places = 0 if size > 10**4 and step == 1 else 5
    short = f"{float(plain / step):.{places}g}" if places else f"{plain:.0f}"
    sign = "=" if Fraction(short) * step == value else "≈"
    return f"{sign} {short} {name}".rstrip()


def _decimal(value: Number) -> Decimal:
    """To 28 digits, whatever its size."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(repr(value))


def _long(value: Fraction) -> bool:
    return abs(value.numerator) >= 10_000


def _terminating(value: Fraction) -> str | None:
    """Exactly, if twelve decimal places are enough."""
    scaled = value * 10**12
    if scaled.denominator != 1:
        return None
    sign, digits = ("-" if value < 0 else ""), f"{abs(scaled.numerator):013d}"
    return f"{sign}{digits[:-12]}.{digits[-12:].rstrip('0')}"
