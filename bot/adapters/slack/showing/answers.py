"""Show replies in Slack: answers, choices, warnings, what came later, and notices of secrets."""

from collections.abc import Collection, Sequence

from bot.adapters.permalinks import on_slack
from bot.adapters.slack.showing import parts
from bot.adapters.slack.showing.ids import SlackAction, choice_id, choices_row, related_id, share_value
from bot.adapters.slack.showing.markdown import fallback, markdown, prose
from bot.adapters.slack.showing.parts import (
    DELIVERY,
    REPLY,
    Part,
    SlackMessage,
    bin_icon,
    button,
    context,
    group_mention,
    icons,
    link,
    markdown_block,
    mention,
    mrkdwn,
    room,
    row,
    section,
)
from bot.chat.markdown import host_of, kept, width
from bot.core.models import Permalink
from bot.core.searching.past import PastQuestion
from bot.core.talk.asking import own_words
from bot.core.wording.labels import Label, Words
from bot.core.wording.languages import day
from bot.core.wording.outcomes import FollowUp
from bot.core.wording.replies import HELPED, SOLVED_BEFORE, WRITTEN_BY, Choice, Reply, ReplyKind
from bot.core.wording.visible import visible_line

_NOTE = 2_000
_LABEL = 200
_ASKED = 120
_TITLE = 600
_SIGNS = {ReplyKind.WARNING: ":warning: "}
_HUMAN = (Label.HUMAN, SlackAction.HUMAN)
_SHARE = (Label.SHARE, SlackAction.SHARE)
_BUTTONS = {
    ReplyKind.ANSWER: ((Label.HELPFUL, SlackAction.HELPFUL), (Label.NOT_THIS, SlackAction.NOT_THIS), _HUMAN),
    ReplyKind.CHOICES: ((Label.NONE_OF_THESE, SlackAction.NOT_THIS), _HUMAN),
    ReplyKind.NOTHING_FITS: (_HUMAN,),
}
_NAME = 100


def reply_message(
    reply: Reply,
    *,
    question_id: str | None,
    domains: Collection[str],
    private: bool = False,
    permalink: Permalink = on_slack,
) -> SlackMessage:
    """Return a reply as a message; one that only the asker sees can be shared, and not removed.

    Without a question, as in a search, there is nothing to interaction.
    """
    around = [*_solved(reply.solved, permalink), *_ending(reply, domains)]
    buttons = [] if question_id is None else _buttons(reply, question_id, private=private)
    blocks = [*_body(reply, domains, room([*around, *buttons])), *around, *buttons]
    facts = {"question": question_id, "entry": reply.entry_id}
    return SlackMessage(tuple(blocks), _fallback(reply), REPLY, {name: fact for name, fact in facts.items() if fact})


