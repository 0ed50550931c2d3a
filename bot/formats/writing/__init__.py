"""Write entries into files that an import reads back."""

from bot.formats.writing.forms import FORMS, FormName, WrittenForm, form_of

__all__ = ["FORMS", "FormName", "WrittenForm", "form_of"]
