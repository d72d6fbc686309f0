"""Cards as data: what fits is taken whole, what does not is refused by its name."""

from __future__ import annotations

import base64
import contextlib
import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.background.approval import Choice, Question
from engine.background.card import MAX_CARDS, MAX_PARTS, Card, Deck, Filled, Gone, Pressed, put
from engine.background.card_kinds import errand_card, errand_progress, gone, question_card
from engine.background.card_parts import KINDS, Button, Chart, Code, Progress, Table
from engine.background.card_reading import CardError, Path
from engine.background.tool import Risk

pytestmark = pytest.mark.timeout(60)

PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\nrest").decode()
PARTS: dict[str, dict[str, Any]] = {
    "Column": {"children": ["a", "b"]},
    "Row": {"children": []},
    "Divider": {},
    "Text": {"text": "hello", "variant": "title"},
    "Image": {"url": PNG, "alt": "a map"},
    "Button": {"text": "Book", "action": {"event": {"name": "book"}}},
    "TextField": {"label": "Name", "value": {"path": "/name"}},
    "CheckBox": {"label": "Window seat", "value": {"path": "/window"}},
    "ChoicePicker": {
        "label": "Class", "options": [{"label": "Second", "value": "2"}],
        "value": {"path": "/class"},
    },
    "List": {"items": ["one", "two"], "ordered": True},
    "Checklist": {"items": [{"label": "Passport", "value": {"path": "/packed/0"}}]},
    "Table": {"columns": ["from", "at"], "rows": [["Ulm", 9.15], ["Bonn", "noon"]]},
    "Chart": {"series": [{"name": "cost", "values": [1, 2.5]}], "labels": ["may", "june"]},
    "Timer": {"seconds": 90, "label": "tea"},
    "Progress": {"value": {"path": "/done"}, "label": "reading"},
    "Code": {"text": "print(1)", "language": "python"},
    "Steps": {"steps": [{"label": "Search", "state": "done"}, {"label": "Book"}]},
}  # fmt: skip


def create(card: str = "trip", **more: Any) -> dict[str, Any]:
    return {"version": "v0.9", "createSurface": {"surfaceId": card, **more}}


def parts(*components: dict[str, Any], card: str = "trip") -> dict[str, Any]:
    return {"updateComponents": {"surfaceId": card, "components": list(components)}}


def part(name: str, part_id: str = "root", **more: Any) -> dict[str, Any]:
    return {"id": part_id, "component": name, **PARTS[name], **more}


def data(path: str, value: Any, card: str = "trip") -> dict[str, Any]:
    return {"updateDataModel": {"surfaceId": card, "path": path, "value": value}}


def deck_with(*components: dict[str, Any]) -> Deck:
    deck = Deck()
    deck.take(create())
    deck.take(parts(*components))
    return deck


def test_every_kind_is_tried_here() -> None:
    """A part that is added is added to these tests."""
    assert set(PARTS) == set(KINDS)


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_taken(name: str) -> None:
    """A card of each kind comes through, typed."""
    card = deck_with(part(name)).cards["trip"]
    assert isinstance(card.parts["root"], KINDS[name])


@pytest.mark.parametrize("name", PARTS)
def test_each_field_is_checked_and_named(name: str) -> None:
    """For each field of each part: another type, a missing one and an unknown one are refused
    with the field's name, and the deck is as before."""
    deck = deck_with(part("Text"))
    before = dict(deck.cards)
    for field in PARTS[name]:
        for wrong in (None, 3.5, {"call": "openUrl"}, [[[]]], float("nan"), {"path": "relative"}):
            if PARTS[name][field] == wrong or (name, field, wrong) == ("Timer", "seconds", 3.5):
                continue
            with pytest.raises(CardError, match=field):
                deck.take(parts(part(name, **{field: wrong})))
    with pytest.raises(CardError, match="onclick"):
        deck.take(parts(part(name, onclick="alert(1)")))
    assert deck.cards == before


