"""What the engine says in English, and an app in other languages: patterns, fields, days, files."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.background.act_log import ActLog
from engine.background.approval import scope_of
from engine.background.faults import Fault, MindError
from engine.background.grants import Grants
from engine.background.outfit import Means, outfit
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
from engine.background.tool import Tool
from engine.background.tools import command
from engine.background.visible import visible
from installers.languages import all_texts
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
