"""The Compose file: it says what the specification knows, and starts what the image has."""

import copy
from typing import Any

import pytest

from bot.cli.app import COMMANDS
from tests.compose import load, own_problems, schema_problems
from tests.shared import shared


def test_the_compose_file_is_sound() -> None:
    shared("specs", "compose-spec.json")
    assert schema_problems(load()) == []


def test_names_lead_somewhere() -> None:
    assert own_problems(load()) == []


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("services", "slack", "depends_on"), {"nothing": {}}, "slack: depends on nothing, which is no service"),
        (("services", "demo", "volumes"), ["lost:/data"], "demo: uses the volume lost, which is not defined"),
        (("services", "slack", "restart"), "sometimes", "slack: restarts in an unknown way: sometimes"),
    ],
)
def test_what_leads_nowhere_is_found(path: tuple[str, ...], value: Any, problem: str) -> None:  # noqa: ANN401  # YAML
    content = copy.deepcopy(load())
    place = content
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    assert own_problems(content) == [problem]


def test_a_misspelt_key_is_found() -> None:
    shared("specs", "compose-spec.json")
    content = load()
    content["services"]["slack"]["comand"] = ["run"]
    assert any("comand" in problem for problem in schema_problems(content))


def test_each_command_is_one_of_the_bot() -> None:
    for service in load()["services"].values():
        if command := service.get("command"):
            assert command[0] in COMMANDS
