"""Print how well lines that only hold an asker off are told from short answers, in `tests/questions/holding/`.

python -m bench.holding

The files named by a language were written before the rules. The lines of `later.txt` were written after the rules, and
before these were run on them: then 10 of 20 holding lines were left out, and one of 20 answers was lost by the rules,
which were widened since. What they do on lines of others lies between. Also printed is how many answers of the FAQ that
ships would be left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.talk.holding import is_holding
from bot.core.talk.said_back import may_answer
from bot.formats.collecting import collect
from bot.formats.reading import read
from bot.resources import resource

LABELLED = Path(__file__).parents[1] / "tests" / "questions" / "holding"
FILES = ("en", "de", "es", "fr", "ru", "later")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many lines hold somebody off and how many answer, and which of either are taken for the other."""

    holding: int
    taken: tuple[str, ...]
    answers: int
    lost: tuple[str, ...]


def answers(text: str) -> bool:
    """Return whether a helper's message would be suggested."""
    return may_answer(text) and not is_holding(text)


def measure(name: str) -> Figures:
    """Return the figures of a file."""
    lines = (LABELLED / f"{name}.txt").read_text("utf-8").splitlines()
    holding = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    real = [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
    return Figures(
        holding=len(holding),
        taken=tuple(filter(answers, holding)),
        answers=len(real),
        lost=tuple(line for line in real if not answers(line)),
    )


def shipped() -> Sequence[str]:
    """Return the answers of the FAQ that ships which would be left out."""
    documents = [read(path.name, path.read_bytes()) for path in sorted(resource("faq_data").glob("*.yaml"))]
    return [draft.entry.answer for draft in collect(documents).entries if is_holding(draft.entry.answer)]


def main() -> None:
    """Print the figures."""
    for name in FILES:
        found = measure(name)
        left_out = found.holding - len(found.taken)
        print(f"{name}: left out {left_out} of {found.holding}, lost {len(found.lost)} of {found.answers} answers")
        for line in (*found.taken, *found.lost):
            print(f"  {line}")
    print(f"answers of the FAQ that ships: {len(shipped())} left out")


if __name__ == "__main__":
    main()
