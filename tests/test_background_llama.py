"""The same client against a real inference server: llama.cpp, with weights made for the test."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from engine.background import mind_command
from engine.background.endpoint import Endpoint
from engine.background.mind_settings import MindSettings
from engine.background.probe import models
from engine.background.task import TaskState
from engine.background.told import Question
from tests.background import ScriptedTool, heard_and_seen, wanted, working
from tests.test_background_mind import answer, text

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(
        find_spec("xllamacpp") is None or find_spec("gguf") is None,
        reason="llama.cpp's server is not installed: pip install xllamacpp gguf",
    ),
]
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("llama")
    command = [sys.executable, "-m", "tests.llama_server", str(folder)]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http"), (folder / "log").read_text()
        yield address
        process.kill()


def test_its_answer_streams(url: str) -> None:
    """Words come in several pieces, with a count of tokens and an end."""
    pieces = answer(url)
    kinds = [type(piece).__name__ for piece in pieces]
    assert kinds.count("Text") > 1
    assert {"Usage", "Finished"} <= set(kinds)
    assert text(pieces)


def test_it_is_found_by_what_it_answers(url: str) -> None:
    """Its list of models is read."""
    assert len(asyncio.run(models(url)) or ()) == 1


def test_what_it_can_is_found_out(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It answers, and neither hears nor sees: its refusals are understood as such."""
    MindSettings(url, "tiny").save()
    assert mind_command.main(["test", "--json"]) == 0
    checks = {row["check"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert checks["answers"]["ok"]
    assert not checks["hears"]["ok"]
    assert not checks["sees"]["ok"]


def test_a_whole_task_runs_on_it(url: str) -> None:
    """Sound and pictures are left out when it refuses them, tools are described, and it ends."""
    with working(url, ScriptedTool()) as (agent, told):
        agent.take(heard_and_seen())
        agent.confirm(told.until(Question).task.id, "add them up")
        assert told.ended() == [TaskState.DONE]
        assert told.commentary() + told.thinking()


def test_several_tasks_share_it(url: str) -> None:
    """More tasks than it has slots all get their answers."""
    with working(url) as (agent, told):
        for number in range(5):
            agent.take(wanted(f"say {number}"))
        assert told.ended(5) == [TaskState.DONE] * 5


def test_a_cancelled_task_frees_it(url: str) -> None:
    """After tasks were cancelled in the middle, the next one is answered."""
    with working(url) as (agent, told):
        for _ in range(4):
            agent.take(wanted("count"))
        agent.cancel_all()
        told.ended(4)
        agent.use(Endpoint(url, "tiny"))
        agent.take(wanted("say yes"))
        assert told.ended(5)[-1] is TaskState.DONE
