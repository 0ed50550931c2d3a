"""docs/commands.md shows the help of all commands."""

from tests.cli.reference import parts, reference


def test_the_page_is_what_the_help_says() -> None:
    _, between, _ = parts()
    assert between == reference(), "run: python -m tests.cli.reference"


def test_it_has_commands_of_groups_and_their_options() -> None:
    made = reference()
    assert "## faqbot ask\n" in made
    assert "### faqbot faq import\n" in made
    assert "--dry-run" in made
