"""A title that asks is a question, the title of a page, or part of an answer, by where it stands."""

from pathlib import Path

import pytest

from bot.cli.imports import read_paths
from bot.formats import collect
from tests.formats.test_odd_pages import page, pairs


def test_a_deeper_heading_that_asks_goes_on_with_the_answer() -> None:
    text = "# FAQ\n\n### How?\n\nSo.\n\n#### And if not?\n\nThen so.\n\n### When?\n\nNow.\n"
    assert pairs(text) == {"How?": "So.\n\n**And if not?**\n\nThen so.", "When?": "Now."}


def test_it_is_a_question_where_most_stand_on_its_level_or_where_it_is_labelled() -> None:
    text = "# FAQ\n\n## How?\n\nSo.\n\n### Why?\n\nBecause.\n\n### When?\n\nNow.\n"
    assert pairs(text) == {"How?": "So.", "Why?": "Because.", "When?": "Now."}
    text = "# FAQ\n\n## How?\n\nSo.\n\n### Q: Why?\n\nBecause.\n\n## When?\n\nNow.\n"
    assert pairs(text) == {"How?": "So.", "Why?": "Because.", "When?": "Now."}


def test_the_title_of_a_page_that_asks_is_not_lost_above_another_question() -> None:
    text = "# What is a lock?\n\nA thing.\n\n## How do I open it?\n\nTurn it.\n"
    assert pairs(text) == {"What is a lock?": "A thing.", "How do I open it?": "Turn it."}


def test_above_several_it_is_in_doubt() -> None:
    document = page("# Why a lock?\n\nIt is safe.\n\n## How?\n\nSo.\n\n## When?\n\nNow.\n")
    assert [record.question for record in document.records] == ["How?", "When?"]
    ((problem, record),) = [(each.problem, each.record) for each in document.doubtful]
    assert "with other questions" in problem.what
    assert record is not None
    assert (problem.line, record.question, record.passages) == (1, "Why a lock?", ("It is safe.",))


@pytest.mark.parametrize("title", ["Wie können wir Ihnen helfen?", "Que voulez-vous ? Besoin d'aide ?", "Чем помочь?"])
def test_a_title_that_welcomes_readers_is_no_question(title: str) -> None:
    assert pairs(f"# {title}\n\nHello.\n\n## How?\n\nSo.\n") == {"How?": "So."}


def test_a_fold_of_another_part_of_a_page_is_no_question() -> None:
    fold = "<details>\n<summary>How to set up</summary>\n\nRun it.\n\n</details>\n"
    assert pairs(f"# FAQ\n\n## How?\n\nSo.\n\n## Contributing\n\n{fold}") == {"How?": "So."}


@pytest.mark.parametrize("label", ["**A1.** So.", "**A.** So.", "<br/>\nA: So.", "<br>\n\nA: So.\n<br/>"])
def test_the_mark_of_an_answer_goes_however_it_is_written(label: str) -> None:
    text = f"# FAQ\n\n<details>\n<summary>Q1: How?</summary>\n{label}\n</details>\n"
    assert pairs(text) == {"How?": "So."}


def test_what_only_a_site_builder_reads_is_not_shown() -> None:
    assert pairs("# FAQ\n\n## How?\n\n--8<-- \"intro.md\"\n\nSo,{' '}\nand so.\n") == {"How?": "So,\nand so."}


def entries(folder: Path, **files: str) -> dict[str, tuple[str, ...]]:
    """Return the questions of a folder with their phrasings."""
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    collected = collect(read_paths([folder]))
    assert collected.problems == ()
    return {each.entry.question: each.entry.aliases for each in collected.entries}


def test_a_number_that_only_sorts_files_is_no_part_of_a_name(tmp_path: Path) -> None:
    found = entries(tmp_path, **{"01-first-steps": "Go.", "2026-01-05-news": "None.", "3. parking": "Here."})
    assert set(found) == {"first steps", "news", "parking"}


def test_a_number_that_is_part_of_a_name_stays(tmp_path: Path) -> None:
    assert set(entries(tmp_path, **{"404-error": "Go back.", "2-factor": "Use it."})) == {"404 error", "2 factor"}


