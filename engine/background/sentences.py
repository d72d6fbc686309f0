"""What the background has to say of itself and of its tools, in short sentences of common words.

They are spoken by a small model that learned to read such words; training takes them from here, so
that what is practised is what is said. Each is a pattern: `phrase` fills it in, and a window says
it in the user's language. Imports nothing but that, so that training loads no tool.
"""

from __future__ import annotations

from engine.background.faults import Fault
from engine.background.phrase import later

# About itself.
NO_MIND = later("I cannot do that alone, choose who thinks for me in the settings.")
KILLED = later("You told me to stop, so I do nothing until you let me.")
TOO_MANY = later("I have too many things to do, ask me again later.")
BROKE = later("Something went wrong, so I stopped.")
SLOW = later("That took too long, so I stopped.")
CUT_OFF = later("I was cut off before I was done.")
CUT_OFF_FROM = later("I was cut off before this was done: {request}.")
DENIED = later("I did not do that. {why}")
NOT_HERE = later("I cannot do that here.")

# Why it was not allowed.
SAID_NO = later("You said no.")
SAID_NO_BEFORE = later("You said no before.")
UNWANTED = later("You do not want that.")
WAITING = later("Too many questions were waiting for you.")
NO_ANSWER = later("Nobody answered in time.")
WRONG_ANSWER = later("I got no right answer.")
NOT_ASKED = later("I could not ask you.")

# About who thinks for it; what it was in full is shown.
FAULTS: dict[Fault, str] = {
    Fault.UNREACHABLE: later("What thinks for me does not answer."),
    Fault.STALLED: later("I waited too long for an answer."),
    Fault.BUSY: later("What thinks for me is busy, ask me again later."),
    Fault.REFUSED: later("What thinks for me did not take my question."),
    Fault.FAILED: later("What thinks for me failed, so I have no answer."),
    Fault.GARBLED: later("I got an answer that I cannot read."),
    Fault.CUT: later("The answer broke off before its end."),
    Fault.SHUT: later("I was not let in, look at the key in the settings."),
}

# What it may cost.
TOKENS_USED = later("I stopped, that was getting too long.")
MONEY_USED = later("I stopped, that has cost enough.")
TODAY_USED = later("I stopped, the money for today is used up.")
ENDLESS = later("I stopped, the answer had no end.")
CALLS_USED = later("I stopped, those were too many steps.")
IN_A_CIRCLE = later("I stopped, it went round and round.")

# What an act says too little about.
WORK_OUT_WHAT = later("Tell me what to work out, such as twelve times seven.")
HOW_LONG = later("Tell me how long, such as ten minutes.")
WRITE_WHAT = later("Tell me what to write down.")
OPEN_WHAT = later("Tell me what to open.")
SEARCH_WHAT = later("Tell me what to search for.")

# Arithmetic and units.
RESULT = later("That is {number}.")
ABOUT = later("That is about {number}.")
BY_ZERO = later("That divides by zero.")
NO_SUM = later("I cannot work that out, give it to me in numbers.")
NO_VALUE = later("That has no answer that I can work out.")
TOO_BIG = later("That number is too big to write down.")
SUM_TOO_LONG = later("That is too long, give it to me in parts.")

# Clock, timers and reminders.
TIME = later("It is {time}.")
TIME_THERE = later("It is {time} in {place}.")
TIMER_RUNS = later("A timer of {length} is running.")
REMINDER_SET = later("A reminder is set for {when}.")
TIMER_OFF = later("The timer is off.")
REMINDER_OFF = later("The reminder is off.")
TIME_IS_UP = later("Time is up.")
RINGS: dict[str, str] = {
    "timer": later("Time is up: {label}."),
    "reminder": later("Remember: {label}."),
}
LATE = later("{ring} It was due at {time} on {day}, I was not there.")
DAYS = (
    later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"),
    later("Saturday"), later("Sunday"),
)  # fmt: skip
NO_TIMERS = later("You have no timers.")
ONE_TIMER = later("One timer")
ONE_REMINDER = later("One reminder")
TIMERS = later("{count} timers")
REMINDERS = later("{count} reminders")
MIXED = later("{count} timers and reminders")
LABELLED = later("{label} in {length}")
UNLABELLED = later("{length} left")

# Notes; and lists of any kind.
NOTED = later("Noted under {title}.")
NOTE_GONE = later("The note is gone.")
NOTE_SAYS = later("The note {title} says: {text}.")
NO_NOTES = later("You have no notes.")
NO_SUCH_NOTES = later("No note has that in it.")
ONE_NOTE = later("One note")
NOTES = later("{count} notes")
LIST_OF_ONE = later("{what}: {one}.")
LIST_OF_TWO = later("{what}: {one}, and {two}.")
LONG_LIST = later("{what}, the first are {one}, and {two}.")

# Files, pages, the clipboard, the screen.
NO_FILE = later("I found no file of that name.")
ONE_FILE = later("I found one file: {name}.")
FILES = later("I found {count} files.")
MANY_FILES = later("I found {count} files or more.")
ONE_LINE = later("There is one line in it.")
LINES = later("There are {count} lines in it.")
NOTHING_COPIED = later("You have copied no text.")
COPIED = later("It is copied.")
PAGE_READ = later("I have read the page.")
PAGE_OPENS = later("I asked for the page to be opened.")
STARTING = later("{name} is starting.")
NO_APPLICATION = later("I find no {name} here, say its name as the menu has it.")
WHICH_APPLICATION = later("There are several, say which: {names}.")
NO_PROVIDER = later("I cannot search the web yet, choose who is asked in the settings.")
NOTHING_FOUND = later("Nothing was found.")
ONE_FOUND = later("I found one result.")
FOUND = later("I found {count} results.")
NO_SCREEN = later("I do not see your screen, share it first.")
NO_CAMERA = later("I do not see the camera, switch it on first.")
BLIND = later("I cannot tell what is there, choose who looks for me in the settings.")
NO_TEXT_SEEN = later("I can read no text on your screen.")
ONE_LINE_SEEN = later("I read one line of text on your screen.")
LINES_SEEN = later("I read {count} lines of text on your screen.")

# Cards, keys, commands, servers.
SHOWN = later("It is shown.")
NOT_PRESSED = later("It is shown, and nothing was pressed yet.")
ANSWERED = later("I have your answer.")
TYPED = later("I have typed it.")
PRESSED = later("I have pressed it.")
CLICKED = later("I have clicked there.")
COMMAND_DONE = later("The command is done.")
COMMAND_FAILED = later("The command failed.")
SERVER_ANSWERED = later("I have an answer from {server}.")


def spoken() -> tuple[str, ...]:
    """Every pattern above that is a sentence by itself."""
    found = [*FAULTS.values(), *RINGS.values()]
    found += [value for name, value in globals().items() if name.isupper() and _is_one(value)]
    return tuple(dict.fromkeys(found))


def _is_one(value: object) -> bool:
    return isinstance(value, str) and value.endswith(".")
