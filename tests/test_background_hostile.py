"""Every tool with wrong, huge and hostile arguments: an answer or a sentence, nothing else."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from attack_world import CANARY, World
from belting import Person
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.background.approval import Choice
from engine.background.belt import Belt
from engine.background.schema import checked
from engine.background.tool import ToolError

pytestmark = pytest.mark.timeout(120)
NASTY = st.sampled_from([
    "", " ", "\x00", "\n" * 50, "../../.ssh/id_rsa", "~root", "/dev/zero", "/proc/self/environ",
    "/dev/stdin", "file:///etc/passwd", "http://127.0.0.1", "http://[", "https://a@b",
    "--help", "-rf /", "$(id)", "`id`", "%s%s%n", "{0.__class__}", "'; DROP", "\u202e", "\ud800",
    "9" * 400, "a" * 5000, "((((((", "🙂" * 300, "NaN", "1e999", "CON", "nul.txt", "*", "[" * 90,
    "9**9**9", "m**9**9", "25:61", "2031-02-30 10:00", "Documents/report.txt", ".ssh/id_rsa",
])  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | NASTY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def fitting(schema: Any) -> st.SearchStrategy[Any]:
    """Values of the kind that the schema wants, nasty ones among them."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") in ("number", "integer"):
        least, most = int(schema["minimum"]), int(schema["maximum"])
        return st.integers(least, most) | st.sampled_from([least - 1, most + 1])
    return st.booleans() if schema.get("type") == "boolean" else NASTY | st.text(max_size=60)


@st.composite
def arguments(draw: st.DrawFn, schema: Any) -> dict[str, Any]:
    """Some of the properties, mostly of the right kind, and now and then one that is not known."""
    given: dict[str, Any] = {}
    for name, kind in schema.get("properties", {}).items():
        if name in schema.get("required", ()) or draw(st.booleans()):
            given[name] = draw(st.one_of(fitting(kind), fitting(kind), VALUES))
    if draw(st.integers(0, 9)) == 0:
        given[draw(st.text(max_size=9))] = draw(VALUES)
    return given


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"), "x")


@settings(max_examples=500, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_any_arguments_end_in_an_answer_or_a_sentence(world: World, data: st.DataObject) -> None:
    """With everything approved, no tool fails in another way, and none gives away a secret."""
    belt = world.belt(Person(Choice.ONCE))
    tool = data.draw(st.sampled_from([tool for tool in belt.tools() if tool.name != "shop__buy"]))
    given_ = data.draw(arguments(tool.parameters))
    said = outcome(belt, tool.name, given_)
    assert CANARY not in said
    assert "failed (" not in said  # what the belt says of a tool that raises anything else
    assert "cannot say what it would do" not in said


def outcome(belt: Belt, name: str, arguments: dict[str, Any]) -> str:
    try:
        return asyncio.run(belt.call(name, arguments, "task")).text
    except ToolError as error:
        return str(error)


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_a_dry_run_changes_nothing(world: World, data: st.DataObject) -> None:
    """Whatever the arguments, rehearsing leaves no trace in the world."""
    belt = world.belt(Person(Choice.ONCE))
    tool = data.draw(st.sampled_from(belt.tools()))
    acts, before = list(world.acts), world.seen()
    with suppress(ToolError):
        assert belt.rehearse(tool.name, data.draw(arguments(tool.parameters)))
    assert world.acts == acts
    assert world.seen() == before


@given(schema=VALUES, given_=st.dictionaries(st.text(max_size=5), VALUES, max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_schema_is_obeyed_or_refused(schema: Any, given_: dict[str, Any]) -> None:
    """A server's schema may be anything: the check ends, in the arguments or in a sentence."""
    with suppress(ToolError):
        assert checked("it", schema, given_) == given_


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "http://127.0.0.1:9/schema"}, {"$ref": "file:///etc/passwd"}, {"$ref": "#"},
        {"$ref": "#/nowhere"}, {"type": "nonsense"}, {"properties": 3}, {"$dynamicRef": "#x"},
        {"$defs": {f"n{n}": {"allOf": [{"$ref": f"#/$defs/n{n + 1}"}] * 2} for n in range(40)}
         | {"n40": {}}, "$ref": "#/$defs/n0"},
    ],
)  # fmt: skip
def test_a_hostile_schema_costs_nothing(schema: Any) -> None:
    """Schemas that reach out, run in circles or double at each step are refused at once."""
    with pytest.raises(ToolError):
        checked("it", schema, {"a": 1})


def test_a_pattern_that_never_ends_is_not_run() -> None:
    """A regular expression of somebody else's cannot hold us."""
    schema = {"properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}}
    assert checked("it", schema, {"a": "a" * 60 + "!"})
