"""Screens by Tk, which only judges: what is drawn, when it changes, and what a person types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from engine.evaluation.command import main
from engine.evaluation.seeing import tk_show, tk_things
from engine.evaluation.seeing.tk_show import TkShow
from engine.evaluation.skills import TOOLKITS, Repertoire
from engine.training.scenes.sight_phrases import SCREEN_SAYS
from engine.training.scenes.stage import Scene

pytestmark = pytest.mark.timeout(240)
ROOT = Path(__file__).resolve().parents[1]
drawing = pytest.mark.skipif(
    find_spec("_tkinter") is None, reason="Python's tkinter is missing: sudo apt install python3-tk"
)
KINDS = sorted(tk_things.MAKE)


def show(kind: str, seed: int = 3) -> TkShow:
    return TkShow("steel", (tk_things.thing(kind, 9.0, len(kind)),), seed)


def changed(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the pixels that differ."""
    rows, columns = np.nonzero((before != after).any(axis=2))
    return rows, columns


def share_within(box: Sequence[int], rows: np.ndarray, columns: np.ndarray) -> float:
    left, top, right, bottom = box
    there = (rows >= top) & (rows < bottom) & (columns >= left) & (columns < right)
    return float(there.mean())


@drawing
@pytest.mark.parametrize("kind", KINDS)
def test_tk_draws_what_is_waited_for(kind: str) -> None:
    """What happens is seen on the micro-turn in which it happens, where it is said to be."""
    drawn = show(kind)
    before, at, after = drawn.at(8.9), drawn.at(9.2), drawn.at(12.0)
    assert before.shape == (360, 640, 3)
    assert len(changed(before, at)[0]) > 20
    assert share_within(drawn.things[0].box, *changed(before, after)) > (
        0.1 if kind == "move" else 0.999
    )
    assert (drawn.at(8.9) == before).all()


@drawing
@pytest.mark.parametrize("kind", ["light", "dialog", "move"])
def test_nothing_is_seen_before_it_happens(kind: str) -> None:
    """What only happens at its time looks the same until then."""
    drawn = show(kind)
    assert (drawn.at(0.0) == drawn.at(8.9)).all()


@drawing
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "move"])
def test_nothing_stands_before_what_is_waited_for(kind: str) -> None:
    """Another thing may happen at its place; what is waited for is in front all the same."""
    waited = tk_things.thing(kind, 9.0, 5)
    alone = TkShow("plum", (waited,), 8).at(9.5)
    left, top, right, bottom = waited.box
    for other in ("bar", "light", "build", "move"):
        beside = TkShow("plum", (tk_things.thing(other, 4.0, 5), waited), 8).at(9.5)
        same = (alone == beside).all(axis=2)[top + 2 : bottom - 2, left + 2 : right - 2]
        assert same.all(), other


@drawing
def test_pictures_depend_on_nothing_that_was_drawn_before() -> None:
    """The same desktop is the same to the pixel after another in another theme of ttk's."""
    first = [show("build", seed).at(9.5) for seed in range(6)]
    again = [show("build", seed).at(9.5) for seed in reversed(range(6))]
    for one, other in zip(first, reversed(again), strict=True):
        assert (one == other).all()
    assert any((first[0] != one).any() for one in first[1:])


@drawing
def test_nothing_needs_or_reaches_the_user_s_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """The painter is given no display, draws all the same, and its server ends with it."""
    monkeypatch.setenv("DISPLAY", ":nowhere")
    code = (
        "from engine.evaluation.seeing.tk_show import TK, _painter\n"
        "import os\n"
        "print(TK.show('plum', (TK.thing('bar', 9.0, 1),), 1).at(3.0).std() > 1)\n"
        "print(_painter(os.getpid())._process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    drawn, painter = done.stdout.split()
    assert drawn == "True"
    ends = time.monotonic() + 60
    while Path(f"/proc/{painter}").exists() and time.monotonic() < ends:
        time.sleep(0.1)
    assert not Path(f"/proc/{painter}").exists()


@pytest.mark.parametrize("missing", ["xvfb", "python3-tk"])
def test_what_is_missing_is_said(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without Xvfb or tkinter one line says what to install, before anything is played."""
    if missing == "xvfb":
        monkeypatch.setenv("PATH", os.devnull)
    else:
        monkeypatch.setitem(sys.modules, "_tkinter", None)
    assert main(["sight", "--toolkit", "tk", "--scenes", "1"]) == 1
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert f"sudo apt install {missing}\n" in printed.err
    assert printed.out == ""


@drawing
def test_a_painter_that_ends_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture, no figure: the scene is not judged on what nobody saw."""
    monkeypatch.setattr(tk_show, "PAINTER", "engine.evaluation.seeing")
    painter = tk_show._painter.__wrapped__(os.getpid())
    with pytest.raises(tk_show.ToolkitError, match="has ended"):
        painter.paint((("plum", (), 0), ()))


def test_scenes_are_fixed_and_by_tk_alone() -> None:
    """(seed, skill, index) alone decide; all screens of the five skills are Tk's."""
    repertoire = Repertoire(toolkit="tk")
    assert repertoire.skills("sight") == list(SCREEN_SAYS)

    def screens(scene: Scene) -> list[TkShow]:
        return [one for one in scene.shows if isinstance(one, TkShow)]

    for skill in TOOLKITS["tk"]:
        one, other = repertoire.scene(0, skill, 1), Repertoire(toolkit="tk").scene(0, skill, 1)
        assert len(screens(one)) == len(one.shows) == 1
        assert screens(one)[0].things == screens(other)[0].things
        assert one.expects == other.expects
        assert screens(repertoire.scene(0, skill, 2))[0].things != screens(one)[0].things


@drawing
def test_figures_are_rows_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The option gives figures of a suite of its own, which say whose the screens are and replace
    none of the suite `sight`."""
    asked = ["sight", "--toolkit", "tk", "--scenes", "1", "--skills", "light", "--json"]
    assert main([*asked, "--out", str(tmp_path)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(line["suite"], line["skill"]) for line in found} == {("sight_tk", "light")}
    assert {line["composed_of"] for line in found} == {"screens by Tk, which training never meets"}
    assert {"aside", "silent"} <= {line["system"] for line in found if line["what"] == "right"}
    assert (tmp_path / "sight_tk.jsonl").exists()
    assert not (tmp_path / "sight.jsonl").exists()
