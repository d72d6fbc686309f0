"""What the engine says in English, and an app in other languages: patterns, fields, days, files."""

from __future__ import annotations

import ast
import asyncio
import copy
import json
import pickle
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.background.act_log import ActLog
from engine.background.approval import scope_of
from engine.background.endpoint import Senses
from engine.background.faults import Fault, MindError
from engine.background.grants import Grants
from engine.background.outfit import Means, outfit
from engine.background.package import ContextPackage
from engine.background.phrase import (
    Moment,
    Phrase,
    mapped,
    of_error,
    phrase,
    put_together,
    shortened,
    taken_apart,
    translated,
)
from engine.background.places import Places
from engine.background.prompt import messages
from engine.background.schema import checked
from engine.background.tool import Tool, ToolError
from engine.background.tools import command
from engine.background.tools.clock import TellTime
from engine.background.tools.instants import Clocks
from engine.background.visible import visible
from installers.languages import ROOT, all_texts
from tests.belting import Gadget

WORDS = {
    "Look at the clock.": "Auf die Uhr sehen.",
    "Add to the note {title}: {text}": "Zur Notiz {title}: {text}",
    "{count} days": "{count} Tagen",
    "Set a timer of {length}.": "Timer von {length}.",
}


def german(text: str) -> str:
    return WORDS.get(text, text)


def test_a_phrase_is_its_english_text() -> None:
    """Whoever knows nothing of other languages has an ordinary text, in JSON and copied too."""
    said = phrase("Add to the note {title}: {text}", title="tea", text="milk")
    assert said == "Add to the note tea: milk"
    assert json.loads(json.dumps({"said": said})) == {"said": "Add to the note tea: milk"}
    for again in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert translated(again, german) == "Zur Notiz tea: milk"


def test_what_is_filled_in_is_never_translated() -> None:
    """A note that is called like one of our sentences keeps its name, and its braces."""
    said = phrase("Add to the note {title}: {text}", title="Look at the clock.", text="{text}")
    assert translated(said, german) == "Zur Notiz Look at the clock.: {text}"
    assert translated("Look at the clock.", german) == "Look at the clock."


def test_a_phrase_in_a_phrase_is_translated_too() -> None:
    """Lengths of time and moments stand within sentences."""
    said = phrase("Set a timer of {length}.", length=phrase("{count} days", count=2))
    assert translated(said, german) == "Timer von 2 Tagen."
    then = Moment(0.0)
    at = phrase("at {when}", when=then)
    assert translated(at, german, lambda at_s: f"T{at_s:g}") == "at T0"
    assert translated(at, german) == f"at {then}"


@pytest.mark.parametrize("said", [
    phrase("Set a timer of {length}.", length=phrase("{count} days", count=2)),
    phrase("at {when}", when=Moment(1e9)), phrase("Look at the clock."), "of no pattern",
])  # fmt: skip
def test_files_keep_the_pattern(said: str) -> None:
    """What was taken apart is put together as it was."""
    again = put_together(str(said), json.loads(json.dumps(taken_apart(said))))
    assert (again, type(again)) == (said, type(said))
    assert translated(again, german) == translated(said, german)


def _nested(depth: int) -> Any:
    return {"pattern": "{a}", "fields": {"a": _nested(depth - 1) if depth else "x"}}


@pytest.mark.parametrize("apart", [
    None, 5, [], "text", {"pattern": "other", "fields": {}}, {"fields": {}}, {"at_s": "soon"},
    {"at_s": 1e300}, {"pattern": "{a.__class__}", "fields": {"a": "x"}}, {"pattern": "{0}"},
    {"pattern": "{a:999999999}", "fields": {"a": "x"}}, {"pattern": "{b}", "fields": {"a": "x"}},
    {"pattern": "{", "fields": {}}, {"pattern": "x", "fields": 7}, _nested(50),
])  # fmt: skip
def test_a_pattern_that_somebody_wrote_into_a_file_is_not_believed(apart: Any) -> None:
    """Only one that says what stands beside it counts; else the plain text does."""
    kept = put_together("x!", apart)
    assert (kept, type(kept)) == ("x!", str)


def test_nothing_hides_in_a_field() -> None:
    """What cannot be seen is shown by its number, in every language alike."""
    said = phrase("Add to the note {title}: {text}", title="t", text="a\u202eb")
    assert translated(mapped(said, visible), german) == "Zur Notiz t: a‹202E›b"


