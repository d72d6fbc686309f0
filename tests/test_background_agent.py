"""The agent takes tasks, asks the mind, uses tools, and tells each thing once."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from engine.background import prompt, sentences
from engine.background.budget import Budget, Prices
from engine.background.endpoint import Endpoint, Senses
from engine.background.faults import Fault
from engine.background.ledger import Ledger
from engine.background.task import TaskState
from engine.background.told import Offer, Progress, Question, Warned
from engine.background.tool import ToolError, ToolResult
from engine.background.tools import recognising
from engine.background.work import NO_MIND
from tests.background import ScriptedTool, heard_and_seen, minded, wanted, working
from tests.mind_server import (
    DONE,
    Asked,
    Cut,
    Reply,
    Stall,
    Until,
    calls,
    delta,
    event,
    in_turn,
    mind_server,
    refuses,
    says,
)

pytestmark = pytest.mark.timeout(60)
DEAF = Senses(hears=False)
PNG = b"\x89PNG...."


@pytest.mark.parametrize(("sees", "read"), [(False, True), (True, False)])
def test_the_screen_is_read_for_a_mind_that_cannot_see(
    monkeypatch: pytest.MonkeyPatch, sees: bool, read: bool
) -> None:
    """One that sees gets the picture at once and is not kept waiting."""

    async def recognised(picture: bytes) -> str:
        assert picture.startswith(b"\x89PNG")
        return "Invoice 12, due on Friday"

    monkeypatch.setattr(recognising, "installed", lambda: "tesseract")
    monkeypatch.setattr(recognising, "recognised", recognised)
    with minded(says("Read."), mind={"senses": Senses(sees=sees)}) as (server, agent, told):
        agent.take(replace(heard_and_seen(), sound=None, spoken=False, screen_text=""))
        told.ended()
    assert ("| Invoice 12, due on Friday" in server.asked[0].texts) is read
    assert ("image_url" in server.asked[0].texts) is sees


def test_another_machine_gets_no_pictures_nor_what_is_read_in_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Unless the user said so: neither those of the screen now, nor what a tool brings of it."""

    async def recognised(picture: bytes) -> str:
        return "Invoice 12, due on Friday"

    monkeypatch.setattr(recognising, "installed", lambda: "tesseract")
    monkeypatch.setattr(recognising, "recognised", recognised)
    monkeypatch.setattr(Endpoint, "local", False)
    shown = replace(heard_and_seen(), sound=None, spoken=False, screen_text="")
    tool = ScriptedTool("look", answer=lambda _: ToolResult("Invoice 12", PNG))
    for pictures in (False, True):
        script = in_turn(calls(("look", {})), says("It is due."))
        mind = {"pictures": pictures}
        with minded(script, tool, mind=mind) as (server, agent, told):
            agent.take(shown)
            assert told.ended() == [TaskState.DONE]
        texts = "".join(asked.texts for asked in server.asked)
        assert ("data:image" in texts) is pictures
        assert ("Invoice" in texts) is pictures
        assert (prompt.UNSHOWN in texts) is not pictures
    with minded(says("Hm."), mind={"senses": Senses(sees=False)}) as (server, agent, told):
        agent.take(shown)
        told.ended()
    assert "Invoice" not in server.asked[0].texts


def test_what_a_failure_did_not_name_is_offered_again() -> None:
    """A server that broke, or took offence at the length, hears and sees as before next time."""
    too_long = refuses(400, "this model's context length is 2048 tokens")
    with minded(in_turn(too_long, says("Five."), says("Six."))) as (server, agent, told):
        agent.take(heard_and_seen())
        agent.confirm(told.until(Question).task.id, "add them up")
        assert told.ended() == [TaskState.DONE]
        agent.take(heard_and_seen())
        assert told.ended(2)[-1] is TaskState.DONE
    assert ["input_audio" in asked.texts for asked in server.asked] == [True, False, True]


def test_an_answer_is_spoken_and_its_details_are_kept() -> None:
    """The first paragraph comes as commentary, by the sentence; the rest as silent context."""
    reply = says("It will rain tod", "ay. Take an umb", "rella.\n\nSource: ", "the forecast.")
    with minded(reply) as (_, agent, told):
        agent.take(wanted("the weather"), "delegation_1")
        assert told.ended() == [TaskState.DONE]
    assert told.commentary() == ["It will rain today.", "Take an umbrella."]
    assert told.thinking() == ["Source: the forecast."]
    assert {offer.update.delegation_id for offer in told.of(Offer)} == {"delegation_1"}


