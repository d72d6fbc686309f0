"""From a checkpoint directory to an engine that opens sessions."""

from __future__ import annotations

from pathlib import Path

from engine.model.checkpoint import WEIGHTS, Checkpoint, load_checkpoint, unusable
from engine.model.tokenizer import Tokenizer
from engine.runtime.backend import Backend
from engine.runtime.computing import Computing, asked
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
    def computes(self) -> str:
        """Who computes it, on what, in which precision."""
        return self.backend.name

    @property
    def sees(self) -> tuple[str, ...]:
        return tuple(self.backend.config.sees.split())

    def count_tokens(self, text: str) -> int:
        return len(self.tokenizer.encode(readable(text)))


def load(checkpoint: Path | None = None, computing: Computing | None = None) -> LoadedEngine:
    """Load a checkpoint directory; None is the shipped one. computing: None, as `asked`.

    Raises CheckpointError, with what to do, when it is missing, damaged or incomplete, or cannot
    be computed as it was asked for.
    """
    computing = (computing or asked()).chosen()
    loaded = load_checkpoint(checkpoint or shipped())
    try:
        voice, backend = VoiceMaker(loaded.weights), _backend(loaded, computing)
    except (KeyError, ValueError) as error:
        raise unusable(loaded.directory / WEIGHTS, error) from error
    return LoadedEngine(loaded.config.name, backend, loaded.tokenizer, voice)


def _backend(loaded: Checkpoint, computing: Computing) -> Backend:
    if computing.backend == "torch":
        from engine.runtime.torch_batched import from_checkpoint

        return from_checkpoint(loaded, computing)
    from engine.runtime.onnx_backend import OnnxBackend

    return OnnxBackend(loaded, computing.device, computing.precision)