HOSTILE = [
    ("message", {"createSurface": {"surfaceId": "b"}, "deleteSurface": {"surfaceId": "trip"}}),
    ("message", {"callFunction": {}}),
    ("message", []),
    ("version", {"version": "v9", "deleteSurface": {"surfaceId": "trip"}}),
    ("surfaceId", create("../../etc/passwd")),
    ("surfaceId", create("trip")),
    ("surfaceId", create("aside:question")),
    ("surfaceId", {"deleteSurface": {"surfaceId": "aside:question"}}),
    ("surfaceId", parts(part("Text"), card="nowhere")),
    ("theme", create("b", theme={"css": "x"})),
    ("component", parts({"id": "root", "component": "WebView", "url": "http://x"})),
    ("url", parts(part("Image", url="https://example.org/pixel.png"))),
    ("url", parts(part("Image", url="file:///etc/passwd"))),
    ("url", parts(part("Image", url="data:image/svg+xml;base64,PHN2Zz4="))),
    ("url", parts(part("Image", url="data:image/png;base64," + "A" * 2_000_000))),
    ("text", parts(part("Text", text="x" * 5000))),
    ("rows", parts(part("Table", rows=[["x"]]))),
    ("rows", parts(part("Table", rows=[["x", "y"]] * 201))),
    ("values", parts(part("Chart", series=[{"name": "x", "values": [1e300]}]))),
    ("labels", parts(part("Chart", labels=["only one"]))),
    ("action", parts(part("Button", action={"functionCall": {"call": "openUrl"}}))),
    ("children", parts(part("Column", children=["root"]))),
    ("children", parts(part("Column", children=["a", "a"]))),
    ("components", parts(*[part("Text", f"t{n}") for n in range(MAX_PARTS + 1)])),
    ("components", parts()),
    ("path", data("/a/b/c/d/e/f/g/h/i/j", 1)),
    ("path", data("no/slash", 1)),
    ("value", data("/a", "x" * 5000)),
    ("value", data("/a", object())),
    ("value", data("/a", float("inf"))),
]  # fmt: skip


@pytest.mark.parametrize(("field", "message"), HOSTILE)
def test_hostile_data_is_refused_by_name(field: str, message: Any) -> None:
    """Code, addresses, traversal, cycles, floods: refused, the field named, nothing changed."""
    deck = deck_with(part("Text"))
    before = dict(deck.cards)
    with pytest.raises(CardError, match=field):
        deck.take(message)
    assert deck.cards == before


def test_depth_and_loops_are_bounded() -> None:
    """A chain that is too long, and a loop beside the root, never reach the drawing."""
    chain = [part("Column", f"c{n}", children=[f"c{n + 1}"]) for n in range(20)]
    with pytest.raises(CardError, match="deeper"):
        deck_with(part("Column", children=["c0"]), *chain)
    with pytest.raises(CardError, match="deeper"):
        deck_with(part("Column", "x", children=["y"]), part("Column", "y", children=["x"]))


def test_cards_together_are_bounded() -> None:
    """No more cards than can be shown, and none larger than can be held."""
    deck = Deck()
    for number in range(MAX_CARDS):
        deck.take(create(f"card{number}"))
    with pytest.raises(CardError, match="already"):
        deck.take(create("one-more"))
    assert deck.take({"deleteSurface": {"surfaceId": "card0"}}) == Gone("card0")
    deck.take(create("one-more"))
    with pytest.raises(CardError, match="large"):
        deck.take(parts(*[part("Code", f"p{n}", text="x" * 19_000) for n in range(40)],
                        card="one-more"))  # fmt: skip


def test_updates_change_what_they_name_and_nothing_else() -> None:
    """New parts and data by id, while the rest stays as it is; what is bound shows the data."""
    deck = deck_with(part("Column", children=["p", "t"]), part("Progress", "p"), part("Text", "t"))
    card = deck.take(data("/done", 0.25))
    assert isinstance(card, Card)
    progress = card.parts["p"]
    assert isinstance(progress, Progress)
    assert card.value(progress.value) == 0.25
    changed = deck.take(parts(part("Text", "t", text="later")))
    assert isinstance(changed, Card)
    assert changed.parts["p"] is progress
    assert changed.data == {"done": 0.25}