def test_a_sentence_is_offered_while_the_rest_still_comes() -> None:
    """Nobody waits for the end of an answer to hear its beginning."""
    reply = Reply([delta(content="It will rain today. And then "), Stall()])
    with minded(reply) as (_, agent, told):
        agent.take(wanted("the weather"))
        assert told.until(Offer).update.text == "It will rain today."
        assert told.of(Progress)[-1].task.state is TaskState.RUNNING


def test_tools_are_used_and_their_results_thought_about() -> None:
    """A wanted tool is called with its arguments; the mind gets the result and answers."""
    tool = ScriptedTool(answer=lambda arguments: ToolResult(str(sum(arguments["of"]))))
    script = in_turn(calls(("add", {"of": [2, 3]})), says("That makes five."))
    with minded(script, tool) as (server, agent, told):
        agent.take(wanted())
        assert told.ended() == [TaskState.DONE]
    assert tool.called == [{"of": [2, 3]}]
    assert told.commentary() == ["That makes five."]
    first, second = (asked.json for asked in server.asked)
    assert first["tools"][0]["function"]["name"] == "add"
    result = second["messages"][-1]
    assert (result["role"], result["content"].splitlines()[-1]) == ("tool", "5")
    assert second["messages"][-2]["tool_calls"][0]["id"] == result["tool_call_id"]


def test_what_a_tool_shows_is_seen() -> None:
    """A picture that a tool brings reaches the mind after the tools' words."""
    tool = ScriptedTool("look", answer=lambda _: ToolResult("the screen", PNG))
    script = in_turn(calls(("look", {}), ("look", {"at": 1})), says("I see a mountain."))
    with minded(script, tool) as (server, agent, told):
        agent.take(wanted())
        told.ended()
    roles = [message["role"] for message in server.asked[1].json["messages"]]
    assert roles == ["system", "user", "assistant", "tool", "tool", "user"]
    assert "data:image/png;base64," in server.asked[1].texts


@pytest.mark.parametrize("wrong", [
    ("no_such_tool", {}), ("add", "[1, 2]"), ("add", "{"), ("add", ""), ("broken", {}),
])  # fmt: skip
def test_a_call_that_cannot_be_done_is_told_to_the_mind(wrong: tuple[str, object]) -> None:
    """Wrong names, wrong arguments and failing tools go back to the mind, which goes on."""

    def fail(_arguments: object) -> ToolResult:
        raise ToolError("the printer is on fire")

    name, arguments = wrong
    tools = [ScriptedTool("add"), ScriptedTool("broken", answer=fail)]
    call = {"index": 0, "id": "c", "function": {"name": name, "arguments": arguments}}
    first = Reply([delta(tool_calls=[call]), delta(finish="tool_calls"), DONE])
    with minded(in_turn(first, says("It cannot be done.")), *tools) as (server, agent, told):
        agent.take(wanted())
        assert told.ended() == [TaskState.DONE]
    result = server.asked[1].json["messages"][-1]["content"]
    assert ("This was not done" in result) == (arguments != "")


def test_the_mind_gets_the_whole_package() -> None:
    """Words with their times, what is on screen, open tasks, settings, sound and pictures."""
    with minded(says("Five.")) as (server, agent, told):
        agent.take(heard_and_seen())
        told.ended()
    content = server.asked[0].json["messages"][1]["content"]
    words = content[0]["text"]
    for part in ("20 s ago, user: two and three", "5 s ago, Aside: yes", "| Invoice 7",
                 "the weather", "language: en", "The request: add them up"):  # fmt: skip
        assert part in words
    kinds = [part["type"] for part in content]
    assert kinds.count("input_audio") == 1
    assert kinds.count("image_url") == 2


def test_a_mind_that_takes_less_gets_less() -> None:
    """Sound and pictures that are refused are left out, for later tasks at once."""

    def deaf_and_blind(asked: Asked) -> Reply:
        attached = "input_audio" in asked.texts or "image_url" in asked.texts
        return refuses(400, "unsupported content") if attached else says("Five, then.")

    with minded(deaf_and_blind) as (server, agent, told):
        agent.take(heard_and_seen())
        agent.confirm(told.until(Question).task.id, "add them up")
        assert told.ended() == [TaskState.DONE]
        before = len(server.asked)
        agent.take(heard_and_seen())
        agent.confirm(told.until(Question, 2).task.id, "add them up")
        told.ended(2)
        assert len(server.asked) == before + 1
    assert told.commentary() == ["Five, then."] * 2


