"""Things that have a name in Romanian and in English."""

from django.utils.translation import get_language


class InTwoLanguages:
    """Reads `field_ro` or `field_en` by the language of the reader, the other one when theirs is empty."""

    def in_language(self, field: str) -> str:
        first, second = ("ro", "en") if get_language() == "ro" else ("en", "ro")
        text: str = getattr(self, f"{field}_{first}") or getattr(self, f"{field}_{second}")
        return text

    @property
    def name(self) -> str:
        return self.in_language("name")
