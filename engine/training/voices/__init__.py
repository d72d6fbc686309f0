"""Synthetic voices: text in, sound with the time of every word out."""

from engine.training.voices.clip import Clip, Voice, VoiceError, Word
from engine.training.voices.roster import own_voice, roster

__all__ = ["Clip", "Voice", "VoiceError", "Word", "own_voice", "roster"]
