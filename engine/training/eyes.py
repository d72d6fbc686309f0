"""Eyes that have looked before they learn what to say of what they see.

A camera costs sixty tokens a second, and what happens before it is rare: told of by words alone,
the stem of the patches would hardly learn. So before the model is trained its stem looks at tens
of thousands of pictures of the training scenes by itself, and two small heads, which nobody keeps,
ask it for what is there: how a person stands, how many fingers a hand shows, and how every patch
looks from afar, which can be asked of any picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.microturn import Frame
from engine.model.config import ModelConfig
from engine.model.embeddings import PatchStem
from engine.model.interaction import SIGHTS
from engine.runtime.backend import Patches
from engine.runtime.looking import Looking
from engine.signal.patches import CAMERA_GRID
from engine.training.scenes import camera_show, screen_show
from engine.training.scenes.backdrop import picture
from engine.training.scenes.camera_show import CameraShow, Pose
from engine.training.scenes.hand_show import HandPose, HandShow

PICTURES, LR, WARM = 32, 2e-3, 100
PROBED, LEAST_SPREAD = 256, 1e-4
THUMBNAIL = 8  # pixels a side
_FINGERS = 6
_POSE = ("x", "down", "left", "right", "apart", "lying", "slump")
assert 1 + len(_POSE) + _FINGERS == SIGHTS
_TOKENS = CAMERA_GRID[0] * CAMERA_GRID[1]


@dataclass(frozen=True)
class Look:
    """A picture as the model is shown it. pose: (7,) float32, None where nobody is to be seen.
    fingers: 0 to 5, None where there is no telling."""

    patches: Patches
    pose: np.ndarray | None = None
    fingers: int | None = None


def some_look(rng: np.random.Generator) -> Look:
    """A person or a hand before a camera, a screen, or any picture."""
    chance = rng.random()
    if chance < 0.75:
        return telling_look(rng)
    if chance < 0.9:
        theme = str(rng.choice(screen_show.themes("train")))
        make = screen_show.MAKE[str(rng.choice(list(screen_show.MAKE)))]
        thing = make(theme, 5.0, rng)
        show = screen_show.ScreenShow(screen_show.desktop(theme, rng), [thing])
        return Look(_patches(Frame("screen", show.at(float(rng.uniform(0.0, 10.0))))))
    return Look(_patches(Frame("camera", picture(rng, (camera_show.WIDTH, camera_show.HEIGHT)))))


def telling_look(rng: np.random.Generator) -> Look:
    """A person or a hand, or the room without them: fingers can be counted."""
    return _somebody(rng) if rng.random() < 0.73 else hand_look(a_camera(rng), HandPose.any(rng))


def _somebody(rng: np.random.Generator) -> Look:
    one, other = _pose(rng), _pose(rng)
    pose = camera_show.between(one, other, float(rng.random())) if rng.random() < 0.4 else one
    if one.lying != other.lying:
        pose = one
    return person_look(a_camera(rng), pose)


def a_camera(rng: np.random.Generator) -> CameraShow:
    """Before which somebody is, in a room."""
    figure = str(rng.choice(camera_show.figures("train")))
    return CameraShow(figure, camera_show.room(rng), [], float(rng.uniform(0.7, 1.15)))


def person_look(camera: CameraShow, pose: Pose) -> Look:
    seen = -0.1 < pose.x < 1.1
    values = np.array([getattr(pose, name) for name in _POSE], np.float32) if seen else None
    return Look(_patches(Frame("camera", camera.look(pose))), values, 0)


def hand_look(camera: CameraShow, hand: HandPose) -> Look:
    """Their hand, held before that room."""
    show = HandShow(camera_show.FIGURES[camera.figure][0], camera.room, [(0.0, hand)])
    return Look(_patches(Frame("camera", show.at(0.0))), None, hand.fingers)


def _pose(rng: np.random.Generator) -> Pose:
    """Of those that people take in scenes, and all between."""
    chance, x = rng.random(), float(rng.uniform(0.3, 0.7))
    if chance < 0.15:
        return Pose(x=float(rng.uniform(-0.5, 1.5)))
    if chance < 0.25:
        return Pose(x=x, lying=1.0, down=float(rng.random()))
    arms = [float(v) for v in np.where(rng.random(2) < 0.5, 0.05, rng.uniform(0.0, 1.0, 2))]
    pose = Pose(x=x, left=arms[0], right=arms[1])
    if chance < 0.5:
        return pose
    if chance < 0.65:
        return replace(pose, apart=float(rng.random()))
    down = 0.85 if rng.random() < 0.5 else float(rng.random())
    return replace(pose, down=down, slump=float(rng.random()) if chance > 0.8 else 0.0)


def _patches(frame: Frame) -> Patches:
    """As the first micro-turn of a session is shown a picture."""
    camera, screen = (frame, None) if frame.source == "camera" else (None, frame)
    found, _ = Looking().see(camera, screen, 0)
    assert found is not None
    return found


class _Asked(nn.Module):
    """What the stem is asked of its tokens."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.whole = nn.Sequential(
            nn.Linear(_TOKENS * width, 256), nn.GELU(), nn.Linear(256, SIGHTS)
        )
        self.each = nn.Linear(width, 3 * THUMBNAIL**2)

    def forward(self, tokens: Tensor, looks: list[Look], pixels: Tensor) -> Tensor:
        """tokens: (N, width) of all looks in turn; pixels: (N, 3, 40, 40). Returns the loss."""
        width = tokens.shape[1]
        tokens = F.rms_norm(tokens, (width,))
        thumbnails = F.adaptive_avg_pool2d(pixels, THUMBNAIL).flatten(1)
        loss = F.mse_loss(self.each(tokens), thumbnails)
        parts = torch.split(tokens, [len(look.patches.row) for look in looks])
        asked = [i for i, look in enumerate(looks) if look.fingers is not None]
        told = self.whole(torch.stack([parts[i].flatten() for i in asked]))
        return loss + told_loss(told, [looks[i] for i in asked])