@pytest.mark.parametrize("complaint", [
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    "registry/little:1b does not support tools",
])  # fmt: skip
def test_a_mind_that_takes_no_tools_gets_none(complaint: str) -> None:
    """A server that refuses them is asked without, and keeps sound and pictures; from then on it is
    asked like that at once."""

    def toolless(asked: Asked) -> Reply:
        return refuses(400, complaint) if asked.json.get("tools") else says("It is seven.")

    with minded(toolless, ScriptedTool()) as (server, agent, told):
        for count in (1, 2):
            agent.take(heard_and_seen("which invoice is this"))
            assert told.ended(count)[-1] is TaskState.DONE
    assert told.commentary() == ["It is seven."] * 2
    assert len(server.asked) == 3
    assert "input_audio" in server.asked[-1].texts
    assert "data:image" in server.asked[-1].texts


def test_who_cannot_hear_asks_what_was_meant() -> None:
    """A deaf mind gets a spoken request only after the user has said what it was."""
    with minded(says("Six."), mind={"senses": DEAF}) as (server, agent, told):
        agent.take(heard_and_seen("bad them up"))
        question = told.until(Question)
        assert question.understood == "bad them up"
        assert question.task.state is TaskState.ASKING
        assert server.asked == []
        agent.confirm(question.task.id, "add them up")
        assert told.ended() == [TaskState.DONE]
    assert "The request: add them up" in server.asked[0].json["messages"][1]["content"][0]["text"]


def test_who_cannot_hear_is_helped_by_a_recogniser() -> None:
    """With a transcription endpoint nobody is asked; the transcript is with the request."""

    def script(asked: Asked) -> Reply:
        if asked.path.endswith("/audio/transcriptions"):
            return Reply([b'{"text": "add them up"}'], headers={"content-type": "application/json"})
        return says("Five, then.")

    with minded(script, mind={"senses": DEAF, "transcriber": "ear"}) as (server, agent, told):
        agent.take(heard_and_seen("bad them up"))
        assert told.ended() == [TaskState.DONE]
    assert told.of(Question) == []
    assert "understood the last of the sound as: add them up" in server.asked[1].texts


def test_a_typed_request_needs_no_hearing() -> None:
    """What was typed is what was meant."""
    with minded(says("Five, then."), mind={"senses": DEAF}) as (_, agent, told):
        agent.take(wanted("add them up"))
        assert told.ended() == [TaskState.DONE]
    assert told.of(Question) == []


def test_an_answer_that_breaks_in_the_middle_is_not_asked_for_anew() -> None:
    """Where a word came, the sound was no hindrance: without it, the answer would be told again."""
    broken = Reply([delta(content="It will rain today. "), event(error={"message": "x"})])
    script = in_turn(broken, says("There will be rain today."))
    with minded(script) as (server, agent, told):
        agent.take(heard_and_seen())
        assert told.ended() == [TaskState.FAILED]
    assert told.commentary() == ["It will rain today.", sentences.FAULTS[Fault.FAILED]]
    assert len(server.asked) == 1


@pytest.mark.parametrize("script", [
    refuses(400), refuses(401), Reply([delta(content="So "), Cut()]), Reply([b"data: {\n\n"]),
])  # fmt: skip
def test_a_failing_mind_is_told_in_a_sentence(script: Reply) -> None:
    """Whatever goes wrong out there ends the task with one sentence of common words; what it was
    in full is for the card."""
    with minded(script) as (_, agent, told):
        agent.take(wanted())
        assert told.ended() == [TaskState.FAILED]
    (said,) = told.commentary()
    assert said in sentences.FAULTS.values()
    assert len(told.of(Progress)[-1].doing) > len(said)


def test_without_a_mind_what_needs_none_is_done() -> None:
    """The model's own acts become calls; what is more is declined in one sentence."""
    clock = ScriptedTool("tell_time", answer=lambda _: ToolResult("It is ten past nine."))
    timer = ScriptedTool("set_timer", answer=lambda _: ToolResult("okay"))
    with working(None, clock, timer) as (agent, told):
        for number, request in enumerate(
            ["clock", "timer twenty five minutes and ten seconds", "write a poem about the sea"]
        ):
            agent.take(wanted(request), direct=True)
            told.ended(number + 1)
    assert timer.called == [{"seconds": 1510.0}]
    assert told.commentary() == ["It is ten past nine.", "okay", NO_MIND]
    assert told.ended() == [TaskState.DONE, TaskState.DONE, TaskState.FAILED]


