"""From a checkpoint directory to an engine that opens sessions."""

from __future__ import annotations

from pathlib import Path

from engine.model.checkpoint import WEIGHTS, load_checkpoint, unusable
from engine.model.tokenizer import Tokenizer
from engine.runtime.backend import Backend
from engine.runtime.reading import readable
from engine.runtime.session import ModelSession
from engine.runtime.voice import VoiceMaker


def shipped() -> Path:
    """The checkpoint that comes with Aside."""
    return Path(__file__).parents[2] / "assets" / "nano"


class LoadedEngine:
    """Implements engine.microturn.Engine. Sessions share the weights and nothing else."""

    def __init__(self, name: str, backend: Backend, tokenizer: Tokenizer, voice: VoiceMaker):
        self.name, self.backend, self.tokenizer, self.voice = name, backend, tokenizer, voice

    def session(self, seed: int = 0) -> ModelSession:
        return ModelSession(self.backend, self.tokenizer, self.voice, seed)

    @property
    def sees(self) -> tuple[str, ...]:
        return tuple(self.backend.config.sees.split())

    def count_tokens(self, text: str) -> int:
        return len(self.tokenizer.encode(readable(text)))


def load(checkpoint: Path | None = None, backend: str = "onnx") -> LoadedEngine:
    """Load a checkpoint directory; None is the shipped one. backend: "onnx" or "torch".

    Raises CheckpointError, with what to do, when it is missing, damaged or incomplete.
    """
    loaded = load_checkpoint(checkpoint or shipped())
    try:
        voice = VoiceMaker(loaded.weights)
        if backend == "torch":
            from engine.runtime.torch_backend import TorchBackend as Chosen
        else:
            from engine.runtime.onnx_backend import OnnxBackend as Chosen  # type: ignore[assignment]
        return LoadedEngine(loaded.config.name, Chosen(loaded), loaded.tokenizer, voice)
    except (KeyError, ValueError) as error:
        raise unusable(loaded.directory / WEIGHTS, error) from error
