"""Which message ids the source uses: the rule that lets a catalogue be checked against it.

An id is used where it is the first argument of a call of `Message` or `message`: as a literal,
as either branch of a conditional expression, or as a name that the same function sets to nothing
else. A module that makes ids from parts (`Message(f"state.{state}")`) or is handed them lists every
id it can make in a module-level tuple named `MESSAGE_IDS`, which may itself be computed from the
module's tables. In a template an id is used where `{% say %}` bears it, as a literal.
"""

import ast
import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeGuard

from uphold.messages.template_ids import said_in

_CALLS: Final = frozenset({"Message", "message"})
_DECLARATION: Final = "MESSAGE_IDS"


@dataclass(frozen=True, slots=True)
class Use:
    """An id in the source. `names` are the values given, None where they cannot be read off."""

    id: str
    place: str
    names: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SourceIds:
    """What a tree of source says: ids used, and calls whose id no declaration covers."""

    uses: tuple[Use, ...]
    undeclared: tuple[str, ...]


def scan(package: Path, name: str) -> SourceIds:
    """The ids that modules and templates of the package at `package`, imported as `name`, use."""
    uses: list[Use] = []
    undeclared: list[str] = []
    for path in sorted(package.rglob("*.py")):
        place = f"{name}/{path.relative_to(package).as_posix()}"
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=place)
        declares = _declares(tree)
        if declares:
            uses.extend(_declared(_module_name(path, package, name), place))
        for call, scope in _message_calls(tree, tree):
            found = _ids(call.args[0], scope)
            at = f"{place}:{call.lineno}"
            if not found and not declares and not _passes_on_an_id(call.args[0]):
                undeclared.append(at)
            uses.extend(Use(one, at, _names_given(call)) for one in found)
    for path in sorted(package.rglob("*.html")):
        place = f"{name}/{path.relative_to(package).as_posix()}"
        for said in said_in(path.read_text(encoding="utf-8")):
            at = f"{place}:{said.line}"
            if said.id is None:
                undeclared.append(at)
            else:
                uses.append(Use(said.id, at, said.names))
    return SourceIds(tuple(uses), tuple(undeclared))


def _message_calls(node: ast.AST, scope: ast.AST) -> Iterator[tuple[ast.Call, ast.AST]]:
    """Each call that makes a message, with the function it stands in."""
    if _makes_message(node):
        yield node, scope
    inner = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else scope
    for child in ast.iter_child_nodes(node):
        yield from _message_calls(child, inner)


def _makes_message(node: ast.AST) -> TypeGuard[ast.Call]:
    match node:
        case ast.Call(func=ast.Name(id=called), args=[_, *_]):
            return called in _CALLS
        case ast.Call(func=ast.Attribute(value=ast.Name(id="messages"), attr=called), args=[_, *_]):
            return called in _CALLS
    return False


def _ids(argument: ast.expr, scope: ast.AST) -> tuple[str, ...]:
    """Every id that the argument can be, none where that cannot be read off."""
    if not isinstance(argument, ast.Name):
        return _literal_ids(argument)
    ways = [_literal_ids(value) for value in _values_set(argument.id, scope)]
    return tuple(one for way in ways for one in way) if all(ways) else ()


def _literal_ids(value: ast.expr) -> tuple[str, ...]:
    match value:
        case ast.Constant(value=str(found)):
            return (found,)
        case ast.IfExp(body=body, orelse=orelse):
            one, other = _literal_ids(body), _literal_ids(orelse)
            return one + other if one and other else ()
    return ()


def _values_set(name: str, scope: ast.AST) -> tuple[ast.expr, ...]:
    """What the function sets the name to; nothing if it is also bound in any other way."""
    values: list[ast.expr] = []
    bindings = 0
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=one)], value=value) if one == name:
                values.append(value)
            case ast.AnnAssign(target=ast.Name(id=one), value=ast.expr() as value) if one == name:
                values.append(value)
            case ast.Name(id=one, ctx=ast.Store()) | ast.arg(arg=one) if one == name:
                bindings += 1
    return tuple(values) if bindings == len(values) else ()


def _passes_on_an_id(argument: ast.expr) -> bool:
    """Whether it only hands on the id of a message or entry that exists (`said.id`, `id`)."""
    match argument:
        case ast.Attribute(attr="id") | ast.Name(id="id"):
            return True
    return False


def _names_given(call: ast.Call) -> frozenset[str] | None:
    """The names of the values in the call, unless some come from elsewhere."""
    names = [keyword.arg for keyword in call.keywords]
    match call.args[1:]:
        case []:
            pass
        case [ast.Dict(keys=keys)]:
            names += [str(k.value) if isinstance(k, ast.Constant) else None for k in keys]
        case _:
            return None
    known = frozenset(name for name in names if name is not None)
    return None if len(known) < len(names) or "data" in known else known


def _declares(tree: ast.Module) -> bool:
    return any(_DECLARATION in _assigned(statement) for statement in tree.body)


def _assigned(statement: ast.stmt) -> Iterable[str]:
    match statement:
        case ast.Assign(targets=targets):
            return tuple(one.id for one in targets if isinstance(one, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            return (name,)
    return ()


def _declared(module: str, place: str) -> Iterator[Use]:
    for found in getattr(importlib.import_module(module), _DECLARATION):
        yield Use(found, f"{place} ({_DECLARATION})")


def _module_name(path: Path, package: Path, name: str) -> str:
    parts = path.relative_to(package).with_suffix("").parts
    return ".".join((name, *(part for part in parts if part != "__init__")))
