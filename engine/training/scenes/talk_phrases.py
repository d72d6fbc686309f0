"""What is said in the scenes of dialogue, interjection, speaking together and recall."""

from __future__ import annotations

# {c} is a cue, {t} a thing, {w} what it is, {n} and {m} numbers, {r} a reply, {e} an event and
# {d} its day.
TALK_TEMPLATES: dict[str, list[str]] = {
    "stopme": ["stop me when i say {c}", "stop me whenever i say {c}",
        "tell me to stop when i say {c}", "stop me if i say {c}"],
    "contradict": ["warn me when i contradict myself", "tell me when i contradict myself",
        "stop me when i contradict myself", "listen for contradictions"],
    "event": ["the {e} is on {d}", "the {e} starts on {d}", "i go to the {e} on {d}"],
    "switch": ["every time i switch to spanish give me the english word",
        "when i use a spanish word tell me the english one",
        "whenever i say a spanish word say it in english"],
    "to_english": ["translate my spanish into english", "say in english what i say in spanish",
        "translate from spanish to english", "put my spanish into english"],
    "to_spanish": ["translate my english into spanish", "say in spanish what i say in english",
        "translate from english to spanish", "put my english into spanish"],
    "shadow": ["say each word right after me", "repeat each word as i say it",
        "echo me word by word", "follow me word by word"],
    "along": ["say each number while i count", "speak the numbers with me as i count",
        "echo my numbers while i count"],
    "listen": ["listen to me", "let me tell you something", "i want to tell you something",
        "hear me out"],
    "fact": ["remember that my {t} is {w}", "keep in mind that my {t} is {w}",
        "do not forget that my {t} is {w}", "my {t} is {w} remember that"],
    "recall": ["what is my {t}", "do you remember my {t}", "tell me what my {t} is",
        "what did i say my {t} was"],
    "ago": ["what did i say {n} seconds ago", "tell me what i said {n} seconds ago",
        "repeat what i said {n} seconds ago"],
    "took": ["how long did that take", "how long was that", "tell me how long that took"],
    "moments": ["say {r} after {n} seconds and after {m} seconds",
        "in {n} seconds and in {m} seconds say {r}", "say {r} at {n} and at {m} seconds"],
}  # fmt: skip

EVENTS = "meeting party lesson concert match dinner exam trip".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
LISTENING = "i see"
ENDED = "that is all|that was all|this is what i wanted to say".split("|")
NEVER_MIND = "never mind|forget it|it does not matter|leave it".split("|")
BEGIN = "i start now|here i go|i begin now|go".split("|")
DONE = "done|i am done|finished|that is it".split("|")
OWNED = "dog cat horse bicycle jacket table garden rocket robot piano guitar car bag".split()
UNKNOWN = "i do not know"
TAGS = "right|is it not|do you agree".split("|")

SPANISH = {
    "perro": "dog", "gato": "cat", "casa": "house", "agua": "water", "pan": "bread",
    "leche": "milk", "queso": "cheese", "manzana": "apple", "rojo": "red", "verde": "green",
    "azul": "blue", "negro": "black", "blanco": "white", "sol": "sun", "luna": "moon",
    "lluvia": "rain", "nieve": "snow", "viento": "wind", "mesa": "table", "silla": "chair",
    "puerta": "door", "ventana": "window", "libro": "book", "calle": "street", "coche": "car",
    "amigo": "friend", "hermano": "brother", "madre": "mother", "padre": "father", "uno": "one",
    "dos": "two", "tres": "three", "cuatro": "four", "cinco": "five", "hoy": "today",
    "noche": "night", "fuego": "fire", "tierra": "earth", "mano": "hand", "cabeza": "head",
}  # fmt: skip
