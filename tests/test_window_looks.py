"""The windows look as they were drawn: compared with the pictures in tests/pictures.

After a change that is meant: `python -m tests.test_window_looks` draws them anew. Look at each.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "tests" / "pictures"
DENSITIES = (1, 2)
LOOKS = ("panel", "bar", "pill", "card", "guide", "settings")
# Edges of letters differ a little from one renderer to the next; more than this is another look.
VISIBLE, SHARE = 48, 0.0005


def draw(folder: Path, density: int) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": str(density), "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "tests.looks_picture", str(folder)], cwd=ROOT, env=environment,
        check=True, timeout=100, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 1x and 2x in it; skips where letters have other shapes than in ours."""
    folder = tmp_path_factory.mktemp("looks")
    for density in DENSITIES:
        draw(folder / f"{density}x", density)
        face = (folder / f"{density}x" / "font.txt").read_text()
        ours = (PICTURES / f"{density}x" / "font.txt").read_text()
        if face != ours:
            pytest.skip(f"the pictures are set in {ours}; the best face here is {face}")
    return folder


def differing(found: Path, wanted: Path, into: Path) -> float:
    """The share of pixels that visibly differ; where some do, `into` shows them in red."""
    pictures = [np.asarray(Image.open(one).convert("RGBA"), np.int16) for one in (found, wanted)]
    if pictures[0].shape != pictures[1].shape:
        Image.open(found).save(into)
        return 1.0
    apart = np.abs(pictures[0] - pictures[1]).max(axis=2) > VISIBLE
    if apart.any():
        shown = pictures[0].astype(np.uint8)
        shown[apart] = (255, 0, 0, 255)
        Image.fromarray(shown).save(into)
    return float(apart.mean())


@pytest.mark.parametrize("density", DENSITIES)
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("look", LOOKS)
def test_it_looks_as_it_was_drawn(
    drawn: Path, tmp_path: Path, look: str, theme: str, density: int
) -> None:
    """No letter, icon, colour or distance has moved without somebody meaning it."""
    name = Path(f"{density}x") / f"{look}-{theme}.png"
    difference = tmp_path / f"{look}-{theme}-{density}x-difference.png"
    share = differing(drawn / name, PICTURES / name, difference)
    assert share <= SHARE, f"{share:.2%} of {name} differs: see {difference}"


def test_a_small_change_is_seen(drawn: Path, tmp_path: Path) -> None:
    """A lamp that goes out in the pill is a difference, and the picture of it is saved."""
    path = drawn / "1x" / "pill-dark.png"
    with Image.open(path) as picture:
        changed = picture.convert("RGBA")
    pixels = np.array(changed)
    lit = (np.abs(pixels[:, :, :3].astype(int) - (0x5F, 0xE0, 0x8F)).max(axis=2)) < 12
    assert lit.any()
    pixels[lit] = (20, 21, 25, 255)
    Image.fromarray(pixels).save(tmp_path / "changed.png")
    assert differing(tmp_path / "changed.png", path, tmp_path / "difference.png") > SHARE
    assert (tmp_path / "difference.png").exists()


if __name__ == "__main__":
    for number in DENSITIES:
        draw(PICTURES / f"{number}x", number)
