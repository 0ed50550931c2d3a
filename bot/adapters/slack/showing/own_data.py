"""Show on a home what people can do about their own data."""

from bot.adapters.slack.showing.ids import SlackAction
from bot.adapters.slack.showing.parts import Part, button, header, row
from bot.core.manners import OptOut
from bot.core.wording.labels import Label

_ME = "me"
_STOP = (Label.OPT_OUT, SlackAction.OPT_OUT)
_ONLY_ASKED = (Label.ONLY_ASKED, SlackAction.ONLY_ASKED)
_OFFERED = {
    None: (_STOP, _ONLY_ASKED),
    OptOut.FOLLOW_UPS: ((Label.OPT_IN, SlackAction.OPT_IN), _ONLY_ASKED),
    OptOut.UNASKED: ((Label.LIKE_OTHERS, SlackAction.OPT_IN), _STOP),
}


def my_data(opted_out: OptOut | None) -> list[Part]:
    """Return the buttons with which people export, erase, and opt out and in."""
    sure = (Label.FORGET_SURE, Label.FORGET)
    buttons = [
        button(Label.EXPORT, SlackAction.EXPORT, _ME),
        *(button(label, action, _ME) for label, action in _OFFERED[opted_out]),
        button(Label.FORGET, SlackAction.FORGET, _ME, style="danger", confirm=sure),
    ]
    return [header(Label.MY_DATA), row(buttons)]
