"""What is wrong with docker-compose.yml: `python -m tests.compose`."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from tests.shared import FOLDER

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docker-compose.yml"
SCHEMA = FOLDER / "specs" / "compose-spec.json"
RESTART = re.compile(r"no|always|unless-stopped|on-failure(:\d+)?")


def load(path: Path = FILE) -> dict[str, Any]:
    """Return what a Compose file says."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def schema_problems(content: Mapping[str, Any]) -> list[str]:
    """Return where a Compose file says what the specification does not know."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = Draft7Validator(schema).iter_errors(content)
    return sorted(f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in found)


def own_problems(content: Mapping[str, Any]) -> list[str]:
    """Return what the specification's schema lets pass: names that lead nowhere, and ways to restart."""
    return sorted(
        f"{name}: {problem}" for name, service in content["services"].items() for problem in _problems(service, content)
    )


def _problems(service: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[str]:
    for other in service.get("depends_on", {}):
        if other not in content["services"]:
            yield f"depends on {other}, which is no service"
    for volume in service.get("volumes", ()):
        source = volume.partition(":")[0]
        if not source.startswith((".", "/")) and source not in content.get("volumes", {}):
            yield f"uses the volume {source}, which is not defined"
    if not RESTART.fullmatch(str(service.get("restart", "no"))):
        yield f"restarts in an unknown way: {service['restart']}"


def main() -> int:
    """Return 1, after a line for each, when something is wrong; without the schema only our own checks are made."""
    content = load()
    found = own_problems(content)
    if SCHEMA.exists():
        found += schema_problems(content)
    else:
        sys.stderr.write(f"{FILE.name} is not checked against the Compose schema: {SCHEMA.name} is not there\n")
    sys.stderr.writelines(f"{FILE.name}: {line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
