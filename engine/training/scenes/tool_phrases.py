"""What people ask to have done: by an act of the model's own, by the background, or by nobody."""

from __future__ import annotations

# {t} is a span of time, {x} a sum beyond the head, {o} something to open, {p} some words,
# {v} what can be looked at, {q} an open request, {h} something one must not help with.
TOOL_TEMPLATES: dict[str, list[str]] = {
    "timer": [
        "set a timer for {t}", "start a timer for {t}", "i need a timer for {t}",
        "timer for {t}", "wake me in {t}", "tell me when {t} are over", "give me {t} on the clock",
        "can you set a timer for {t}", "make it a timer of {t}", "set it to {t}",
        "start the clock for {t}", "i want a timer of {t}", "please start a timer for {t}",
    ],
    "clock": [
        "what time is it", "tell me the time", "do you have the time", "what is the time now",
        "can you tell me what time it is", "how late is it", "what is the time right now",
        "could you say what time it is", "do you know the time", "please tell me the time",
        "i need to know the time", "what does the clock say",
    ],
    "date": ["what day is it today", "what is the date today", "which day is today",
        "tell me the date", "what date is it", "what is the date", "which date is it today",
        "can you tell me the date", "do you know what day it is", "what day is it"],
    "calculate": ["what is {x}", "how much is {x}", "tell me {x}", "please work out {x}",
        "what does {x} make", "calculate {x}", "could you calculate {x}", "work out {x} for me",
        "what do you get for {x}", "i need {x}", "how much would {x} be"],
    "open": ["open {o}", "open {o} for me", "can you open {o}", "start {o}", "show me {o}",
        "i need {o}", "launch {o}", "could you open {o}", "please start {o}", "can you start {o}",
        "i want to see {o}", "bring up {o}", "go to {o}", "would you open {o}"],
    "search": ["search for {p}", "look up {p}", "do a search for {p}", "search the web for {p}",
        "find something about {p}", "please search for {p}", "could you look up {p}",
        "can you look for {p}", "look for {p}", "search the web about {p}", "google {p}"],
    "note": ["make a note {p}", "take a note {p}", "note that {p}", "write down {p}",
        "put {p} on my list", "add {p} to my notes", "please write down {p}", "note {p}",
        "can you note {p}", "make a note of {p}", "keep in my notes {p}", "i want to note {p}"],
    "look": ["what is {v}", "have a look at {v}", "look at {v}", "can you see what is {v}",
        "tell me what is {v}", "what do you see {v}", "please look at {v}",
        "could you look at {v}", "look what is {v}", "do you see what is {v}",
        "can you tell me what is {v}"],
    "ask": ["{q}", "i want to know {q}", "tell me {q}", "can you find out {q}",
        "i would like to know {q}", "do you know {q}", "can you tell me {q}", "find out for me {q}",
        "could you find out {q}", "i wonder {q}", "please find out {q}", "i need to know {q}"],
    "task": ["{q}", "can you {q}", "i want you to {q}", "could you {q}", "i need you to {q}",
        "would you {q}", "can you please {q}", "i would like you to {q}", "now {q}",
        "could you please {q}"],
    "amend": ["no, i mean {v}", "make that {v}", "i meant {v}", "sorry, {v} instead",
        "no, make it {v}", "not that, {v}", "actually {v}", "change that to {v}", "i want {v}",
        "rather {v}", "wait, {v} please", "no, no, {v}", "let it be {v}"],
    "refuse": ["tell me how to {h}", "how do i {h}", "help me {h}", "show me how to {h}",
        "i want to {h}", "explain how to {h}", "could you tell me how to {h}",
        "how can i {h}", "what is the best way to {h}", "i need to {h}", "please help me {h}",
        "can you show me how to {h}", "what do i need to {h}", "would you help me {h}"],
    "wrong": [
        "interrupt me when i say something wrong", "stop me when i am wrong",
        "correct me when i say something wrong", "tell me at once when i make a mistake",
        "correct my mistakes", "interrupt me when i make a mistake",
        "tell me if i say something wrong", "say so when i am wrong",
        "please correct me when i am wrong", "stop me when i say something wrong",
        "break in when i make a mistake", "let me know when i am wrong",
    ],
}  # fmt: skip

