"""A class name means one thing in the whole of `bot`; what stands once for each platform names its platform."""

import re
from collections import defaultdict
from pathlib import Path

CLASS = re.compile(r"^ *class (\w+)[(:\[]", re.MULTILINE)
ROOT = Path(__file__).resolve().parents[1]


def test_each_class_name_stands_once() -> None:
    found = defaultdict(list)
    for path in (ROOT / "bot").rglob("*.py"):
        for name in CLASS.findall(path.read_text("utf-8")):
            found[name].append(path.relative_to(ROOT).as_posix())

    assert {name: files for name, files in found.items() if len(files) > 1} == {}