def test_a_circle_of_calls_is_ended() -> None:
    """A mind that wants the same thing for ever is stopped after a few times."""
    tool = ScriptedTool()
    with minded(calls(("add", {"of": [1]})), tool) as (_, agent, told):
        agent.take(wanted())
        assert told.ended() == [TaskState.FAILED]
    assert len(tool.called) == 3
    assert told.commentary()[-1] == sentences.IN_A_CIRCLE


@pytest.mark.parametrize(("budget", "word"), [
    (Budget(tool_calls=5), "tools"), (Budget(tokens=500), "tokens"), (Budget(money=0.01), "cost"),
    (Budget(money_a_day=0.01), "for today"), (Budget(time_s=0.3), "longer"),
])  # fmt: skip
def test_every_budget_ends_a_task(budget: Budget, word: str) -> None:
    """Calls, tokens, money, the day's money and time: each has an end, and it is said; what has run
    out is shown in full."""
    number = iter(range(1000))
    pace_s = 0.05 if word == "longer" else 0.0

    def endless(_asked: Asked) -> Reply:
        reply = calls(("add", {"of": [next(number)]}))
        return Reply(reply.steps, before_s=pace_s)

    prices = Prices(10.0, 10.0) if word in ("cost", "for today") else Prices()
    options = {"budget": budget, "mind": {"prices": prices}}
    tool = ScriptedTool()
    with minded(endless, tool, **options) as (server, agent, told):
        agent.take(wanted())
        assert told.ended() == [TaskState.FAILED]
    assert len(tool.called) <= budget.tool_calls
    assert told.commentary()[-1].startswith("I stopped") or word == "longer"
    assert word in told.of(Progress)[-1].doing
    assert len(server.asked) < 60


def test_the_days_money_outlives_the_task() -> None:
    """What one task has spent, the next cannot spend any more."""
    budget = Budget(money_a_day=0.001)
    with minded(
        says("Yes, it is.", tokens=(100, 100)), budget=budget, mind={"prices": Prices(10.0, 10.0)}
    ) as (_, agent, told):
        agent.take(wanted())
        agent.take(wanted())
        assert TaskState.DONE in told.ended(2)
        agent.take(wanted())
        assert told.ended(3)[-1] is TaskState.FAILED
    assert "today" in told.commentary()[-1]


def test_the_days_money_is_one_for_all_that_runs() -> None:
    """Tasks side by side spend from the same purse: no more than what is asked at that moment."""

    def asked_by(tasks: int) -> int:
        number = iter(range(10_000))

        def endless(_asked: Asked) -> Reply:
            return calls(("add", {"of": [next(number)]}))

        budget, prices = Budget(money_a_day=0.012, tool_calls=1000), {"prices": Prices(10.0, 10.0)}
        with minded(endless, ScriptedTool(), budget=budget, mind=prices) as (server, agent, told):
            for _ in range(tasks):
                agent.take(wanted())
            assert told.ended(tasks) == [TaskState.FAILED] * tasks
            return len(server.asked)

    alone = asked_by(1)
    assert alone > 6
    assert asked_by(4) <= alone + 3


@pytest.mark.parametrize("written", [
    {"content": "It will rain. " * 400}, {"reasoning_content": "Rain, or not? " * 400},
])  # fmt: skip
def test_an_answer_that_breaks_off_is_paid_for(written: dict[str, str]) -> None:
    """Money went for it, spoken or only thought: an endpoint that always cuts costs no more a day
    than one that does not."""
    broken = Reply([delta(**written), Cut()])
    prices = {"prices": Prices(10.0, 10.0)}
    with minded(broken, budget=Budget(money_a_day=0.01), mind=prices) as (server, agent, told):
        agent.take(wanted())
        agent.take(wanted())
        assert told.ended(2) == [TaskState.FAILED] * 2
        agent.take(wanted())
        told.ended(3)
        assert told.commentary()[-1] == sentences.TODAY_USED
    assert len(server.asked) == 2