def test_a_long_field_is_cut_and_the_sentence_stays() -> None:
    """The pattern is whole, what was cut is counted, and several fields share the room."""
    said = phrase("Add to the note {title}: {text}", title="tea", text="m" * 9_000)
    short = shortened(said, 1_000)
    assert short == f"Add to the note tea: {'m' * 500} [8500 more characters left out]"
    assert translated(short, german).startswith("Zur Notiz tea: mmm")
    assert shortened("m" * 1_000, 1_000) == "m" * 1_000


def test_the_engine_speaks_english_whatever_the_process_is_set_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Qt sets the process to the user's language, in which days and months have other names."""
    real = time.strftime

    def german(pattern: str, at: Any) -> str:
        return real(pattern.replace("%A", "Freitag").replace("%B", "Dezember"), at)

    monkeypatch.setattr(time, "strftime", german)
    at_s = datetime(2026, 12, 4, 9, 30).timestamp()
    assert str(Moment(at_s)) == "Friday 04 December 2026, 09:30"
    told = TellTime(Clocks(wall_s=lambda: at_s))
    for about, said in (("date", "It is Friday, 04 December."), ("time", "It is 09:30.")):
        assert asyncio.run(told.run({"about": about})).text == said
    whole = asyncio.run(told.run({}))
    assert whole.text.startswith("Friday, 04 December 2026, 09:30:00")
    assert whole.spoken == "It is 09:30 on Friday, 04 December."
    assert "eitag" not in messages(ContextPackage("x"), Senses())[1]["content"]


def test_an_error_keeps_its_pattern() -> None:
    """`str` of an exception forgets it; `of_error` does not."""
    error = MindError(Fault.BUSY, phrase("{name} is too busy to answer now.", name="here"))
    assert isinstance(of_error(error), Phrase)
    assert of_error(error) == str(error)
    assert of_error(KeyError(5)) == "5"


def test_the_log_remembers_how_to_say_it(tmp_path: Path) -> None:
    """An act that was logged in English is read in the language of whoever opens the log."""
    log = ActLog(tmp_path / "acts.jsonl")
    said = phrase("Add to the note {title}: {text}", title="tea", text="milk")
    log.write(log.begin("write_note", "reversible", said, {}, "t"), note="plain")
    entry = log.entries()[0]
    assert translated(entry.preview, german) == "Zur Notiz tea: milk"
    assert (entry.note, type(entry.note)) == ("plain", str)
    line = json.loads(log.path.read_text())
    assert line["preview"] == "Add to the note tea: milk"


def test_a_log_of_before_is_read(tmp_path: Path) -> None:
    """Lines without patterns, and lines with broken ones, are acts like all others."""
    log = ActLog(tmp_path / "acts.jsonl")
    log.write(log.begin("gadget", "read", "Do it", {}, "t"))
    line = json.loads(log.path.read_text())
    lines = [line | {"id": "a"}, line | {"id": "b", "phrases": {"preview": 7}},
             line | {"id": "c", "phrases": []}]  # fmt: skip
    log.path.write_text("".join(json.dumps(one) + "\n" for one in lines))
    assert [entry.id for entry in log.entries()] == ["a", "b"]


def test_a_grant_remembers_how_to_say_it(tmp_path: Path) -> None:
    """What was allowed for always is told in another language after a restart."""
    words = phrase("Add to the note {title}: {text}", title="tea", text="milk")
    Grants(tmp_path / "a.json").give(Gadget(), "all", words, allow=True, lasting=True)
    again = Grants(tmp_path / "a.json").all()[0]
    assert translated(again.words, german) == "Zur Notiz tea: milk"


FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "minLength": 2, "maxLength": 5}, "list": {"type": "array",
        "minItems": 1, "maxItems": 2, "items": {"type": "object", "required": ["x"]}},
        "count": {"type": "integer", "minimum": 1, "exclusiveMaximum": 9, "multipleOf": 2},
        "size": {"type": "number", "maximum": 3, "exclusiveMinimum": 0}, "on": {"type": "boolean"},
        "kind": {"enum": ["a", "b"]}, "any": {"not": {}},
    },
    "additionalProperties": False,
    "required": ["kind"],
}  # fmt: skip


