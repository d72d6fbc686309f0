"""Microphone and speaker: real devices on one side, 16 kHz micro-turns on the other. No Qt."""
