"""The code host reads the workflow and the forms for issues."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / ".github" / "ISSUE_TEMPLATE"
KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}


def load(path: Path) -> Any:  # noqa: ANN401  # whatever YAML can hold
    """Return what a file says."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["bug", "answer_wrong", "feature"])
def test_a_form_has_what_the_host_wants(name: str) -> None:
    form = load(TEMPLATES / f"{name}.yml")
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    assert form["name"]
    assert form["description"]
    assert {part["type"] for part in form["body"]} <= KINDS
    assert all(part["attributes"]["label"] for part in asked)
    assert len({part["id"] for part in asked}) == len(asked)
    assert "personal data" in (TEMPLATES / f"{name}.yml").read_text(encoding="utf-8")


def test_a_wrong_answer_comes_with_its_reasons() -> None:
    assert "`faqbot ask" in (TEMPLATES / "answer_wrong.yml").read_text(encoding="utf-8")


def test_blank_issues_are_off() -> None:
    assert load(TEMPLATES / "config.yml")["blank_issues_enabled"] is False


def test_the_workflow_runs_what_everybody_can_run() -> None:
    job = load(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]["all"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.13"]
    assert job["steps"][-1]["run"] == ".ci/run"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_before_a_commit_all_is_checked() -> None:
    (hooks,) = load(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [hook["entry"] for hook in hooks["hooks"]] == ["make check"]
