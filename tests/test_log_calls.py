"""Each log call names an event, and no field has a name that `logging` keeps for itself, which would raise."""

import ast
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EVENT = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")
TAKEN = frozenset({*logging.makeLogRecord({}).__dict__, "message", "asctime"})


def log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that log something with fields of their own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any(each.arg == "extra" for each in node.keywords):
            yield node


def events(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the first argument of each log call of a file as it is written, without quotes where it is a constant."""
    source = file.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source if "_log." in source else "")):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "_log"
        ):
            event = node.args[0]
            yield node.lineno, str(event.value) if isinstance(event, ast.Constant) else ast.unparse(event)


def taken_names(tree: ast.AST) -> list[tuple[int, str]]:
    """Return the keys of a file that logging keeps for itself, where they stand in what becomes `extra`."""
    extras = [each.value for call in log_calls(tree) for each in call.keywords if each.arg == "extra"]
    named = {node.id for extra in extras for node in ast.walk(extra) if isinstance(node, ast.Name)}
    called = {name for extra in extras for node in ast.walk(extra) if (name := _called(node))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id in named for target in targets):
                extras.append(node.value)
        if isinstance(node, ast.FunctionDef) and node.name in called:
            extras += [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value is not None]
    keys = [key for extra in extras for node in ast.walk(extra) if isinstance(node, ast.Dict) for key in node.keys]
    return [(key.lineno, str(key.value)) for key in keys if isinstance(key, ast.Constant) and str(key.value) in TAKEN]


def _called(node: ast.AST) -> str | None:
    """Return the name of a function of the file that is called."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None


@pytest.mark.parametrize(
    "code",
    [
        '_log.info("ready", extra={"name": "bot"})',
        'facts = {"module": 1}\n_log.info("ready", extra=facts | {"code": 2})',
        'def facts() -> dict:\n    return {"args": 1}\n_log.info("ready", extra={**facts(), "code": 2})',
        'facts: dict[str, object] = {"message": 1}\n_log.info("ready", extra=facts)',
    ],
)
def test_a_name_that_is_taken_is_found(code: str) -> None:
    assert len(taken_names(ast.parse(code))) == 1


def test_no_log_call_uses_a_name_that_is_taken() -> None:
    sources = {file: file.read_text(encoding="utf-8") for file in sorted((ROOT / "bot").rglob("*.py"))}
    trees = {file: ast.parse(source) for file, source in sources.items() if "extra=" in source}
    found = [
        f"{file.relative_to(ROOT)}:{line}: {name}" for file, tree in trees.items() for line, name in taken_names(tree)
    ]

    assert found == []
    assert sum(len(list(log_calls(tree))) for tree in trees.values()) > 40  # it looks where log calls are


def test_each_log_call_names_an_event() -> None:
    named = {
        f"{file.name}:{line}": event for file in sorted((ROOT / "bot").rglob("*.py")) for line, event in events(file)
    }

    assert {where: event for where, event in named.items() if not EVENT.fullmatch(event)} == {}
    assert len(named) > 60


def test_tests_run_at_the_level_of_what_goes_on(request: pytest.FixtureRequest) -> None:
    assert request.config.getini("log_level") == "INFO"
    assert logging.getLogger("bot").isEnabledFor(logging.INFO)
