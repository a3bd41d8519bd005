"""Forms of the kernel."""

from typing import Any

from django import forms

from cluster_portal.common.topics import all_topics


class TopicsForm(forms.Form):
    """One switch for each kind of optional letters; on unless it was refused."""

    def __init__(self, *args: Any, refused: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = all_topics()
        for topic in self.topics:
            self.fields[topic.code] = forms.BooleanField(
                label=topic.name, help_text=topic.explanation, required=False, initial=topic.code not in refused
            )

    @property
    def wanted(self) -> list[str]:
        """Codes of the topics that are switched on."""
        return [topic.code for topic in self.topics if self.cleaned_data[topic.code]]
