"""Speaking at a moment: when the clock, a cue or a tempo says so."""
