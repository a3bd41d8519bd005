"""What a page says of an act: that it is done, or why it was refused."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from members.rules.errors import Coded, RuleError


def tell(request: HttpRequest, act: Callable[[], object], sentence: Callable[[Coded], str], words: str = "") -> bool:
    """Do it and say so in `words`, or say why it was refused, in a `sentence` of the app; whether it was done."""
    try:
        act()
    except RuleError as error:
        messages.error(request, sentence(error))
        return False
    if words:
        messages.success(request, words)
    return True