@pytest.mark.parametrize(("given", "complaint"), [
    ({}, "kind is missing."), ({"\u202ex": 1}, "‹202E›x is not known to it."),
    ({"text": 5}, "text has to be a text."), ({"text": "a"}, "text is too short."),
    ({"text": "abcdef"}, "text has to be at most 5 characters long."),
    ({"list": 1}, "list has to be a list."), ({"list": []}, "list has too few entries."),
    ({"list": [{"x": 1}] * 3}, "list has to have at most 2 entries."),
    ({"list": [{}]}, "list.0.x is missing."),
    ({"list": [7]}, "list.0 has to be an object with fields."),
    ({"count": 2.5}, "count has to be a whole number."),
    ({"count": 0}, "count has to be 1 or more."),
    ({"count": 10}, "count has to be less than 9."),
    ({"count": 3}, "count has to be a multiple of 2."), ({"size": 4}, "size has to be 3 or less."),
    ({"size": "x"}, "size has to be a number."), ({"size": 0}, "size has to be more than 0."),
    ({"on": 1}, "on has to be true or false."), ({"kind": "c"}, 'kind has to be one of "a", "b".'),
    ({"any": 1}, "any is not valid (not)."),
])  # fmt: skip
def test_wrong_arguments_are_told_in_every_language(given: dict[str, Any], complaint: str) -> None:
    """What is wrong with which field is a sentence with a pattern, collected for translation, and
    nothing hides in the names of fields."""
    texts = set(all_texts())
    with pytest.raises(ToolError) as caught:
        checked("gadget", FORM, {"kind": "a", **given} if given else given)
    said = of_error(caught.value)
    assert said == f"gadget cannot take that: {complaint}"
    assert isinstance(said, Phrase)
    why = said.fields["why"]
    assert isinstance(why, Phrase)
    assert {said.pattern, why.pattern} <= texts


def test_what_goes_wrong_in_a_tool_is_translated() -> None:
    """No tool raises a sentence that only the engine's language has."""
    for path in sorted((ROOT / "engine/background/tools").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ToolError":
                said = node.args[0]
                plain = isinstance(said, ast.Constant | ast.JoinedStr)
                assert not plain, f"{path.name}:{node.lineno}"


class Somebody:
    """Hands, screen and clipboard that are there and do nothing."""

    def window(self) -> str:
        return "Editor"

    def can_type(self, text: str) -> bool:
        return True


GIVEN: dict[str, dict[str, Any]] = {
    "show_plan": {"steps": ["look", "tell"], "done": 1},
    "tell_time": {"zone": "Asia/Tokyo"}, "set_timer": {"seconds": 65}, "list_timers": {},
    "remind": {"when": "15:30", "label": "x"}, "calculate": {"expression": "1+1"},
    "convert_units": {"amount": 2.0, "unit": "m", "to": "cm"},
    "write_note": {"title": "a", "text": "b"}, "read_note": {"title": "a"},
    "list_notes": {"containing": "a"}, "find_files": {"name": "a"},
    "open_address": {"address": "https://example.org/"},
    "read_page": {"address": "https://example.org/"}, "read_clipboard": {},
    "write_clipboard": {"text": "a"}, "look_at_screen": {}, "look_at_camera": {},
    "type_text": {"text": "a"}, "press_key": {"key": "Return"}, "click": {"x": 1, "y": 2},
    "show_card": {"messages": []},
}  # fmt: skip
# Need something that is not here: a note, a timer, a file, an application, a provider.
ELSEWHERE = {
    "delete_note", "cancel_timer", "read_file", "open_file", "open_application", "search_web",
}  # fmt: skip


def _tools(folder: Path) -> dict[str, Tool]:
    one: Any = Somebody()
    kit = outfit(Places.under(folder), Means(None, one, lambda _: None, one, one))  # type: ignore[arg-type]
    return {tool.name: tool for tool in kit.belt.tools()}


def test_every_tool_says_what_it_would_do_in_every_language(tmp_path: Path) -> None:
    """Previews and what a lasting approval covers have patterns, and all of them are collected
    for translation."""
    texts = set(all_texts())
    tools = _tools(tmp_path)
    assert set(tools) == set(GIVEN) | ELSEWHERE
    for name, given in GIVEN.items():
        for said in (tools[name].preview(given), scope_of(tools[name], given)[1]):
            assert isinstance(said, Phrase), (name, said)
            assert said.pattern in texts, name


def test_what_needs_more_says_it_too(tmp_path: Path) -> None:
    """The same for tools that look at what is there first."""
    texts, tools = set(all_texts()), _tools(tmp_path)
    (tmp_path / "data/notes").mkdir(parents=True)
    (tmp_path / "data/notes/note-a.md").write_text("x")
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    for tool, given in (
        (tools["delete_note"], {"title": "a"}), (tools["write_note"], {"title": "a", "text": "b"}),
        (tools["write_note"], {"title": "a", "text": "b", "replace": True}),
        *((tool, {"line": "ls"}) for tool in command.tools(tmp_path / "box")
          if not isinstance(tool.box, str)),
    ):  # fmt: skip
        said = tool.preview(given)
        assert isinstance(said, Phrase)
        assert said.pattern in texts
