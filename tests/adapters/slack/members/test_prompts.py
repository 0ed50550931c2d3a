"""Show that prompts are few, short and each there once."""

from bot.adapters.slack.members.homes import prompts


def test_the_most_asked_become_prompts_once_each() -> None:
    asked = ["How?", "Where?", "How?", " ", "a" * 76, "Who?", "When?"]
    shown = prompts(asked)
    assert [prompt["message"] for prompt in shown] == ["How?", "Where?", "a" * 76, "Who?"]
    assert shown[2]["title"] == "a" * 74 + "…"
