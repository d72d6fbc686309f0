"""The report: every figure of a folder on one page that needs nothing else."""

from __future__ import annotations

import json
import xml.dom.minidom
from pathlib import Path

import pytest

from engine.evaluation.report.meanings import meaning
from engine.evaluation.report.page import page, text
from engine.evaluation.suites import main

pytestmark = pytest.mark.timeout(60)


def row(what: str, value: float, system: str = "aside", **more: object) -> dict:
    return {
        "suite": "turns", "skill": "own", "system": system, "what": what, "n": 40,
        "cases": "turns", "value": value, "low": 0.8 * value, "high": 1.2 * value,
        "weights": "0123456789ab", **more,
    }  # fmt: skip


ROWS = [
    row("false_cutoffs", 0.126, labels="rules <of ours>"),
    row("false_cutoffs", 0.4, "energy gate"),
    row("latency_median_s", 0.42),
    row("false_cutoffs_at_0.3_s", 0.2, curve=[[0.2, 0.4], [0.5, 0.1]]),
]


def test_every_figure_stands_on_the_page(tmp_path: Path) -> None:
    """Values with n, the baselines, the rules that label, the weights and the trade-off."""
    (tmp_path / "turns.jsonl").write_text("".join(json.dumps(one) + "\n" for one in ROWS))
    (tmp_path / "turns.trials.jsonl").write_text('{"trial": "no figure"}\n')
    assert main(["report", str(tmp_path)]) == 0
    html = (tmp_path / "report.html").read_text("utf-8")
    for wanted in ("12.6 %", "40 %", "0.42 s", "n 40", "energy gate", "0123456789ab", "polyline",
                   "rules &lt;of ours&gt;", "low is good"):  # fmt: skip
        assert wanted in html


def test_the_page_needs_nothing_else() -> None:
    """No script, no link and no address: it can be read anywhere, and tells nobody."""
    html = page(ROWS)
    assert not any(word in html for word in ("http", "<script", "<link", "src=", "@import"))


def test_drawings_are_well_formed() -> None:
    """Every drawing is XML; a bar's length is its share, and its doubt lies around it."""
    html = page(ROWS)
    drawings = [part.split("</svg>")[0] + "</svg>" for part in html.split("<svg")[1:]]
    assert len(drawings) == 4
    trees = [xml.dom.minidom.parseString("<svg" + drawing) for drawing in drawings]
    first = trees[0].getElementsByTagName("rect")[0]
    line = trees[0].getElementsByTagName("line")[0]
    assert float(first.getAttribute("width")) == pytest.approx(0.126 * 300, abs=0.1)
    end = float(first.getAttribute("x")) + float(first.getAttribute("width"))
    assert float(line.getAttribute("x1")) < end < float(line.getAttribute("x2"))


@pytest.mark.parametrize(("value", "unit", "shown"), [
    (0.1234, "share", "12.3 %"), (0.456, "seconds", "0.46 s"), (25.0, "points", "25"),
    (3.456, "number", "3.46"),
])  # fmt: skip
def test_values_are_read_by_people(value: float, unit: str, shown: str) -> None:
    """Shares in percent, times in seconds."""
    assert text(value, unit) == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(("what", "unit"), [
    ("something_new_s", "seconds"), ("things_per_hour", "number"), ("new_share", "share"),
])  # fmt: skip
def test_a_measure_nobody_described_still_has_its_unit(what: str, unit: str) -> None:
    """By the end of its name."""
    assert meaning(what).unit == unit


def test_a_folder_without_figures_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What to do is told, and no page is written; --report means the same."""
    assert main(["--report", str(tmp_path)]) == 1
    assert "--out" in capsys.readouterr().err
    (tmp_path / "turns.jsonl").write_text("{}\n")
    assert main(["report", str(tmp_path)]) == 1
    assert not list(tmp_path.glob("*.html"))


def test_aims_are_drawn() -> None:
    """Where something is aimed at, the caption says it and a line marks it."""
    html = page([row("right", 0.5) | {"suite": "timespeak", "skill": "all"}])
    assert "aimed at: at least 90 %" in html
    assert f"M{130 + 0.9 * 300:.1f} 0" in html
    assert 'class="aim"' not in page(ROWS)
