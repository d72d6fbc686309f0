"""The words that scenes are made of. What is held out stands in engine/training/heldout.json."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.training.scenes.numbers import ONES, TENS
from engine.training.scenes.sight_phrases import SIGHT_TEMPLATES
from engine.training.scenes.talk_phrases import TALK_TEMPLATES
from engine.training.scenes.tool_phrases import (
    FORBIDDEN,
    HARMLESS,
    NAMED,
    QUESTIONS,
    TASKS,
    TOOL_TEMPLATES,
)

WORDS = (
    "apple banana orange lemon cherry melon potato carrot tomato onion garlic pepper bread butter "
    "cheese sugar coffee water milk honey salt red blue green yellow purple brown black white gray "
    "pink silver golden dog cat horse cow sheep goat lion tiger bear wolf fox rabbit mouse duck "
    "chicken eagle owl snake frog fish shark whale spider table chair window door kitchen garden "
    "house street river mountain ocean island forest bridge tower castle hammer ladder basket "
    "bottle candle pencil paper ticket wallet jacket button ribbon summer winter monday tuesday "
    "friday sunday morning evening doctor teacher farmer soldier captain queen king music "
    "guitar piano trumpet violin rocket engine robot planet comet thunder rainbow snow rain wind"
).split()
LETTERED = [word for word in WORDS if len(word) <= 6]
NAMES = (
    "anna peter maria john lisa david susan mark julia thomas emma oliver sophie daniel laura "
    "james nina robert clara simon helen martin alice george"
).split()
CHORES = (
    "drink|breathe|stretch|blink|stand up|sit up straight|look up|smile|relax|move|check the oven|"
    "drink water"
).split("|")
REPLIES = "beep ding ping bingo yes here hey click boo hurrah".split()
FILLERS = "uhm|uh|um|hmm|er|let me think".split("|")
ENOUGH = "stop|stop it|please stop|that is enough|stop now".split("|")
HUSH = "stop|be quiet|stop talking|quiet please|hush|silence please".split("|")
NODS = "mhm|uh huh|yeah|right|okay|i see|good".split("|")
WELCOME = {
    "hello": "hello",
    "hi": "hello",
    "hi there": "hello",
    "hey": "hello",
    "good morning": "good morning",
    "good evening": "good evening",
    "good afternoon": "good afternoon",
    "how are you": "i am fine",
    "how are you doing": "i am fine",
    "thank you": "you are welcome",
    "thanks": "you are welcome",
    "goodbye": "goodbye",
    "bye": "goodbye",
    "good night": "good night",
}
LONG = {
    "count to ten": "one, two, three, four, five, six, seven, eight, nine, ten",
    "count to twelve": (
        "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve"
    ),
    "say the days of the week": ("monday, tuesday, wednesday, thursday, friday, saturday, sunday"),
    "say the months": (
        "january, february, march, april, may, june, july, august, september, october, "
        "november, december"
    ),
    "tell me about yourself": (
        "my name is aside. i listen while you work, i answer when you ask me, "
        "and i am quiet when you are busy"
    ),
}
# {x} is a sum, {p} some words, {w} one word, {n} a number, {c} a cue, {r} a reply, {d} a chore.
TEMPLATES: dict[str, list[str]] = {
    "arithmetic": [
        "what is {x}", "how much is {x}", "tell me {x}", "can you tell me what {x} is",
        "what does {x} make", "please work out {x}", "i need to know what {x} is",
        "give me the sum of {x}", "do you know how much {x} is", "what would you say {x} makes",
        "could you work out {x}", "what do you get for {x}", "i would like to know {x}",
        "how much would {x} be", "work out {x} for me", "what is the result of {x}", "quick, {x}",
        "do you know {x}", "give me the answer to {x}", "what might {x} be", "and {x}",
    ],
    "name": ["what is your name", "who are you", "tell me your name", "what are you called",
        "do you know your name", "how may i call you", "what do people call you",
        "what should i call you", "what may i call you", "could you tell me your name",
        "may i ask your name", "can i know your name", "have you got a name",
        "what name do you have", "do they call you something", "say your name",
        "who am i talking to", "what do your friends call you",
        "is there a name for you", "what was your name"],
    "repeat": ["repeat after me {p}", "please repeat {p}", "say {p}", "repeat {p}",
        "now say {p}", "say this after me {p}", "after me {p}", "can you say {p}",
        "can you repeat {p}", "say {p} for me", "just say {p}", "say after me please {p}",
        "i want you to say {p}", "would you repeat {p}", "once more {p}",
        "let me hear you say {p}"],
    "echo": ["repeat after me", "repeat what i say", "please repeat what i say",
        "repeat everything i say", "say everything that i say", "say after me what i say",
        "i talk and you repeat", "please say what i said"],
    "spell": ["spell {w}", "how do you spell {w}", "please spell {w}", "spell the word {w}",
        "can you please spell {w}", "tell me how to spell {w}", "could you spell {w}",
        "spell {w} for me", "spell out {w}", "how is {w} spelled", "how do i spell {w}",
        "what is the spelling of {w}", "i need you to spell {w}", "would you spell {w} for me",
        "give me the letters of {w}", "which letters are in {w}", "spell it {w}", "spell us {w}"],
    "count": ["count up with me", "let us count up together", "count with me", "let us count",
        "please count up with me", "now let us count", "can you count with me",
        "i want to count with you", "come and count with me", "count with me now"],
    "every": [
        "remind me every {n} seconds to {d} until i ask you to stop",
        "every {n} seconds remind me to {d} until i say stop",
        "tell me to {d} every {n} seconds until i ask you to stop",
        "until i tell you to stop tell me every {n} seconds to {d}",
        "please remind me every {n} seconds to {d} until i say stop",
        "i need you to remind me to {d} every {n} seconds",
        "every {n} seconds tell me to {d} until i tell you to stop",
        "can you tell me every {n} seconds to {d}", "remind me to {d} every {n} seconds",
    ],
    "later": ["in {n} seconds say {w}", "say {w} in {n} seconds", "wait {n} seconds and say {w}",
        "after {n} seconds please say {w}", "in {n} seconds please say {w}",
        "can you say {w} in {n} seconds", "i want you to say {w} after {n} seconds",
        "{n} seconds from now say {w}", "say {w} when {n} seconds are over",
        "wait for {n} seconds then say {w}"],
    "duration": ["how long did i talk", "how long was i talking", "how long did i speak",
        "tell me how long i talked", "how long have i spoken", "how long was i speaking",
        "do you know how long i talked", "how long did i go on talking", "how long have i talked",
        "say how long i was speaking", "for how long did i talk", "how many seconds did i talk"],
    "cue": [
        "say {r} when i say {c}", "say {r} whenever i say {c}", "every time i say {c} say {r}",
        "please say {r} each time i say {c}", "when you hear {c} say {r}",
        "always say {r} when i say {c}", "say {r} each time you hear {c}",
        "as soon as i say {c} say {r}", "whenever you hear {c} please say {r}",
        "i want you to say {r} when i say {c}", "if i say {c} you say {r}", "{c} means say {r}",
    ],
    "sum": ["add up what i say", "please add up what i say", "add up my numbers",
        "sum up what i say", "please add up the numbers", "sum up the numbers i say",
        "can you add up what i say", "add these numbers up", "give me the sum of what i say",
        "i say numbers and you add them up"],
    "talk": [
        "the {p} is near the {w}", "i saw a {p} and a {w}", "we bought the {w} on {p}",
        "my {w} is in the {p}", "put the {p} on the {w}", "this {w} was a {p}",
        "he said the {p} and the {w}", "you can find the {w} there", "it is a {p} for the {w}",
    ],
} | TOOL_TEMPLATES | SIGHT_TEMPLATES | TALK_TEMPLATES  # fmt: skip
# What people say that is not for anybody: parts of a sentence about {p} and {w}.
WHO = "i|you|we|they|he|she|my friend|somebody|our neighbour|the man|the woman".split("|")
DID = (
    "saw|found|took|sold|lost|painted|cleaned|kept|forgot|wanted|needed|liked|moved|broke|got|"
    "brought|drew|carried|looked for|asked for|talked about|thought of|will need|would like|put"
).split("|")
WHICH = "the|a|my|your|his|her|our|their|this|that|one|some|another|no|every".split("|")
WHERE = "near|in|on|under|behind|beside|with|from|for|without|over|next to|like|and|or".split("|")
BEING = "is|was|stays|will be|is not|was not|must be|came|belongs|looks good|goes".split("|")
PUT = "put|leave|keep|bring|hang|throw|hide|draw|paint|do not put|you can put".split("|")
# Around a sentence, so that no request sounds alike.
BEFORE = "please|now|okay|so|well|hey|and|then|excuse me|alright".split("|")
AFTER = "please|now|for me|thank you".split("|")
# Where they would change much.
BARE = frozenset({"event", "talk", "echo", "count", "sum", "hesitation"})


@lru_cache(maxsize=1)
def vocabulary() -> list[str]:
    """Every word that a user says in the basic scenes, sorted."""
    lines = [*WORDS, *NAMES, *CHORES, *REPLIES, *FILLERS, *ENOUGH, *HUSH, *NODS, *WELCOME, *LONG]
    lines += [line for templates in TEMPLATES.values() for line in templates]
    lines += [*WHO, *DID, *WHICH, *WHERE, *BEING, *PUT]
    lines += [*ONES, *TENS[2:], "plus", "minus", "times", "aside"]
    words = {word for line in lines for word in line.split() if not word.startswith("{")}
    return sorted(words)


@lru_cache(maxsize=1)
def runs() -> list[str]:
    """Two or three words that follow each other in what a user says in training, sorted."""
    lines = [*CHORES, *FILLERS, *ENOUGH, *HUSH, *NODS, *WELCOME, *LONG]
    asked = [*FORBIDDEN, *HARMLESS, *QUESTIONS, *TASKS]
    asked += [text for texts in TEMPLATES.values() for text in texts]
    lines += [part for text in asked for part in _bare(text)]
    spoken = [line.split() for line in lines]
    found = {
        " ".join(line[first : first + count])
        for line in spoken
        for count in (2, 3)
        for first in range(len(line) - count + 1)
    }
    return sorted(found)


@lru_cache(maxsize=1)
def drilled() -> list[str]:
    """The words of training's drill in hearing, sorted: also those that requests are about."""
    asked = {word for run in runs() for word in run.split()}
    return sorted({*vocabulary(), *asked, *(word for name in NAMED for word in name.split())})


def _bare(text: str) -> list[str]:
    """What of a template stands between its blanks."""
    return re.split(r"\{\w+\}", text)