def test_an_answer_that_goes_on_for_ever_is_ended() -> None:
    """Words without an end cost no more than the budget."""
    chatter = [delta(content="and " * 1000)] * 100
    with minded(Reply([*chatter, Stall()]), budget=Budget(tokens=5_000)) as (_, agent, told):
        agent.take(wanted())
        assert told.ended() == [TaskState.FAILED]
    assert told.commentary()[-1] == sentences.ENDLESS


def test_cancelling_leaves_nothing() -> None:
    """A cancelled task leaves no connection, no running tool, and says nothing more."""
    tool = ScriptedTool(takes_s=60.0)
    script = in_turn(calls(("add", {})), Reply([delta(content="Well, here it"), Stall()]))
    with minded(script, tool) as (server, agent, told):
        agent.take(wanted("in a tool"))
        told.wait(lambda: any(p.doing == tool.sentence for p in told.of(Progress)))
        agent.take(wanted("in an answer"))
        told.wait(lambda: len(server.asked) == 2)
        agent.cancel()
        agent.cancel(told.of(Progress)[0].task.id)
        assert told.ended(2) == [TaskState.CANCELLED] * 2
        assert tool.left == 0
        deadline = time.monotonic() + 10
        while server.open > 1 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert server.open <= 1  # at most the idle one that is kept for the next question
        threads = [t.name for t in threading.enumerate()]
    assert told.commentary() == []
    assert threads.count("background") == 1


def test_a_correction_overtakes_what_was_asked_before() -> None:
    """The old request's answer is not told; the new one's is, under the same task."""

    def script(asked: Asked) -> Reply:
        if "Oslo" in asked.texts:
            return says("Oslo is wet today.")
        return Reply([delta(content="Rome is"), 0.5, delta(content=" sunny today. "), Stall()])

    with minded(script) as (server, agent, told):
        agent.take(wanted("the weather in Rome"))
        task = told.until(Progress).task
        told.wait(lambda: bool(server.asked))
        agent.correct(wanted("in Oslo", open_tasks=("the weather in Rome", "tea")), task.id)
        assert told.ended() == [TaskState.DONE]
    assert told.commentary() == ["Oslo is wet today."]
    assert "The request: the weather in Rome. The user corrected this: in Oslo" in (
        server.asked[1].texts
    )
    assert "Open tasks:\\ntea\\n" in server.asked[1].texts
    assert told.of(Progress)[-1].task.generation == 2


def test_the_kill_switch_ends_everything() -> None:
    """Every task ends, and none begins until it is allowed again."""
    with minded(Reply([Stall()])) as (server, agent, told):
        for _ in range(5):
            agent.take(wanted())
        told.wait(lambda: len(server.asked) == 5)
        agent.kill()
        assert told.ended(5) == [TaskState.CANCELLED] * 5
        agent.take(wanted())
        assert told.ended(6)[-1] is TaskState.FAILED
        assert len(server.asked) == 5
        server.script = in_turn(says("Here I am again."))
        agent.revive()
        agent.take(wanted())
        assert told.ended(7)[-1] is TaskState.DONE


def test_a_delegation_is_taken_once() -> None:
    """The same delegation, told again after a reconnection, opens no second task."""
    with minded(says("It is done.")) as (server, agent, told):
        for _ in range(3):
            agent.take(wanted(), "delegation_1")
        told.ended()
        agent.take(wanted(), "delegation_2")
        told.ended(2)
    assert len(server.asked) == 2


def test_fifty_tasks_run_at_once() -> None:
    """Fifty tasks are all asked before the first is answered, and each gets its own answer."""
    allowed = threading.Event()

    def script(asked: Asked) -> Reply:
        request = asked.json["messages"][1]["content"].rsplit("request: ", 1)[1]
        return Reply([Until(allowed), *says(f"The answer is {request}.").steps])

    with minded(script) as (server, agent, told):
        for number in range(50):
            agent.take(wanted(str(number)), f"delegation_{number}")
        told.wait(lambda: len(server.asked) == 50)
        assert told.commentary() == []
        allowed.set()
        assert told.ended(50) == [TaskState.DONE] * 50
    said = {(o.update.delegation_id, o.update.text) for o in told.of(Offer)}
    assert said == {(f"delegation_{n}", f"The answer is {n}.") for n in range(50)}


def test_too_many_tasks_are_declined() -> None:
    """More than it can carry is declined in words, and what runs goes on."""
    with minded(Reply([Stall()])) as (server, agent, told):
        for _ in range(65):
            agent.take(wanted())
        assert told.ended() == [TaskState.FAILED]
        assert "too many" in told.commentary()[0]
        told.wait(lambda: len(server.asked) == 64)


