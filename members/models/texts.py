"""Things that have a name in Romanian and in English."""

from cluster_portal.common.models import in_reach


class InTwoLanguages:
    """Reads `field_ro` or `field_en` by the language of the reader, the other one when theirs is empty."""

    def in_language(self, field: str) -> str:
        return in_reach(getattr(self, f"{field}_ro"), getattr(self, f"{field}_en"))

    @property
    def name(self) -> str:
        return self.in_language("name")


class Titled(InTwoLanguages):
    """What has a title and a summary."""

    @property
    def title(self) -> str:
        return self.in_language("title")

    @property
    def summary(self) -> str:
        return self.in_language("summary")
