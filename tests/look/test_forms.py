"""Plain `{{ form }}` is the portal's form: the summary first, each control tied to its label, hint and error."""

from collections.abc import Callable

import pytest
from django import forms

from cluster_portal.common.specimens import SpecimenForm
from tests.look.test_components import HOSTILE, Tags

Render = Callable[..., str]


class Wrong(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the register.")
    side = forms.ChoiceField(label="Side", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    note = forms.CharField(label="Note", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("The whole does not fit together.")


@pytest.fixture
def html(render: Render) -> str:
    return render("{{ form }}", form=Wrong(data={"token": "t"}))


def test_the_summary_comes_first_and_each_line_leads_to_a_control(html: str) -> None:
    assert html.index('role="alert"') < html.index('name="name"')
    assert "4 things to put right" in html
    tags = Tags(html)
    ids = {attributes.get("id") for tag, attributes in tags.found if tag == "input"}
    links = [str(link["href"]).removeprefix("#") for link in tags.of("a")]
    assert links == ["id_name", "id_side_0", "id_agreed"]
    assert set(links) <= ids
    assert "The whole does not fit together." in html


def test_a_control_is_described_by_its_hint_and_its_error(html: str) -> None:
    tags = Tags(html)
    name = next(box for box in tags.of("input") if box.get("name") == "name")
    assert name["aria-invalid"] == "true"
    assert name["aria-describedby"] == "id_name_helptext id_name_error"
    ids = {attributes.get("id") for _tag, attributes in tags.found}
    assert {"id_name_helptext", "id_name_error", "id_side_error", "id_agreed_error"} <= ids
    assert tags.of("fieldset")[0]["aria-describedby"] == "id_side_error"


def test_no_id_is_given_twice(render: Render) -> None:
    html = render("{{ form }}", form=SpecimenForm(data={"name": "x"}))
    ids = [str(attributes["id"]) for _tag, attributes in Tags(html).found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_only_what_may_be_left_empty_is_called_optional(html: str) -> None:
    assert html.count("(optional)") == 1
    assert 'Note <span class="optional">(optional)</span>' in html


def test_hidden_values_travel_without_a_label(html: str) -> None:
    assert '<input type="hidden" name="token" value="t"' in html
    assert "Token" not in html


def test_one_field_alone_is_drawn_the_same(render: Render) -> None:
    form = Wrong(data={})
    assert render("{% field form.name %}", form=form) == str(form["name"].as_field_group())


def test_what_was_typed_comes_back_as_text(render: Render) -> None:
    html = render("{{ form }}", form=SpecimenForm(data={"name": HOSTILE, "text": HOSTILE, "side": HOSTILE}))
    assert not Tags(html).of("script")
    assert html.count("alert(1)") >= 2


def test_the_trap_for_robots_is_hidden_without_an_inline_style(render: Render) -> None:
    class Trap(forms.Form):
        phone = forms.CharField(label="", required=False, widget=forms.TextInput(attrs={"style": "right: -9999px"}))

    html = render("{{ form }}", form=Trap())
    assert "style=" not in html
    assert 'class="honeypot" aria-hidden="true"' in html
    assert 'name="phone"' in html


def test_several_forms_share_one_summary(render: Render) -> None:
    html = render("{% errors one none two %}", one=Wrong(data={}), none=None, two=SpecimenForm())
    assert html.count("errors__title") == 1
