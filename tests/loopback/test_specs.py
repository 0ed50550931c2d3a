"""Show that a payload which parts from its schema is told of in words that lead to the place."""

import pytest
from jsonschema_rs import Draft7Validator, Draft202012Validator

from tests.loopback.specs import Deviation, Problem, Spec, escaped, load

SHAPES = {
    "definitions": {
        "Circle": {
            "type": "object",
            "properties": {"type": {"const": "circle"}, "radius": {"type": "number"}},
            "required": ["type", "radius"],
        },
        "Square": {"type": "object", "properties": {"type": {"const": "square"}, "side": {"type": "number"}}},
        "Free": {"type": "object", "properties": {"extra": {"type": "object", "properties": {}}}},
        "Flags": {"enum": [1, 2, 4, 8], "type": "number"},
        "Choice": {"enum": [1, 2], "type": "number"},
        "Shape": {"anyOf": [{"$ref": "#/definitions/Circle"}, {"$ref": "#/definitions/Square"}]},
        "Shapes": {"type": "array", "items": {"$ref": "#/definitions/Shape"}},
        "Named": {
            "allOf": [{"$ref": "#/definitions/Square"}, {"type": "object", "properties": {"name": {"type": "string"}}}]
        },
    }
}


@pytest.fixture
def shapes() -> Spec:
    return Spec(SHAPES, Draft202012Validator, leave_open={"extra"})


def test_what_fits_is_no_problem(shapes: Spec) -> None:
    assert shapes.problems("/definitions/Shapes", [{"type": "circle", "radius": 1}, {"type": "square"}]) == []


def test_an_unknown_field_is_named_by_its_path(shapes: Spec) -> None:
    found = shapes.problems("/definitions/Shapes", [{"type": "square", "sides": 4}])

    assert found == [Problem("0.sides", "additionalProperties", "no such field")]
    assert str(found[0]) == "0.sides: no such field (additionalProperties)"


def test_of_a_union_the_branch_with_the_kind_is_told(shapes: Spec) -> None:
    found = shapes.problems("/definitions/Shape", {"type": "circle"})

    assert [(problem.path, problem.rule) for problem in found] == [("radius", "required")]


def test_a_kind_that_no_branch_has_is_named(shapes: Spec) -> None:
    (problem,) = shapes.problems("/definitions/Shapes", [{"type": "sphere", "radius": 1}])

    assert problem.path == "0"
    assert "sphere" in problem.words


def test_an_object_is_not_held_against_null() -> None:
    choice = {"oneOf": [{"type": "null"}, SHAPES["definitions"]["Square"]]}
    spec = Spec({"definitions": {"Choice": choice}}, Draft202012Validator)

    found = spec.problems("/definitions/Choice", {"sides": 4, "colour": "red"})

    assert [problem.path for problem in found] == ["colour", "sides"]


def test_flags_add_up_and_choices_do_not(shapes: Spec) -> None:
    assert shapes.problems("/definitions/Flags", 64 + 4) == []
    assert shapes.problems("/definitions/Choice", 3) != []


def test_an_intersection_is_closed_as_a_whole(shapes: Spec) -> None:
    assert shapes.problems("/definitions/Named", {"side": 1, "name": "a"}) == []
    assert shapes.problems("/definitions/Named", {"side": 1, "nmae": "a"}) != []


def test_what_is_left_open_takes_any_field(shapes: Spec) -> None:
    assert shapes.problems("/definitions/Free", {"extra": {"anything": 1}}) == []


@pytest.mark.parametrize(("path", "remaining"), [("*.sides", 0), ("*.side", 1)])
def test_a_deviation_covers_its_own_path_only(shapes: Spec, path: str, remaining: int) -> None:
    allowed = [Deviation(path, "additionalProperties", "a client library sends it")]

    found = shapes.problems("/definitions/Shapes", [{"type": "square", "sides": 4}], allowed=allowed)

    assert len(found) == remaining


@pytest.mark.parametrize(("text", "told"), [("hello", 0), (5, 1)])
def test_slacks_arguments(text: object, told: int) -> None:
    slack = load("slack.schema.json", Draft7Validator)

    assert len(slack.problems("/definitions/Chat_postMessage", {"channel": "C1", "text": text})) == told


@pytest.mark.parametrize(("content", "told"), [("x" * 4000, 0), ("x" * 4001, 1)])
def test_discords_requests(content: str, told: int) -> None:
    discord = load("discord-openapi.json", Draft202012Validator)
    path = escaped("/channels/{channel_id}/messages")

    found = discord.problems(f"/paths/{path}/post/requestBody/content/application~1json/schema", {"content": content})

    assert [problem.path for problem in found] == ["content"] * told


@pytest.mark.parametrize(("flags", "told"), [(1 << 20, 0), ("1", 1)])
def test_discords_gateway(flags: object, told: int) -> None:
    gateway = load("discord-gateway.schema.json", Draft7Validator)

    assert len(gateway.problems("/definitions/MessageFlags", flags)) == told