def follow_up_message(follow_up: FollowUp, *, key: str, asker: str, domains: Collection[str]) -> SlackMessage:
    """Return a later answer, mentioning who asked once; the key distinguishes it from every other message."""
    lead = section(f"{mention(asker)} {mrkdwn(follow_up.lead, parts.SECTION // 2)}".strip())
    reply = follow_up.reply
    if reply is None:
        return SlackMessage((lead,), mrkdwn(follow_up.lead), DELIVERY, {"key": key})
    ending = _ending(reply, domains)
    blocks = (lead, *_body(reply, domains, room([lead, *ending])), *ending)
    text = mrkdwn(follow_up.lead, parts.FALLBACK // 4)
    return SlackMessage(blocks, f"{text}\n{_fallback(reply, parts.FALLBACK - width(text) - 1)}", DELIVERY, {"key": key})


def reply_parts(reply: Reply, *, domains: Collection[str]) -> list[Part]:
    """Return a reply for a dialog or a home, which take no Markdown: its words alone."""
    title = f"*{mrkdwn(visible_line(reply.title), _TITLE)}*\n" if reply.title else ""
    texts = [title + fallback(reply.text, parts.SECTION - width(title))]
    if reply.staff_note:
        texts.append(f"*{Label.STAFF_NOTE}*\n{fallback(reply.staff_note, _NOTE)}")
    return [*map(section, texts), *_ending(reply, domains)]


def call_message(words: Words, *, group: str | None) -> SlackMessage:
    """Return a call for a person, with the user group that is on call mentioned if there is one."""
    text = mrkdwn(str(words), parts.SECTION // 2)
    return SlackMessage((section(f"{group_mention(group or '')} {text}".strip()),), text)


def _body(reply: Reply, domains: Collection[str], space: int) -> list[Part]:
    """Return what a reply says in the space that is left for it, the staff note in a block of its own."""
    title = f"**{prose(visible_line(reply.title), ())}**\n\n" if reply.title else ""
    title = f"_{HELPED}_\n\n{title}" if reply.helped else title
    note = _note(reply, domains)
    words = markdown(
        _SIGNS.get(reply.kind, "") + reply.text + _long_choices(reply.choices),
        domains=domains,
        limit=min(parts.MARKDOWN, space) - width(title) - width(note),
        more=None if reply.source is None else reply.source.url,
    )
    return [markdown_block(text) for text in (title + words, note) if text]


def _long_choices(choices: Sequence[Choice]) -> str:
    """Return the choices in full where a button has no room for one."""
    if all(width(choice.label) <= parts.BUTTON for choice in choices):
        return ""
    return "".join(f"\n\n- {prose(visible_line(choice.label), ())}" for choice in choices)


def _note(reply: Reply, domains: Collection[str]) -> str:
    if not reply.staff_note:
        return ""
    return f"**{Label.STAFF_NOTE}**\n\n{markdown(reply.staff_note, domains=domains, limit=_NOTE)}"


def _solved(past: Sequence[PastQuestion], permalink: Permalink) -> list[Part]:
    """Return questions that were solved, each as a link to its message."""
    links = [(own_words(one.title), permalink(one.ref) or "") for one in past]
    lines = [f"• {link(url, text, {host_of(url) or ''}, limit=_ASKED)}" for text, url in links]
    return [section("\n".join([str(SOLVED_BEFORE), *lines]))] if lines else []


def _ending(reply: Reply, domains: Collection[str]) -> list[Part]:
    """Return the small print: who wrote it, the category, the age and the source, as far as they are known."""
    notes = [] if reply.author is None else [mrkdwn(WRITTEN_BY.format(author=reply.author), _LABEL)]
    notes += [mrkdwn(reply.category, _LABEL)] if reply.category else []
    source = reply.source
    if source is not None:
        updated = source.updated or source.published
        notes += [f"{Label.UPDATED} {day(updated)}"] if updated else []
        linked = source.url is not None and kept(source.url, domains) is not None
        notes += [link(source.url, source.title or str(Label.SOURCE), domains)] if source.title or linked else []
    return [context(" · ".join(notes))] if notes else []


def _buttons(reply: Reply, question_id: str, *, private: bool) -> list[Part]:
    choices = [button(each.label, choice_id(number), each.entry_id) for number, each in enumerate(reply.choices)]
    controls = [each for each in _BUTTONS.get(reply.kind, ()) if not (reply.helped and each is _HUMAN)]
    if private and reply.kind is ReplyKind.ANSWER:
        controls.insert(0, _SHARE)
    values = {SlackAction.SHARE: share_value(question_id, reply.entry_id or "")}
    pressed = [button(label, action, values.get(action, question_id)) for label, action in controls]
    rows = [row(choices, block_id=choices_row(question_id))] if choices else []
    rows += [row(pressed)] if pressed else []
    related = [
        button(one.label, related_id(number), share_value(question_id, one.entry_id))
        for number, one in enumerate(reply.related)
    ]
    rows += [row(related)] if related else []
    is_removable = reply.kind in _BUTTONS and not private
    return [*rows, icons(bin_icon(Label.REMOVE, SlackAction.REMOVE, question_id))] if is_removable else rows


def _fallback(reply: Reply, limit: int = parts.FALLBACK) -> str:
    title = f"{mrkdwn(reply.title, limit // 4)}\n" if reply.title else ""
    title = f"{HELPED}\n{title}" if reply.helped else title
    return title + fallback(reply.text, limit - width(title))


def notice_message(author: str, text: Words, *, url: str | None, domains: Collection[str]) -> SlackMessage:
    """Return a notice: what it is about, who posted it, by name so that nobody is pinged, and where."""
    where = link(url, str(Label.MESSAGE), domains)
    return SlackMessage((section(f"{text}\n{mrkdwn(author, _NAME)} · {where}"),), str(text))
