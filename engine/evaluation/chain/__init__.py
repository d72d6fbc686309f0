"""Scenes with tools, played through the real background: acts, results, and their telling."""
