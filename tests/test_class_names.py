"""A class name means one thing in the whole of `bot`; what stands once for each platform names its platform."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_each_class_name_stands_once() -> None:
    found = defaultdict(list)
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(ROOT).as_posix())

    assert {name: files for name, files in found.items() if len(files) > 1} == {}
