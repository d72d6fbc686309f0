"""What people ask Aside to watch, and what it says when it sees it."""

from __future__ import annotations

SIGHT_TEMPLATES: dict[str, list[str]] = {
    "bar": ["tell me when the bar is full", "let me know when the bar is full",
        "say when the progress bar is full", "watch the bar and tell me when it is full"],
    "light": ["tell me when the light turns red", "let me know when the light is red",
        "watch the light and tell me when it turns red", "say when the lamp turns red"],
    "dialog": ["tell me when a dialog pops up", "let me know when a dialog comes up",
        "say when a window pops up", "watch out for a dialog"],
    "build": ["tell me when the build is done", "let me know when the build is done",
        "say when the build has finished", "watch the build and tell me when it is done"],
    "move": ["tell me when something moves", "let me know when something moves",
        "say when something moves", "watch my screen and tell me when something moves"],
    "region": ["tell me when something moves {p}", "let me know when something moves {p}",
        "say when something moves {p}"],
    "somebody": ["tell me when somebody comes in", "let me know when somebody comes in",
        "say when somebody comes or goes", "watch the door for me"],
    "hand": ["tell me when i raise my hand", "say when i raise a hand",
        "let me know when i hold up a hand", "watch my hand"],
    "stand": ["say start when i stand up and stop when i sit down",
        "when i stand up say start and when i sit down say stop",
        "please say start when i stand up and stop when i sit down"],
    "reps": ["count my {e}", "please count my {e}", "can you count my {e}", "count the {e} i do",
        "i will do some {e} count them"],
    "wave": ["tell me when somebody waves", "let me know when somebody waves at me",
        "say when somebody waves", "tell me when you see me wave"],
    "slouch": ["tell me when i slouch", "watch my posture", "let me know when i sit badly",
        "say when i slouch"],
    "fingers": ["how many fingers do i hold up", "how many fingers can you see",
        "count my fingers", "tell me how many fingers i hold up"],
}  # fmt: skip
SCREEN_SAYS = {
    "bar": "the bar is full",
    "light": "the light is red",
    "dialog": "a dialog has come up",
    "build": "the build is done",
    "move": "something moves",
}
# What is to be watched, and where it lies on the screen: left, top, right, bottom in percent.
PLACES = {
    "on the left": (2, 15, 28, 85), "on the right": (72, 15, 98, 85),
    "at the top": (30, 4, 70, 30), "at the bottom": (30, 70, 70, 94),
}
CAME, WENT, HAND = "somebody has come in", "they have left", "i see your hand"
WAVES, SLOUCHES = "somebody waves", "sit up straight"
# What it notes for itself of what it sees.
SCREEN_NOTES = {"bar": "full", "light": "red", "dialog": "dialog", "build": "done", "move": "moves"}
NOBODY, SOMEBODY, UP, DOWN, WAVING = "nobody", "somebody", "hand", "no hand", "waves"
SITS, STANDS, STRAIGHT, BENT, THERE, BACK = "sits", "stands", "straight", "bent", "there", "back"
EXERCISES = ("squats", "jumping jacks", "push ups")
