"""Finds English that people would see without `tr`: reads the source, not the screen.

An argument counts as shown when a widget, a notice or an exception takes it. It is followed
through f-strings, joins, choices, names of the function and constants of the module; what comes
out of any other call is that call's business.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

SHOWING = {
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle",
    "setPlaceholderText", "setInformativeText", "setStatusTip", "setWhatsThis", "setPrefix",
    "setSuffix", "setTitle", "setHorizontalHeaderLabels", "addAction", "addItem", "addButton",
    "addMenu", "addRow", "addTab", "drawText", "insertText", "showMessage", "say", "_say",
    "complain", "_complain", "note", "show_words", "enter_trouble", "on_trouble", "_on_trouble",
    "_tell", "_done", "button", "_button", "_show", "_entry", "getSaveFileName", "information",
    "warning", "question", "critical", "QLabel", "QPushButton", "QCheckBox", "QAction", "QMenu",
    "QToolButton", "QGroupBox", "QListWidgetItem", "QTableWidgetItem", "QRadioButton",
    "QAccessibleAnnouncementEvent", "heading", "paragraph", "_small", "Notice", "Devices",
    "SourceSight", "Key",
}  # fmt: skip
ASSIGNED = {"problem", "_trouble", "trouble", "stuck", "notice"}
WORDS = re.compile(r"[^\W\d_]{2,}")
# Our own name, names in small letters (of styles, drawings, files), keys, and style sheets, whose
# pieces begin where a rule goes on.
NO_WORDS = re.compile(
    r"Aside(: )?|[a-z][\w.=-]*|\.\w+|Ctrl\+\w+|rgba\(|#\w+|[;)\n].*|px.*| OR |\\.*", re.DOTALL
)


def untranslated(source: str, silent: frozenset[str] = frozenset()) -> list[tuple[int, str]]:
    """(line, text) of each. silent: names of exceptions that no person reads."""
    found: dict[tuple[int, str], None] = {}
    for shown, scope in _all_shown(ast.parse(source), silent):
        for text in _texts(shown, scope):
            found[shown.lineno, text] = None
    return list(found)


def _all_shown(tree: ast.Module, silent: frozenset[str]) -> Iterator[tuple[ast.expr, dict]]:
    """What is shown or returned as text, with the names that have a value where it stands."""
    constants = _assigned(tree.body)
    inside: dict[ast.AST, dict[str, ast.expr]] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            local = {**constants, **_assigned(list(ast.walk(function)))}
            inside.update(dict.fromkeys(ast.walk(function), local))
            if getattr(function.returns, "id", "") == "str":
                yield from ((one.value, local) for one in ast.walk(function)
                            if isinstance(one, ast.Return) and one.value is not None)  # fmt: skip
    for node in ast.walk(tree):
        yield from ((one, inside.get(node, constants)) for one in _shown(node, silent))


def _assigned(nodes: list) -> dict[str, ast.expr]:
    made: dict[str, ast.expr] = {}
    for node in nodes:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.expr):
            made[target.id] = value
    return made


def _shown(node: ast.AST, silent: frozenset[str]) -> Iterator[ast.expr]:
    match node:
        case ast.Raise(exc=ast.Call(func=function, args=arguments)):
            if _name(function) not in silent:
                yield from arguments
        case ast.Call(func=function, args=arguments, keywords=keywords):
            if _name(function) in SHOWING:
                yield from arguments
                yield from (one.value for one in keywords)
        case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if name in ASSIGNED:
            yield value


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _texts(node: ast.expr, scope: dict[str, ast.expr], depth: int = 4) -> Iterator[str]:
    """The words in it that came through no `tr`."""
    if depth == 0:
        return
    for part in _parts(node, scope):
        if isinstance(part, str):
            if WORDS.search(part) and not NO_WORDS.fullmatch(part):
                yield part
        else:
            yield from _texts(part, scope, depth if part not in scope.values() else depth - 1)


def _parts(node: ast.expr, scope: dict[str, ast.expr]) -> Iterator[ast.expr | str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield from (one for one in values if isinstance(one, ast.Constant))
            yield from (one.value for one in values if isinstance(one, ast.FormattedValue))
        case ast.BinOp(left=left, right=right):
            yield from (left, right)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values):
            yield from values
        case ast.Dict(values=values):
            yield from values
        case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
            yield element
        case ast.Subscript(value=ast.Name(id=name)) if name in scope:
            yield scope[name]
        case ast.Name(id=name) if name in scope:
            yield scope[name]
        case ast.Call(func=ast.Attribute(value=owner, attr="format" | "replace" | "capitalize")):
            yield owner
        case ast.Call(func=ast.Attribute(value=owner, attr="join"), args=[joined]):
            yield from (owner, joined)
