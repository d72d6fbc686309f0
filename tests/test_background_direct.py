"""The model's own acts as calls of real tools, and answers as what is said and what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.background.direct import ACTS, call_of
from engine.background.outfit import Means, outfit
from engine.background.places import Places
from engine.background.telling import MAX_SPOKEN, Telling
from engine.background.words_to_numbers import in_digits

pytestmark = pytest.mark.timeout(30)


@pytest.mark.parametrize(("request_", "name", "arguments"), [
    ("clock", "tell_time", {"about": "time"}),
    ("date", "tell_time", {"about": "date"}),
    ("calculate forty two times seventeen", "calculate", {"expression": "42 * 17"}),
    ("calculate ninety divided by twelve", "calculate", {"expression": "90 / 12"}),
    ("calculate five miles in kilometers", "convert_units",
     {"amount": 5.0, "unit": "miles", "to": "kilometers"}),
    ("calculate seventy degrees fahrenheit in celsius", "convert_units",
     {"amount": 70.0, "unit": "fahrenheit", "to": "celsius"}),
    ("timer twenty five minutes", "set_timer", {"seconds": 1500}),
    ("timer 2 hours and ten seconds", "set_timer", {"seconds": 7210}),
    ("timer half an hour", "set_timer", {"seconds": 1800}),
    ("timer an hour and a half", "set_timer", {"seconds": 5400}),
    ("timer two and a half minutes", "set_timer", {"seconds": 150}),
    ("calculate twelve point five percent of eighty", "calculate", {"expression": "12.5 % of 80"}),
    ("calculate square root of two", "calculate", {"expression": "sqrt(2)"}),
    ("calculate a hundred plus nine squared", "calculate", {"expression": "100 + 9 ^2"}),
    ("note buy milk", "write_note", {"title": "buy milk", "text": "buy milk"}),
    ("search rain in oslo", "search_web", {"query": "rain in oslo"}),
    ("open browser", "open_application", {"name": "browser"}),
    ("look screen", "look_at_screen", {}),
    ("look camera", "look_at_camera", {}),
    ('set_timer {"seconds": 5}', "set_timer", {"seconds": 5}),
    ("list_timers", "list_timers", {}),
])  # fmt: skip
def test_acts_are_calls(
    tmp_path: Path, request_: str, name: str, arguments: dict[str, object]
) -> None:
    """Each act of the model's own, and each tool by its name, is the call of a tool that exists
    and takes these arguments."""
    belt = outfit(Places.under(tmp_path), Means(look=lambda _source: None)).belt
    call = call_of(request_, belt.tools())
    assert call is not None
    assert (call.name, call.arguments) == (name, arguments)
    schema = next(tool.parameters for tool in belt.tools() if tool.name == name)
    assert set(schema["required"]) <= set(arguments) <= set(schema["properties"])


def test_every_act_has_its_tool(tmp_path: Path) -> None:
    """No act of the table leads nowhere."""
    belt = outfit(Places.under(tmp_path), Means(look=lambda _source: None)).belt
    assert {deed.tool for deed in ACTS.values()} <= {tool.name for tool in belt.tools()}


@pytest.mark.parametrize("request_", [
    "timer", "timer a while", "timer zero seconds", "timer two thousand days", "calculate",
    "calculate the meaning of life", "set_timer", "set_timer {", "set_timer [5]", "",
    "write a poem about the sea", "find out what time it is", "delegate clock",
])  # fmt: skip
def test_what_is_no_call_is_none(tmp_path: Path, request_: str) -> None:
    """Too few words, other words, damaged objects: nothing is guessed."""
    belt = outfit(Places.under(tmp_path)).belt
    assert call_of(request_, belt.tools()) is None


@pytest.mark.parametrize(("spoken", "written"), [
    ("twenty five", "25"), ("two hundred and five", "205"), ("a hundred", "a 100"),
    ("three thousand four hundred and twelve", "3412"), ("two million", "2000000"),
    ("ten minutes and five seconds", "10 minutes and 5 seconds"), ("twenty-one", "21"),
    ("two hundred and more", "200 and more"),
    ("twelve point five", "12.5"), ("point out two things", "point out 2 things"),
    ("zero plus one", "0 plus 1"), ("", ""),
])  # fmt: skip
def test_numbers_as_they_are_spoken(spoken: str, written: str) -> None:
    """Runs of number words become digits; everything else stays."""
    assert in_digits(spoken) == written


def told(*pieces: str) -> list[tuple[str, str]]:
    telling = Telling()
    return [one for piece in pieces for one in telling.feed(piece)] + telling.finish()


def test_any_cutting_tells_the_same() -> None:
    """An answer torn anywhere is told alike."""
    answer = "<think>hm. hm.</think>It **rains** today. Take an umbrella!\n\nWhy: the `forecast`."
    whole = told(answer)
    assert whole == [
        ("commentary", "It rains today."), ("commentary", "Take an umbrella!"),
        ("thinking", "Why: the `forecast`."),
    ]  # fmt: skip
    for size in (1, 2, 5, 11):
        pieces = [answer[start : start + size] for start in range(0, len(answer), size)]
        assert told(*pieces) == whole


def test_nobody_has_to_listen_to_an_essay() -> None:
    """Past a few sentences the rest of a long paragraph is kept and not spoken."""
    answer = told("This is a sentence of some length. " * 100)
    spoken = [text for kind, text in answer if kind == "commentary"]
    assert sum(map(len, spoken)) <= MAX_SPOKEN
    assert sum(len(text) for kind, text in answer if kind == "thinking") > 2000


def test_what_only_looks_like_a_mark_is_kept() -> None:
    """A lone sign of less is no thought; a thought without an end is not told."""
    assert told("a < b and b <") == [("commentary", "a < b and b <")]
    assert told("Yes, indeed it is. <think>but what if") == [("commentary", "Yes, indeed it is.")]