def test_a_press_carries_what_was_filled_in() -> None:
    """A form: the fields go into the data, the button sends its name, context and all of it."""
    context = {"train": {"path": "/train"}, "seats": 2}
    action = {"event": {"name": "book", "context": context}}
    deck = deck_with(
        part("Column", children=["n", "w", "b"]), part("TextField", "n", required=True),
        part("CheckBox", "w"), part("Button", "b", action=action),
    )  # fmt: skip
    deck.take(data("/", {"train": "RE 5"}))
    assert deck.cards["trip"].missing == ("Name",)
    assert deck.fill("trip", Path(("name",)), "Ada") == Filled("trip", "/name", "Ada")
    deck.fill("trip", Path(("window",)), True)
    assert not deck.cards["trip"].missing
    pressed = deck.press("trip", "b")
    assert pressed == Pressed(
        "trip", "b", "book", {"train": "RE 5", "seats": 2.0},
        {"train": "RE 5", "name": "Ada", "window": True},
    )  # fmt: skip
    sent = json.loads(json.dumps(pressed.message("2026-01-01T00:00:00Z")))
    assert sent["action"]["surfaceId"] == "trip"
    assert sent["action"]["context"]["data"]["name"] == "Ada"


@pytest.mark.parametrize("place", [("train",), (), ("name", "deeper")])
def test_a_user_writes_only_where_a_field_is(place: tuple[str, ...]) -> None:
    """What no part lets the user write stays what the mind said."""
    deck = deck_with(part("TextField"))
    with pytest.raises(CardError):
        deck.fill("trip", Path(place), "x")
    with pytest.raises(CardError):
        deck.press("trip", "root")


def test_texts_hide_nothing() -> None:
    """Marks that reverse the writing or cannot be seen are taken out."""
    card = deck_with(part("Code", text="rm \u202eexe.txt\u200b\x1b[2J")).cards["trip"]
    code = card.parts["root"]
    assert isinstance(code, Code)
    assert code.text == "rm exe.txt[2J"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner,
                                                                max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_json_is_taken_or_refused(value: Any) -> None:
    """Whatever comes as a message: a card, or CardError; nothing else, and no change with it."""
    deck = deck_with(part("Text"))
    before = dict(deck.cards)
    for message in (
        value,
        {"updateComponents": value},
        parts(value),
        {"updateDataModel": {"surfaceId": "trip", "path": "/x", "value": value}},
    ):
        try:
            deck.take(message)
            before = dict(deck.cards)
        except CardError:
            assert deck.cards == before


@given(st.sampled_from(sorted(PARTS)), st.data())
@settings(max_examples=300, deadline=None)
def test_a_part_with_anything_in_a_field_is_taken_or_refused(name: str, draw: Any) -> None:
    """One field of a good part replaced by any JSON never breaks the reader."""
    component = part(name)
    component[draw.draw(st.sampled_from(sorted(component)))] = draw.draw(JSON)
    deck = Deck()
    deck.take(create())
    kept = copy.deepcopy(component)
    with contextlib.suppress(CardError):
        deck.take(parts(component))
    assert repr(component) == repr(kept)


@given(st.lists(st.text(max_size=5), max_size=5), JSON, JSON)
@settings(max_examples=200, deadline=None)
def test_what_is_put_somewhere_is_there(keys: list[str], data_: Any, value: Any) -> None:
    """After an update the place holds the value, and the old data is untouched."""
    before = copy.deepcopy(data_)
    card = Card("c", data=put(data_, tuple(keys), value))
    assert repr(card.value(Path(tuple(keys)))) == repr(value)
    assert repr(data_) == repr(before)