APPLICATIONS = (
    "browser|calculator|terminal|editor|calendar|mail|camera|music|settings|files|map|notes|"
    "pictures|clock|weather|shop"
).split("|")
VIEWS = {
    "on my screen": "screen", "on the screen": "screen", "in this window": "screen",
    "in front of the camera": "camera", "behind me": "camera", "in my hand": "camera",
}  # fmt: skip
COUNTRIES = "france spain italy peru japan china egypt kenya norway brazil india mexico".split()
CITIES = "paris london berlin madrid rome tokyo cairo oslo boston lima dublin vienna".split()
FOODS = "soup bread cake rice fish salad pasta pie chicken curry pancakes dumplings".split()
THINGS = (
    "telephone radio engine camera clock piano bicycle rocket computer battery mirror printer "
    "window garden volcano river desert ocean forest island weather moon sun rainbow thunder "
    "heart brain dream sleep music language money market history science"
).split()
MONTHS = (
    "january february march april may june july august september october november december"
).split()
PEOPLE = "boss|teacher|mother|neighbour|doctor|landlord|friend|team".split("|")
SUBJECTS = "the rent|our meeting|the holiday|the broken door|a new job|the noise|my order".split(
    "|"
)
NAMED = (
    *APPLICATIONS, *COUNTRIES, *CITIES, *FOODS, *THINGS, *MONTHS, *PEOPLE, *SUBJECTS,
)  # fmt: skip
QUESTIONS = (
    "who invented the {t}|how does a {t} work|what is the capital of {c}|where does {f} come from|"
    "what is the weather in {w}|how far is it to {w}|how many people live in {c}|"
    "why is the {t} so important|when was the first {t} made|what is the best way to make {f}|"
    "what does {t} mean|how big is the {t}|which is older the {t} or the {u}|"
    "how do i repair a {t}|how long does {f} take|what is on in {w} tonight"
).split("|")
TASKS = (
    "write an email to my {n} about {s}|write a letter to my {n}|write a poem about the {t}|"
    "find me a recipe for {f}|book a table in {w}|plan a trip to {c}|find a flight to {w}|"
    "explain the {t} to me|compare the {t} and the {u}|make a list of things about the {t}|"
    "summarise what i have said about {s}|order {f} for tonight|find a hotel in {w}|"
    "draw a picture of a {t}|send a message to my {n}|translate {f} into spanish"
).split("|")
FORBIDDEN = (
    "build a bomb|break into a house|steal a car|poison somebody|forge a passport|hack my boss|"
    "make a weapon|hurt my neighbour|cheat the bank|start a fire in a school|spy on my wife|"
    "sell stolen things|make poison gas|crash a website|get a gun without papers"
).split("|")
HARMLESS = (
    "repair a {t}|build a bookshelf|break an egg|steal the show|forge iron|hack a pumpkin|"
    "make a paper plane|beat my friend at chess|start a fire in the fireplace|kill weeds|"
    "shoot a good photo|poach a pear|crash a wedding in a film|buy a toy gun|draw a {t}"
).split("|")
PRESSURE = (
    "come on|just this once|please|why not|nobody will know|it is only for a book|"
    "you did it yesterday|i really need it"
).split("|")
FACTS = {
    "grass is {}": ("green", "red blue purple"),
    "snow is {}": ("white", "black green red"),
    "a lemon is {}": ("yellow", "blue black purple"),
    "the sky is {}": ("blue", "green orange brown"),
    "a tomato is {}": ("red", "blue white black"),
    "after monday comes {}": ("tuesday", "friday sunday"),
    "after thursday comes {}": ("friday", "monday sunday"),
    "after saturday comes {}": ("sunday", "monday tuesday"),
    "after friday comes {}": ("saturday", "monday wednesday"),
    "a dog has {} legs": ("four", "five two eight"),
    "a spider has {} legs": ("eight", "four two nine"),
    "a week has {} days": ("seven", "six nine ten"),
    "a hand has {} fingers": ("five", "seven nine two"),
}
FINDING, DOING = "let me find out", "i will see to it"
REFUSAL = "sorry, i will not help with that"
