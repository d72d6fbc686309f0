"""What is said of the model's own acts: one short sentence each, with a mind or without one."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mcp.types import CallToolResult, TextContent

from engine.background import sentences
from engine.background.agent import Agent
from engine.background.approval import Choice
from engine.background.belt import Belt
from engine.background.direct import ACTS
from engine.background.endpoint import Endpoint
from engine.background.mcp_config import ServerConfig
from engine.background.mcp_tool import McpTool
from engine.background.outfit import Means, outfit
from engine.background.package import ContextPackage
from engine.background.places import Places
from engine.background.readonly import ReadOnly
from engine.background.task import TaskState
from engine.background.telling import MAX_UPDATE
from engine.background.told import Offer
from engine.background.tool import Risk, Tool
from engine.background.tools.alarms import Alarms
from engine.background.tools.arithmetic import aloud, evaluate
from engine.background.tools.command import RunCommand
from engine.background.tools.fetching import Fetcher, Page
from engine.background.tools.looking import LookAtScreen
from engine.background.tools.notes import Shelf as Notes
from engine.background.tools.searching import Found
from engine.background.tools.territory import Territory
from engine.background.tools.timers import ListAlarms
from engine.background.tools.web import SearchWeb
from engine.background.work import NO_MIND
from engine.microturn import Frame
from engine.runtime.reading import readable
from tests.background import Listener, heard_and_seen
from tests.belting import Absent, Person, Time
from tests.mind_server import MindServer, Reply, in_turn, mind_server, refuses, says

# What nobody awaits was not done, although its test passes.
pytestmark = [pytest.mark.timeout(60), pytest.mark.filterwarnings("error")]
LONGEST = 90


@dataclass(frozen=True)
class Shelf:
    """A search provider that finds ten things, each with a long excerpt."""

    place = "search.example"

    async def search(self, query: str) -> list[Found]:
        return [Found(f"Page {n}", f"https://{n}.example/", "word " * 60) for n in range(10)]


async def _poster(_picture: bytes) -> str:
    return "Meeting at noon\nRoom 7"


def _shared(source: str) -> Frame:
    return Frame("screen" if source == "screen" else "camera", np.zeros((36, 64, 3), np.uint8))


def belt(folder: Path, choice: Choice = Choice.ONCE, shared: bool = True) -> Belt:
    """All the tools there are, with something to find and somebody who answers."""
    look = _shared if shared else lambda _source: None
    made = outfit(Places.under(folder), Means(Person(choice), look=look)).belt

    def wired(tool: Tool) -> Tool:
        if isinstance(tool, LookAtScreen):
            return replace(tool, read=_poster)
        return SearchWeb(Shelf) if isinstance(tool, SearchWeb) and shared else tool

    return Belt([wired(tool) for tool in made.tools()], made.approver, made.log)


def told_of(
    request: str, tools: Belt | ReadOnly, server: MindServer | None = None
) -> tuple[list[str], list[str]]:
    """What is said, and what is kept beside it, of an act."""
    heard = Listener()
    agent = Agent(heard, belt=tools).start()
    if server is not None:
        agent.use(Endpoint(server.url, "tiny"))
    try:
        agent.take(replace(heard_and_seen(request), screen_text=""), direct=True)
        heard.ended()
    finally:
        assert agent.stop()
    return heard.commentary(), heard.thinking()


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("choice", [Choice.ONCE, Choice.NO])
@pytest.mark.parametrize("request_", [
    "clock", "date", "calculate twelve plus thirty", "calculate one divided by three",
    "calculate seven divided by zero",
    "calculate five miles in kilometers", "calculate seventy degrees fahrenheit in celsius",
    "calculate two apples in pears", "calculate ninety nine to the power of ninety nine",
    "calculate", "timer ten minutes", "timer", "timer a while", "note buy milk", "note", "open",
    "open browser", "search rain in oslo", "search", "look", "look screen", "look camera",
])  # fmt: skip
def test_every_act_is_answered_in_one_short_sentence(
    tmp_path: Path, request_: str, choice: Choice, shared: bool
) -> None:
    """Done, refused, impossible or said too shortly: something is said, once, that can be listened
    to, with no names of tools, no commands and no lists in it."""
    said, _ = told_of(request_, belt(tmp_path, choice, shared))
    assert len(said) == 1
    _fit_for_speech(said[0])
    assert said[0] != NO_MIND


def _fit_for_speech(said: str) -> None:
    assert 0 < len(said) <= LONGEST, said
    assert not re.search(r"[_`|\n\[\]{}]|tools|material", said), said
    assert re.search(r"\.$|[=≈] -?[\d.]+( \w+)*$", said), said


class Pressed:
    """A screen for cards on which somebody presses a button at once."""

    async def show(self, *_: object) -> None: ...

    async def answer(self, *_: object) -> dict[str, Any]:
        return {"name": "ok", "context": {"how many": 3}}


class Somebody:
    """Hands and a clipboard that do what they are told and keep it."""

    copied = "milk, eggs\nbread"

    def show(self, what: str) -> None: ...

    async def read(self) -> str:
        return self.copied

    async def write(self, text: str) -> None:
        self.copied = text

    async def keep(self) -> str:
        return self.copied

    put_back = write

    def hide(self) -> None: ...

    def window(self) -> str:
        return "notes_[draft].md - a long name of a window that nobody wants to hear read out"

    def stopped(self) -> bool:
        return False

    def can_type(self, text: str) -> bool:
        return True

    def type_text(self, text: str) -> None: ...

    def press(self, key: str) -> None: ...

    def click(self, x: int, y: int, button: str) -> None: ...


class Opener:
    """Has one application, and opens whatever it is asked to."""

    def applications(self) -> dict[str, str]:
        return {"Browser": "browser"}

    def of_kind(self, kind: str) -> list[str]:
        return []

    async def open(self, target: str) -> None: ...

    start = open


class Library(Fetcher):
    async def get(self, address: str) -> Page:
        return Page(address, "text/html", "<title>Tea</title><p>Green. Black.</p>")


def all_of(folder: Path) -> Belt:
    """Every tool there is, with something to work on, and a person who allows it."""
    home = folder / "home"
    home.mkdir()
    (home / "tea list.txt").write_text("green\nblack\n")
    one: Any = Somebody()
    means = Means(
        Person(Choice.ONCE), one, _shared, one, Pressed(), Opener(), Territory((home,)), Library(),
    )  # fmt: skip
    kit = outfit(Places.under(folder), means)
    kit.alarms.start_timer(240, "tea")
    shelf = Notes(folder / "data" / "notes")
    shelf.replace("shopping", "milk")
    shelf.replace("a very long title of a note that nobody wants to hear", "one\ntwo\n")
    box: Any = Box()
    tools: list[Tool] = [RunCommand(box), tool_of_a_server(), *kit.belt.tools()]
    found = [SearchWeb(Shelf) if tool.name == "search_web" else tool for tool in tools]
    return Belt(found, kit.belt.approver, kit.belt.log)


@dataclass(frozen=True)
class Box:
    """A sandbox in which every command prints two lines."""

    workplace = Path("/nowhere")

    async def run(self, line: str) -> tuple[int, str]:
        return 0, "one\ntwo"


def tool_of_a_server() -> McpTool:
    """A tool of an MCP server that answers with a list."""

    class Link:
        config = ServerConfig("weather", "weather", risk=Risk.READ)

        async def call(self, name: str, arguments: dict[str, Any]) -> CallToolResult:
            return CallToolResult(content=[TextContent(type="text", text="- rain\n- snow")])

    link: Any = Link()
    return McpTool(link, "today", "weather__today", "Tells it.", Risk.READ, {"type": "object"})


CALLS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("tell_time", {}, "It is"), ("tell_time", {"zone": "America/New_York"}, "in New York."),
    ("set_timer", {"seconds": 90}, "A timer of 1 minute 30 seconds is running."),
    ("remind", {"when": "15:30", "label": "call [mum]"}, "A reminder is set"),
    ("list_timers", {}, "One timer: tea in 4 minutes."),
    ("convert_units", {"amount": 2, "unit": "meter", "to": "cm"}, "2 meter = 200 cm"),
    ("show_plan", {"steps": ["a"], "done": 0}, "It is shown."),
    ("write_note", {"title": "todo", "text": "x"}, "Noted under todo."),
    ("read_note", {"title": "shopping"}, "The note shopping says: milk."),
    ("read_note", {"title": "a very long title of a note that nobody wants to hear"}, "2 lines"),
    ("list_notes", {}, "2 notes: "), ("list_notes", {"containing": "zebra"}, "No note"),
    ("list_notes", {"containing": "milk"}, "One note: shopping."),
    ("delete_note", {"title": "shopping"}, "The note is gone."),
    ("find_files", {"name": "tea"}, "I found one file: tea list.txt."),
    ("find_files", {"name": "zebra"}, "I found no file"),
    ("read_file", {"path": "tea list.txt"}, "There are 2 lines in it."),
    ("open_file", {"path": "tea list.txt"}, "tea list.txt is being opened."),
    ("open_address", {"address": "https://example.org/a_b"}, "I asked for the page to be opened."),
    ("open_application", {"name": "browser"}, "Browser is starting."),
    ("search_web", {"query": "tea"}, "I found 10 results."),
    ("read_page", {"address": "https://example.org/"}, "I have read the page."),
    ("read_clipboard", {}, "There are 2 lines in it."),
    ("write_clipboard", {"text": "x"}, "copied"),
    ("look_at_screen", {}, "screen"), ("look_at_camera", {}, "I cannot tell what is there"),
    ("type_text", {"text": "x"}, "I have typed it."), ("press_key", {"key": "Enter"}, "pressed"),
    ("click", {"x": 1, "y": 2}, "I have clicked there."),
    ("show_card", {"messages": [{"createSurface": {"surfaceId": "a"}}]}, "It is shown."),
    ("show_card", {"messages": [{"createSurface": {"surfaceId": "a"}}], "wait_s": 1}, "answer"),
    ("run_command", {"line": "ls"}, "The command is done."),
    ("weather__today", {}, "I have an answer from weather."),
)  # fmt: skip


@pytest.mark.parametrize(("name", "given", "says_"), CALLS)
def test_every_tool_answers_in_one_short_sentence(
    tmp_path: Path, name: str, given: dict[str, Any], says_: str
) -> None:
    """Called by its own name, it says something to listen to; what else it brought is beside it."""
    said, _ = told_of(f"{name} {json.dumps(given)}", all_of(tmp_path))
    [sentence] = said
    _fit_for_speech(sentence)
    assert says_ in sentence


def test_tools_that_are_tried_here_are_all_there_are(tmp_path: Path) -> None:
    """Another tool needs its sentence tried too; what is calculated is tried as an act."""
    tried = {name for name, _, _ in CALLS} | {"calculate", "cancel_timer"}
    assert {tool.name for tool in all_of(tmp_path).tools()} == tried


def test_what_a_list_holds_is_beside_its_sentence(tmp_path: Path) -> None:
    """The ids of timers, with which they can be cancelled, are kept and not said."""
    belt_ = all_of(tmp_path)
    said, kept = told_of("list_timers", belt_)
    [id_] = re.findall(r"\| (\w+): timer", kept[0])
    assert id_ not in said[0]
    said, _ = told_of(f'cancel_timer {{"id": "{id_}"}}', belt_)
    assert said == ["The timer is off."]
    assert told_of("list_timers", belt_) == (["You have no timers."], [])


@pytest.mark.parametrize(("set_", "said"), [
    ([("timer", 240, "tea"), ("timer", 1200, "bread")],
     "2 timers: tea in 4 minutes, and bread in 20 minutes."),
    ([("timer", 100, "time is up")], "One timer: 100 seconds left."),
    ([("reminder", 7200, "call mum")], "One reminder: call mum in 2 hours."),
    ([("timer", 60, "tea"), ("reminder", 3 * 86_400, "pay the rent for the house by the sea")],
     "2 timers and reminders: tea in 60 seconds, and pay the rent for the in 3 days."),
    ([("timer", 60 * n, f"egg {n}") for n in range(2, 9)],
     "7 timers, the first are egg 2 in 2 minutes, and egg 3 in 3 minutes."),
])  # fmt: skip
def test_timers_are_told_as_people_tell_them(
    tmp_path: Path, set_: list[tuple[str, float, str]], said: str
) -> None:
    """How many, and the next two, each with what is left of it in one unit."""
    at = Time()
    alarms = Alarms(tmp_path / "alarms.json", at.clocks)
    for kind, seconds, label in set_:
        if kind == "timer":
            alarms.start_timer(seconds, label)
        else:
            alarms.remind(at.wall + seconds, label)
    assert asyncio.run(ListAlarms(alarms).run({})).spoken == said


def test_what_is_said_of_troubles_is_short_and_plain() -> None:
    """The small model reads words that it has learned: few in a sentence, none of them long, no
    digits, no marks but commas; what is technical is for the screen."""
    technical = re.compile(r"endpoint|model|server|token|budget|provider|argument|JSON|tool\b")
    fields = re.compile(r"\{(\w+)\}")
    for pattern in sentences.spoken():
        words = fields.sub(" ", pattern).split()
        assert len(words) <= 16, pattern
        assert max(map(len, words)) <= 12, pattern
        assert not technical.search(fields.sub("", pattern)), pattern
        assert not re.search(r"\d|[;()/\"]", pattern), pattern


def test_acts_that_are_tried_here_are_all_there_are() -> None:
    """Another act needs its sentences tried too."""
    tried = {"clock", "date", "calculate", "timer", "note", "open", "search", "look"}
    assert set(ACTS) == tried | {"look screen", "look camera"}


def test_a_list_is_counted_and_kept_not_read_out(tmp_path: Path) -> None:
    """Of ten results of a search the number is said, and the results are beside it."""
    said, kept = told_of("search rain in oslo", belt(tmp_path))
    assert said == ["I found 10 results."]
    assert "| Page 0" in kept[0]
    assert len(kept[0]) <= MAX_UPDATE


def test_what_is_kept_is_shown_whole(tmp_path: Path) -> None:
    """A card gets all ten results, the model as much as it takes in."""
    heard = Listener()
    agent = Agent(heard, belt=belt(tmp_path)).start()
    agent.take(ContextPackage("search rain in oslo"), direct=True)
    heard.ended()
    assert agent.stop()
    kept = heard.of(Offer)[-1]
    assert "| Page 9" in kept.words
    assert len(kept.update.text) <= MAX_UPDATE


def test_a_corrected_act_is_done_once_as_it_was_meant(tmp_path: Path) -> None:
    """"Ten minutes, no, five": without a language model too, one timer of five minutes."""
    heard, person = Listener(), Person(Choice.ONCE)
    asker: Any = Absent()
    kit = outfit(Places.under(tmp_path), Means(asker))
    agent = Agent(heard, belt=kit.belt).start()
    agent.take(ContextPackage("timer ten minutes"), direct=True)
    heard.wait(lambda: bool(asker.seen))
    kit.belt.approver._asker = person
    agent.correct(ContextPackage("five minutes"))
    heard.ended()
    assert agent.stop()
    assert heard.commentary() == ["A timer of 5 minutes is running."]
    assert len(kit.alarms.all()) == 1


def test_a_no_is_told_to_the_user_and_not_to_a_mind(tmp_path: Path) -> None:
    """Who said no hears that it was heard."""
    said, _ = told_of("timer ten minutes", belt(tmp_path, Choice.NO))
    assert said == ["I did not do that. You said no."]


def test_an_act_that_nobody_answered_has_failed(tmp_path: Path) -> None:
    """So it stands on a card that it was not done; what the user refused needs none."""
    for asker, state in ((Absent(), TaskState.FAILED), (Person(Choice.NO), TaskState.CANCELLED)):
        made = outfit(Places.under(tmp_path), Means(asker)).belt
        made.approver._within_s = 0.05
        heard = Listener()
        agent = Agent(heard, belt=made).start()
        agent.take(ContextPackage("timer ten minutes"), direct=True)
        assert heard.ended() == [state]
        assert agent.stop()


def test_where_a_tool_is_missing_no_language_model_is_asked_for() -> None:
    """It would not help."""
    said, _ = told_of("open browser", ReadOnly())
    assert said == ["I cannot do that here."]


def test_what_needs_a_mind_says_where_to_choose_one(tmp_path: Path) -> None:
    """A request that is no act is declined in one sentence about what to do."""
    said, _ = told_of("write a poem about the sea", belt(tmp_path))
    assert said == [NO_MIND]


@pytest.mark.parametrize(("act", "shows"), [
    ("look screen", "| Meeting at noon"), ("look camera", "What look_at_camera shows"),
    ("search rain in oslo", "| Page 9"),
])  # fmt: skip
def test_a_mind_makes_an_answer_of_what_was_found(tmp_path: Path, act: str, shows: str) -> None:
    """Where a language model is chosen, it gets what the tool brought, at once, with the request
    and its conversation, and what is told is its answer alone."""
    with mind_server(says("A meeting at noon.")) as server:
        said, kept = told_of(act, belt(tmp_path), server)
    assert (said, kept) == (["A meeting at noon."], [])
    [asked] = server.asked
    assert shows in asked.texts
    assert f"The request: {act}" in asked.texts
    pictures = asked.texts.count("data:image")
    assert pictures == (2 if act.startswith("search") else 3)


def test_a_mind_without_eyes_gets_the_text_alone(tmp_path: Path) -> None:
    """One that refuses pictures is asked again without them, and the tool is not used twice."""
    script = in_turn(refuses(400), refuses(400), says("A meeting at noon."))
    tools = belt(tmp_path)
    with mind_server(script) as server:
        said, _ = told_of("look screen", tools, server)
    assert said == ["A meeting at noon."]
    assert "data:image" not in server.asked[-1].texts
    assert "| Meeting at noon" in server.asked[-1].texts
    assert [entry.tool for entry in tools.log.entries()] == ["look_at_screen"]


def test_a_mind_that_hears_nothing_does_not_ask_what_to_look_at(tmp_path: Path) -> None:
    """What to do is known: nobody has to confirm it on a card."""

    def deaf(asked: object) -> Reply:
        return refuses(400) if "input_audio" in str(asked) else says("A meeting at noon.")

    with mind_server(deaf) as server:
        said, _ = told_of("look screen", belt(tmp_path), server)
    assert said == ["A meeting at noon."]


def test_a_mind_is_told_that_nothing_was_found_out(tmp_path: Path) -> None:
    """Where the tool could not do it, the mind knows why and says something of its own."""
    with mind_server(says("Share your screen first.")) as server:
        said, _ = told_of("look screen", belt(tmp_path, shared=False), server)
    assert said == ["Share your screen first."]
    assert "This was not done: I do not see your screen" in server.asked[0].texts


@pytest.mark.parametrize(("expression", "said"), [
    ("12 + 30", "= 42"), ("12345 * 9", "= 111105"), ("1 / 3", "≈ 0.33333"), ("1 / 8", "= 0.125"),
    ("0 / 5", "= 0"), ("sin(0)", "= 0"), ("-4 * 250000", "= -1000000"),
    ("7^15", "≈ 4.7476 trillion"), ("2^1500", "≈ 3.51 times 10 to the power of 451"),
    ("2000000 * 1000", "= 2 billion"), ("1000000 / 3", "≈ 333333"), ("123456.5 + 0", "≈ 123456"),
    ("2^200", "≈ 1.61 times 10 to the power of 60"),
    ("1 / 3^40", "≈ 8.23 times 10 to the power of -20"), ("-1/7", "≈ -0.14286"),
])  # fmt: skip
def test_numbers_are_said_as_a_listener_can_hold_them(expression: str, said: str) -> None:
    """Few digits, words for sizes, and never "is" where it is only about."""
    assert aloud(evaluate(expression)) == said


def test_a_sum_is_read_as_it_was_trained() -> None:
    """The interaction model reads it in words."""
    assert readable("12 + 30 = 42") == "twelve plus thirty is forty two"
    said = asyncio.run(_calculated("9 * 12345"))
    assert readable(said) == (
        "nine times twelve thousand three hundred forty five is "
        "one hundred eleven thousand one hundred five"
    )


async def _calculated(expression: str) -> str:
    return (await ReadOnly().call("calculate", {"expression": expression}, "t")).spoken


def test_a_task_of_words_alone_is_no_act(tmp_path: Path) -> None:
    """The package of a delegation that happens to begin with an act's name goes to the mind."""
    with mind_server(says("It is so.")) as server:
        heard = Listener()
        agent = Agent(heard, belt=belt(tmp_path)).start()
        agent.use(Endpoint(server.url, "tiny"))
        agent.take(ContextPackage("search my feelings"))
        heard.ended()
        assert agent.stop()
    assert heard.commentary() == ["It is so."]
    assert "| Page" not in server.asked[0].texts