def question(**arguments: Any) -> Question:
    return Question(
        "q1", "t1", "send_mail", "Sends a mail.", Risk.OUTSIDE, "Send “hello” to ada", arguments,
        "mail to ada", "harbour",
    )  # fmt: skip


def test_a_question_shows_every_argument_and_no_bright_allow() -> None:
    """The real arguments, long ones whole; the word; and the bright button is the one that says
    no. The mind can touch none of it."""
    deck = Deck()
    long = "please " * 40
    for message in question_card(question(to="ada@example.org", body=long, copies=[1, 2])):
        deck.take(message, ours=True)
    card = deck.cards["aside:q1"]
    told = [part.text for part in card.parts.values() if hasattr(part, "text")]
    table = card.parts["arguments"]
    assert isinstance(table, Table)
    assert ("to", "ada@example.org") in table.rows
    assert long in told
    assert any("harbour" in str(words) for words in told)
    bright = [part.id for part in card.parts.values()
              if isinstance(part, Button) and part.variant == "primary"]  # fmt: skip
    assert bright == [Choice.NO.value]
    assert deck.press("aside:q1", "once").name == Choice.ONCE
    with pytest.raises(CardError):
        deck.take(parts(part("Text", text="harmless"), card="aside:q1"))


def test_a_question_that_cannot_be_shown_whole_is_not_asked() -> None:
    """An argument too long to show is refused, not cut."""
    deck = Deck()
    first, second = question_card(question(body="x" * 30_000))
    deck.take(first, ours=True)
    with pytest.raises(CardError, match="text"):
        deck.take(second, ours=True)


def test_a_question_shows_marks_that_deceive() -> None:
    """What would turn the writing round is written out in an argument, not taken away."""
    _, components = question_card(question(file="invoice\u202efdp.exe"))
    assert "invoice\\u202efdp.exe" in str(components).replace("\\\\", "\\")


def test_an_errand_shows_how_far_it_is() -> None:
    """Progress moves by id, cancel comes back, and done it goes."""
    deck = Deck()
    for message in errand_card("t7", "Looking for trains"):
        deck.take(message, ours=True)
    card = deck.take(errand_progress("t7", "reading page 2 of 4", 0.5), ours=True)
    assert isinstance(card, Card)
    assert card.value(card.parts["progress"].value) == 0.5  # type: ignore[attr-defined]
    assert deck.press("aside:t7", "cancel").name == "cancel"
    assert deck.take(gone("t7"), ours=True) == Gone("aside:t7")


def test_a_chart_needs_series_of_one_length() -> None:
    """Two series that do not fit each other are refused."""
    series = [{"name": "a", "values": [1, 2]}, {"name": "b", "values": [1]}]
    with pytest.raises(CardError, match="series"):
        deck_with({"id": "root", "component": "Chart", "series": series})
    assert Chart("root", ()).variant == "line"


@pytest.mark.parametrize("message", [
    data("/name", "Ada"), data("/", {"name": "Ada"}), data("/", {"other": 1}), data("/", []),
])  # fmt: skip
def test_what_a_hand_wrote_later_than_is_known_stays(message: dict[str, Any]) -> None:
    """However much of the data is written at once; who knows of it may write, and so may anybody
    what changes nothing of it. A card that is made anew remembers no hand."""
    now_s = [10.0]
    deck = Deck(lambda: now_s[0])
    deck.take(create())
    deck.take(parts(part("TextField")))
    deck.fill("trip", Path(("name",)), "Grace")
    with pytest.raises(CardError, match="the user has changed /name meanwhile"):
        deck.take(message, known_s=9.0)
    assert deck.cards["trip"].data == {"name": "Grace"}
    deck.take(data("/", {"name": "Grace", "seats": 2}), known_s=9.0)
    assert deck.cards["trip"].data == {"name": "Grace", "seats": 2}
    deck.take(message, known_s=11.0)
    deck.take({"deleteSurface": {"surfaceId": "trip"}})
    deck.take(create())
    deck.take(message, known_s=9.0)