def test_a_restart_keeps_results(tmp_path: Path) -> None:
    """What came but was taken in by no engine, and what was cut off, is told after a restart."""
    path = tmp_path / "tasks.sqlite3"
    script = in_turn(says("The first is done."), Reply([Stall()]))
    with minded(script, ledger=Ledger(path)) as (server, agent, told):
        agent.take(wanted("one"))
        told.ended()
        agent.take(wanted("two"))
        told.wait(lambda: len(server.asked) == 2)
    assert told.commentary() == ["The first is done."]
    with working(None, ledger=Ledger(path)) as (agent, told):
        told.until(Offer, 2)
        assert told.thinking() == ["The first is done."]
        (cut_off,) = told.commentary()
        assert "two" in cut_off
        for offer in told.of(Offer):
            agent.settle(offer.key)
    with working(None, ledger=Ledger(path)) as (_, told):
        time.sleep(0.1)
        assert told.of(Offer) == []


def test_a_disk_that_fills_up_meanwhile_is_told_once(tmp_path: Path) -> None:
    """The work goes on in memory, and somebody is told what to do about it."""
    ledger = Ledger(tmp_path / "tasks.sqlite3")
    with minded(says("x" * 9_000), ledger=ledger) as (_, agent, told):
        pages = ledger._file.rows("PRAGMA page_count")[0][0]
        ledger._file.rows(f"PRAGMA max_page_count = {pages}")
        for number in range(1, 4):
            agent.take(wanted(f"number {number} " + "y" * 20_000))
            assert told.ended(number)[-1] is TaskState.DONE
        [warned] = told.of(Warned)
    assert "make room" in warned.message


def test_a_damaged_file_costs_the_list_and_nothing_else(tmp_path: Path) -> None:
    """Damage that opening the file does not show: somebody is told, and tasks are done."""
    path = tmp_path / "tasks.sqlite3"
    before = Ledger(path)
    for number in range(60):
        before.open(f"task {number}")
    before.close()
    size = path.stat().st_size
    assert size > 8192
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"?" * (size - 4096))
    clock = ScriptedTool("tell_time", answer=lambda _: ToolResult("It is ten past nine."))
    with working(None, clock, ledger=Ledger(path)) as (agent, told):
        agent.take(wanted("clock"), direct=True)
        assert told.ended() == [TaskState.DONE]
        [warned] = told.of(Warned)
    assert "tasks.damaged" in warned.message
    assert (tmp_path / "tasks.damaged").stat().st_size == size
    assert told.commentary() == ["It is ten past nine."]


def test_a_background_that_cannot_begin_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody waits for it in vain, and the log quotes nothing."""

    def fail(_ledger: Ledger) -> None:
        raise RuntimeError("what was said")

    monkeypatch.setattr(Ledger, "recover", fail)
    with working(None) as (agent, told):
        agent.take(wanted())
        [warned] = told.of(Warned)
        assert not agent.busy
    assert "RuntimeError" in warned.message
    assert "RuntimeError" in caplog.text
    assert "what was said" not in warned.message + caplog.text


def test_old_tasks_are_forgotten(tmp_path: Path) -> None:
    """A week after it was opened, nothing of a task that is over is on the disk any more."""
    path = tmp_path / "tasks.sqlite3"
    for days_ago in (8, 6):
        ledger = Ledger(path, lambda days_ago=days_ago: time.time() - days_ago * 86_400)
        ledger.move(ledger.open(f"{days_ago} days ago"), TaskState.DONE)
        ledger.close()
    with working(None, ledger=Ledger(path)) as (agent, _):
        assert [task.request for task in agent.ledger.tasks()] == ["6 days ago"]


def test_another_mind_can_be_chosen_while_one_works() -> None:
    """What runs ends with the mind it began with; what comes later asks the new one."""
    slow = says("The old one says so.", pause_s=0.5)
    with mind_server(says("The new one says so.")) as new, minded(slow) as (old, agent, told):
        agent.take(wanted("one"))
        told.wait(lambda: bool(old.asked))
        agent.use(Endpoint(new.url, "tiny"))
        agent.take(wanted("two"))
        told.ended(2)
    assert sorted(told.commentary()) == ["The new one says so.", "The old one says so."]
