"""Words of the history: what is typed to find something, and what is found."""

from __future__ import annotations

import sqlite3
import string
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.history.moment import Moment
from app.history.schema import prepare
from app.history.store import Store
from app.history.words import indexed, parse, words_in

pytestmark = pytest.mark.timeout(60)
ANYTHING = st.text(max_size=300)
WORDS = st.text(string.ascii_letters + "äßéñ中国語ไทย '-_", min_size=1, max_size=60)


def store_with(*lines: tuple[int, str]) -> Store:
    """A history in memory: (conversation, text) lines."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    prepare(connection)
    for talk in {talk for talk, _ in lines}:
        connection.execute("INSERT INTO talk VALUES (?, 0, 0)", (talk,))
    for place, (talk, text) in enumerate(lines):
        connection.execute(
            "INSERT INTO moment (talk, kind, at_s, end_s, text) VALUES (?, 'heard', ?, ?, ?)",
            (talk, place, place, text),
        )
    return Store(connection)


def found(store: Store, typed: str) -> list[str]:
    return [hit.moment.text for hit in store.search(parse(typed))]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("oper", "I called the Operator"),
        ("OPERATOR called", "I called the Operator"),
        ("grusse", "viele Grüße"),
        ("cafe", "ein Cafe\u0301 bitte"),
        ("世界", "你好世界"),
        ("ภาษา", "นี่คือภาษาไทย"),
        ("foo-bar", "the foo bar"),
        ('"the operator"', "I called the operator"),
        ("ｆｕｌｌ", "full width"),
    ],
)
def test_words_are_found_as_people_type_them(typed: str, text: str) -> None:
    """From the beginning of a word, in any case, without accents, inside unspaced scripts."""
    store = store_with((1, text), (2, "something else entirely"))
    assert found(store, typed) == [text]
    assert parse(typed).spans(text)


@pytest.mark.parametrize("typed", ["perator", '"the oper"', "operator beep", "界世", "…", ""])
def test_what_is_not_there_is_not_found(typed: str) -> None:
    """No middles of words, no unfinished quotations, not half of what was asked."""
    assert found(store_with((1, "I called the operator"), (2, "你好世界")), typed) == []


def test_words_may_stand_in_different_lines_of_one_conversation() -> None:
    """Both sides' words count together, and each line that has one of them is shown."""
    store = store_with((1, "when does it leave"), (1, "the train at nine"), (2, "leave me alone"))
    assert found(store, "leave train") == ["when does it leave", "the train at nine"]


@given(ANYTHING)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_a_question(typed: str) -> None:
    """No text in the search field is an error to the database."""
    STORE.search(parse(typed))


STORE = store_with((1, "some words"), (1, 'with "quotes" AND NEAR(operators) *'), (2, "你好"))


@given(WORDS)
@settings(max_examples=200, deadline=None)
def test_a_line_is_found_by_its_own_words(text: str) -> None:
    """Typing a line's own words finds that line, and the places in it are its words."""
    query = parse(text[:200])
    if query:
        assert found(store_with((1, text)), text) == [text]
        covered = "".join(text[start:end] for start, end in query.spans(text))
        assert covered


@given(ANYTHING)
@settings(max_examples=300, deadline=None)
def test_words_lie_in_their_text_in_order(text: str) -> None:
    """Each word has its place, none overlaps another, and the index has no other words."""
    words = list(words_in(text))
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(one.end <= two.start for one, two in pairwise(words))
    assert indexed(text).split(" ") == [word.folded for word in words] or not words


@given(st.lists(st.text(max_size=30), max_size=8), st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_the_index_and_the_marks_agree(lines: list[str], typed: str) -> None:
    """With one term, the lines that are found are those in which it is marked."""
    query = parse(typed)
    if len(query.terms) == 1:
        store = store_with(*[(1, line) for line in lines])
        marked = sorted(line for line in lines if query.spans(line))
        assert sorted(found(store, typed)) == marked


def test_a_moment_names_whose_it_is() -> None:
    """Typed and spoken are both the user's."""
    assert Moment("typed", 0, 0, "x").name == Moment("heard", 0, 0, "x").name == "You"