def told_loss(told: Tensor, looks: list[Look]) -> Tensor:
    """Of what is told of pictures in which fingers can be counted. told: (N, SIGHTS)."""
    # Chosen by index, not by mask: a device would be waited for to count one.
    fingers = torch.tensor([look.fingers for look in looks]).to(told.device)
    loss = 0.1 * F.cross_entropy(told[:, -_FINGERS:], fingers)
    people = [index for index, look in enumerate(looks) if look.fingers == 0]
    if people:
        there = torch.tensor([float(looks[index].pose is not None) for index in people])
        asked = told[torch.tensor(people).to(told.device), 0]
        loss = loss + 0.1 * F.binary_cross_entropy_with_logits(asked, there.to(told.device))
    poses = {index: look.pose for index, look in enumerate(looks) if look.pose is not None}
    if not poses:
        return loss
    truth = torch.from_numpy(np.stack(list(poses.values()))).to(told.device)
    return loss + F.mse_loss(
        told[torch.tensor(list(poses)).to(told.device), 1 : 1 + len(_POSE)], truth
    )


def learn_to_see(
    stem: PatchStem, config: ModelConfig, minutes: float, seed: int,
    watch: Callable[[float, float], None] = lambda share, loss: None,
) -> None:  # fmt: skip
    """Trains the stem in place, where it lies. watch: told the share of the time and the loss.

    Its tokens end as large as they were, for the trunk has settled on that, and all of that size is
    what tells one patch from another: its place and what it shows.
    """
    rng = np.random.default_rng([seed, 7])
    probe = [some_look(np.random.default_rng([seed, 8, index])) for index in range(PICTURES)]
    size = _size(stem, probe)
    asked = _Asked(config.width).to(stem.row.device)
    parameters = [*stem.parameters(), *asked.parameters()]
    optimiser = torch.optim.AdamW(parameters, LR, betas=(0.9, 0.98), weight_decay=0.01)
    begun, step, share = monotonic(), 0, 0.0
    while share < 1.0:
        looks = [some_look(rng) for _ in range(PICTURES)]
        pixels, row, column = (part.to(stem.row.device) for part in _joined(looks))
        loss = asked(stem(pixels, row, column), looks, pixels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        for group in optimiser.param_groups:
            group["lr"] = LR * min(1.0, (step + 1) / WARM) * max(0.01, 1.0 - share)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        share = min(1.0, (monotonic() - begun) / (minutes * 60))
        watch(share, float(loss.detach()))
    with torch.no_grad():
        scale = size / _size(stem, probe)
        for part in (stem.row, stem.column):
            part.mul_(scale)
    even_out(stem, size, [some_look(rng) for _ in range(PROBED)])


@torch.no_grad()
def even_out(stem: PatchStem, size: float, looks: list[Look]) -> None:
    """Moves and turns what the stem makes of patches so that nothing of it is the same in all of
    them, and its rarer differences show: each counts by the square root of what it did.

    As trained for its heads, nine tenths of what it made (squared) were one constant, and of the
    rest two directions in 256 had two thirds: a trunk that begins with that looked at nothing.
    size: of the tokens then, root mean square, of which their place has its share.
    """
    pixels, row, column = (part.to(stem.row.device) for part in _joined(looks))
    place = stem.row[row] + stem.column[column]
    size = max(size**2 - float(place.square().mean()), 0.0) ** 0.5
    found = stem(pixels, row, column) - place
    mean = found.mean(0)
    spread, turned = torch.linalg.eigh(torch.cov((found - mean).T.double()))
    least = spread.max() * LEAST_SPREAD
    evened = turned @ torch.diag(spread.clamp(min=least) ** -0.25) @ turned.T
    grown = (found - mean).double() @ evened
    evened = (evened * size / grown.square().mean().sqrt()).to(mean.dtype)
    stem.third.weight.copy_(torch.einsum("ij,jkhw->ikhw", evened, stem.third.weight))
    assert stem.third.bias is not None
    stem.third.bias.copy_(evened @ (stem.third.bias - mean))


def _joined(looks: list[Look]) -> tuple[Tensor, Tensor, Tensor]:
    parts = [look.patches for look in looks]
    pixels = torch.from_numpy(np.concatenate([part.pixels for part in parts])).float()
    row, column = (
        torch.from_numpy(np.concatenate([getattr(part, name) for part in parts])).long()
        for name in ("row", "column")
    )
    return pixels, row, column


@torch.no_grad()
def _size(stem: PatchStem, looks: list[Look]) -> float:
    tokens = stem(*(part.to(stem.row.device) for part in _joined(looks)))
    return float(tokens.square().mean().sqrt())