def test_a_file_of_a_folder_is_one_entry_though_a_heading_in_it_asks(tmp_path: Path) -> None:
    found = entries(
        tmp_path,
        install="---\ntitle: Setup\naliases: [set up, /old/setup]\n---\nGo.\n\n## Why?\n\nSo.\n\n## Where?\n\nHere.\n",
        book="# Where is the book?\n\nOn the shelf.\n\n## Why?\n\nIt fits.\n",
        many="# FAQ\n\n## How?\n\nSo.\n",
        bare="## Where to?\n\nThere.\n\n## Where from?\n\nHere.\n",
    )
    assert found == {
        "Setup": ("set up", "install"),
        "Where is the book?": ("book",),
        "How?": (),
        "Where to?": (),
        "Where from?": (),
    }


def categories(text: str) -> dict[str, str | None]:
    return {record.question: record.category for record in page(text).records}


def test_a_section_that_is_called_questions_of_some_kind_is_a_category_among_others() -> None:
    text = "# Shop\n\n## General questions\n\n### How?\n\nSo.\n\n## Money\n\n### When?\n\nNow.\n"
    assert categories(text) == {"How?": "General questions", "When?": "Money"}
    assert categories("# Shop\n\n## Shop questions\n\n### How?\n\nSo.\n") == {"How?": None}


def test_what_does_not_ask_outside_of_the_faq_of_a_page_is_in_doubt() -> None:
    usage, others = "## Usage\n\n### How it works\n\nIt waits.\n\n", "## Tips\n\n## Licence\n\nMIT\n"
    document = page(f"# heron\n\n{usage}## FAQ\n\n### Is it fast?\n\nNo.\n\n{others}")
    assert [record.question for record in document.records] == ["Is it fast?"]
    assert [(each.problem.line, each.problem.what) for each in document.doubtful] == [
        (3, "'Usage': this stands outside the FAQ of the page")
    ]


@pytest.mark.parametrize(
    "title", ["3\\. 2FA codes are refused", "A.3 2FA codes are refused", "3) 2FA codes are refused"]
)
def test_a_number_goes_in_front_of_another_one(title: str) -> None:
    text = f"# FAQ\n\n### 1\\. How?\n\nSo.\n\n### 2\\. When?\n\nNow.\n\n### {title}\n\nWait.\n"
    assert pairs(text) == {"How?": "So.", "When?": "Now.", "2FA codes are refused": "Wait."}


def test_marks_of_a_template_are_not_shown() -> None:
    text = "# FAQ\n\n{% include toc.html %}\n\n## How?\n{: #how .x }\n\nSo.\n{: .note }\n"
    assert pairs(text) == {"How?": "So."}


def test_the_list_that_answers_a_statement_in_a_list_may_be_indented_by_four() -> None:
    text = "## FAQ\n\n1. How?\n    - So.\n2. When?\n    - Now.\n3. No light\n    - Wait.\n"
    assert pairs(text) == {"How?": "- So.", "When?": "- Now.", "No light": "- Wait."}


def test_a_component_that_folds_is_a_fold() -> None:
    first = '<Accordion title="How?" icon="x">\n  So.\n</Accordion>\n'
    second = "<FAQItem question='Why is it \"so\"?'>\n\n- Because.\n\n</FAQItem>\n"
    assert pairs(f"---\ntitle: FAQ\n---\n\n{first}\n{second}", "a.mdx") == {
        "How?": "So.",
        'Why is it "so"?': "- Because.",
    }


def test_a_page_that_is_called_faq_and_asks_nothing_is_in_doubt() -> None:
    document = page("---\ntitle: FAQ\n---\n\nAsk us.\n")
    assert document.records == ()
    assert [each.record and each.record.question for each in document.doubtful] == ["FAQ"]


@pytest.mark.parametrize("top", ["---\naliases: []\n---\n", "---\ntags:\n---\n", "+++\naliases = []\n+++\n"])
def test_fields_without_a_value_are_no_text(tmp_path: Path, top: str) -> None:
    assert entries(tmp_path, dark=f"{top}# Dark mode\n\nSettings.\n") == {"Dark mode": ("dark",)}
