"""Advances sessions one micro-turn at a time. The default path needs no torch."""

from engine.model.checkpoint import CheckpointError
from engine.runtime.computing import ComputeError, Computing
from engine.runtime.loading import LoadedEngine, load, shipped

__all__ = ["CheckpointError", "ComputeError", "Computing", "LoadedEngine", "load", "shipped"]
