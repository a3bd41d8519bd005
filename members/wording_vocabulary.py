"""The sentences of the vocabulary desk: what it refuses, and what to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

VOCABULARY: "Mapping[str, StrPromise]" = {
    "suggestion_decided": _("This suggestion has been answered already."),
    "suggestion_waits": _("Your organisation has suggested this word already; the office will answer."),
    "suggestions_full": ngettext_lazy(
        "%(most)d word of your organisation waits already. Suggest the next one when the office has answered.",
        "%(most)d words of your organisation wait already. Suggest the next one when the office has answered.",
        "most",
    ),
    "word_exists": _("“%(word)s” is in the vocabulary already. Choose it in the list."),
    "word_gone": _("This word is no longer there. Load the vocabulary again."),
    "word_heir_below": _(
        "“%(heir)s” stands below the word that would end. Move it to another place first, then merge."
    ),
    "word_heir_retired": _("“%(heir)s” is retired. Bring it back first, or choose another word."),
    "word_is_a_root": _("A main branch only groups words: it is not moved, merged or retired. Rename it if need be."),
    "word_itself": _("Choose another word: this one cannot be merged into itself."),
    "word_list_cell_long": _("%(column)s is longer than %(most)s characters."),
    "word_list_columns": _(
        "The file lacks the columns %(missing)s. Download the vocabulary to see how it is laid out."
    ),
    "word_list_broken": _("The file is not a CSV that can be read. Save it as “CSV UTF-8”."),
    "word_list_code": _("“%(code)s” is no code. Write letters without diacritics, digits, dots and dashes."),
    "word_list_empty": _("%(column)s is empty."),
    "word_list_flag": _("%(column)s is “%(value)s”. Write 1 or 0."),
    "word_list_long": _("The file has more than %(most)s rows. Bring in a part at a time."),
    "word_list_merged": _("“%(code)s” was merged into another word. Leave the row out."),
    "word_list_parent": _("There is no word with the code “%(code)s” to stand above it."),
    "word_list_twice": _("The code “%(code)s” stands in more than one row."),
    "word_list_changed": _(
        "The vocabulary has changed since the preview. Look at the preview again; nothing was written."
    ),
    "word_list_faulty": ngettext_lazy(
        "%(count)d row has a mistake, so nothing was written.",
        "%(count)d rows have mistakes, so nothing was written.",
        "count",
    ),
    "word_loop": _("A word cannot stand below itself or below one of its narrower words. Choose another place."),
    "word_merged": _("This word was merged into “%(heir)s” and stays there."),
    "word_overtaken": _(
        "Somebody else has changed this word since you opened the page; nothing was saved. Load the page again."
    ),
    "word_parent_retired": _("Choose a word that is in use to stand above it."),
    "word_stands_there": _("“%(word)s” stands at this place already. Choose another name, or merge the two words."),
    "word_too_deep": _("The tree has at most %(most)s levels. Choose a place further up."),
}
