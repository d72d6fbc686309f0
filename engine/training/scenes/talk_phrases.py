"""What is said in the scenes of dialogue, interjection, speaking together and recall."""

from __future__ import annotations

# {c} is a cue, {t} a thing, {w} what it is, {n} and {m} numbers, {r} a reply, {e} an event and
# {d} its day.
TALK_TEMPLATES: dict[str, list[str]] = {
    "stopme": ["stop me when i say {c}", "stop me whenever i say {c}",
        "tell me to stop when i say {c}", "stop me if i say {c}", "stop me every time i say {c}",
        "please stop me when i say {c}", "i do not want to say {c} stop me when i do",
        "catch me when i say {c}", "break in when i say {c}", "tell me when i say {c}"],
    "contradict": ["warn me when i contradict myself", "tell me when i contradict myself",
        "stop me when i contradict myself", "listen for contradictions",
        "please warn me if i contradict myself", "say so when i contradict myself",
        "let me know when i contradict myself", "watch out for contradictions"],
    "event": ["the {e} is on {d}", "the {e} starts on {d}", "i go to the {e} on {d}",
        "there is a {e} on {d}", "our {e} is on {d}", "on {d} i have the {e}",
        "the {e} takes place on {d}", "i will be at the {e} on {d}", "they moved the {e} to {d}"],
    "switch": ["every time i switch to spanish give me the english word",
        "when i use a spanish word tell me the english one",
        "whenever i say a spanish word say it in english",
        "tell me the english word when i use a spanish one",
        "if i say a spanish word give me the english one",
        "help me with the english word when i switch to spanish"],
    "to_english": ["translate my spanish into english", "say in english what i say in spanish",
        "translate from spanish to english", "put my spanish into english",
        "please translate my spanish", "i speak spanish and you say it in english",
        "turn my spanish into english", "say my spanish words in english"],
    "to_spanish": ["translate my english into spanish", "say in spanish what i say in english",
        "translate from english to spanish", "put my english into spanish",
        "please translate my english", "i speak english and you say it in spanish",
        "turn my english into spanish", "say my english words in spanish"],
    "shadow": ["say each word right after me", "repeat each word as i say it",
        "echo me word by word", "follow me word by word",
        "say every word after me", "repeat my words one by one", "speak after me word by word"],
    "along": ["say each number while i count", "speak the numbers with me as i count",
        "echo my numbers while i count", "count along with me",
        "say the numbers together with me", "speak each number as i say it"],
    "listen": ["listen to me", "let me tell you something", "i want to tell you something",
        "hear me out", "please listen to me", "can you listen for a while",
        "listen while i talk", "i have a story for you", "listen to my story",
        "just listen", "i need somebody who listens", "let me talk for a while"],
    "fact": ["remember that my {t} is {w}", "keep in mind that my {t} is {w}",
        "do not forget that my {t} is {w}", "my {t} is {w} remember that",
        "please remember that my {t} is {w}", "remember my {t} is {w}",
        "remember this my {t} is {w}",
        "can you remember that my {t} is {w}", "please keep in mind that my {t} is {w}",
        "my {t} is {w} please remember", "i want you to remember that my {t} is {w}"],
    "recall": ["what is my {t}", "do you remember my {t}", "tell me what my {t} is",
        "what did i say my {t} was", "what was my {t}", "can you tell me what my {t} is",
        "do you know my {t}", "do you still know my {t}", "what do you know about my {t}",
        "do you recall my {t}", "tell me about my {t}", "please recall my {t}", "my {t} is what",
        "can you remember my {t}", "can you still tell my {t}"],
    "ago": ["what did i say {n} seconds ago", "tell me what i said {n} seconds ago",
        "repeat what i said {n} seconds ago",
        "what have i said {n} seconds ago", "say what i said {n} seconds ago",
        "{n} seconds ago what did i say", "do you know what i said {n} seconds ago"],
    "took": ["how long did that take", "how long was that", "tell me how long that took",
        "how long did i need",
        "how long was it", "how many seconds was that", "did it take long how long was it",
        "can you say how long that took", "how long did this take"],
    "moments": ["say {r} after {n} seconds and after {m} seconds",
        "in {n} seconds and in {m} seconds say {r}", "say {r} at {n} and at {m} seconds",
        "please say {r} in {n} seconds and in {m} seconds",
        "say {r} twice in {n} and in {m} seconds", "after {n} and after {m} seconds say {r}"],
}  # fmt: skip

EVENTS = "meeting party lesson concert match dinner exam trip".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
LISTENING = "i see"
ENDED = "that is all|that was all|this is what i wanted to say".split("|")
NEVER_MIND = "never mind|forget it|it does not matter|leave it".split("|")
BEGIN = "i start now|here i go|i begin now|go|starting now|now i begin".split("|")
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
