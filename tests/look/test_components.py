"""Each component draws what it is told, says it in words, and never lets text become markup."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import gettext_lazy, override

from cluster_portal.common.models import Written

Render = Callable[..., str]
HOSTILE = '"><script>alert(1)</script>'


class Tags(HTMLParser):
    """The tags and attributes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


CALLS = {
    "icon": '{% icon "check" x %}',
    "side": '{% side "civil" x %}',
    "role": '{% role x %}{% role "industry" x %}',
    "status": "{% status x %}",
    "trl": "{% trl 3 prefix=x %}",
    "chip": "{% chip x x x %}",
    "file": "{% file_row x href=x size=x note=x %}",
    "notice": "{% notice %}{{ x }}{% endnotice %}",
    "empty": "{% empty x %}{{ x }}{% endempty %}",
    "section": '{% section x id="a" note=x %}{{ x }}{% endsection %}',
    "section with a link": '{% section x id="b" href=x link=x %}{% endsection %}',
    "balance": "{% balance helix %}",
    "county map": "{% county_map places %}",
    "written": "{% written x %}{% written x long=True %}{% written foreign %}{% written foreign long=True %}",
    "term": '{% term "quorum" x %}',
    "matrix": '{% matrix columns rows caption=x corner=x %}{% matrix columns rows caption=x kind="tick" name=x %}',
    "tally": "{% tally pairs %}",
    "progress": "{% progress 1 2 x %}",
    "checklist": "{% checklist things %}",
    "facts": "{% facts pairs %}{% facts pairs across=True %}",
    "steps": "{% steps things x %}",
    "article": "{% article x paragraphs source=x href=x marked=1 %}",
    "log": "{% log things %}",
    "crumbs": "{% crumbs x x x %}",
    "tabs": "{% tabs ways x %}",
    "facet": "{% facet x x things %}",
    "letter": "{% letter x x x at=x sender=x %}",
}


@pytest.mark.parametrize("name", CALLS)
def test_text_given_to_a_component_stays_text(render: Render, name: str) -> None:
    thing = dict.fromkeys(("label", "href", "state", "text", "by", "note", "source", "value", "count"), HOSTILE)
    html = render(
        CALLS[name],
        x=HOSTILE,
        helix=[{"role": HOSTILE, "label": HOSTILE, "civil": 1, "dual": 0, "defence": 0, "href": HOSTILE}],
        columns=[(HOSTILE, HOSTILE)],
        rows=[(HOSTILE, [{"civil": 1, "defence": 1, "total": 1, "href": HOSTILE, "value": HOSTILE}])],
        pairs=[(HOSTILE, HOSTILE)],
        things=[thing],
        paragraphs=[HOSTILE],
        foreign=Written(HOSTILE, "ro"),
        places=[("SB", HOSTILE, 2, HOSTILE)],
        ways=[(HOSTILE, HOSTILE, True)],
    )
    assert "alert(1)" in html
    assert not Tags(html).of("script")


def test_an_unknown_icon_is_an_error_that_names_the_known(render: Render) -> None:
    with pytest.raises(LookupError, match="There is no icon 'ckeck'; the sprite has: arrow-left"):
        render('{% icon "ckeck" %}')


def test_an_icon_that_stands_alone_has_a_name_and_one_beside_a_word_has_none(render: Render) -> None:
    alone, beside = Tags(render('{% icon "x" "Remove" %}{% icon "x" %}')).of("svg")
    assert (alone["role"], alone["aria-label"]) == ("img", "Remove")
    assert (beside.get("aria-hidden"), beside.get("role")) == ("true", None)


def test_the_words_of_a_kept_drawing_follow_the_language(render: Render) -> None:
    label = gettext_lazy("January")
    with override("en"):
        assert "January" in render('{% side "dual" x %}', x=label)
    with override("ro"):
        assert "ianuarie" in render('{% side "dual" x %}', x=label)


def test_a_side_or_a_level_that_is_not_known_draws_nothing(render: Render) -> None:
    assert render("{% side none %}{% role none %}{% trl none %}{% side 'both' %}", none=None) == ""


def test_a_role_of_another_preset_keeps_its_word_and_gets_a_neutral_shape(render: Render) -> None:
    html = render('{% role "hospital" "Spital" %}')
    assert "Spital" in html
    assert "#r-other" in html


@pytest.mark.parametrize("level", range(1, 10))
def test_maturity_has_nine_ticks_and_the_figure(render: Render, level: int) -> None:
    html = render("{% trl level %}", level=level)
    on, rest = (re.findall(pattern, html) for pattern in (r'class="on" d="M0 6h(\d+)"', r'<path d="M(\d+) 6h(\d+)"'))
    assert int(on[0]) == 6 * level - 2  # ticks of 4, gaps of 2
    assert rest == ([] if level == 9 else [(str(6 * level), str(6 * (9 - level) - 2))])
    assert f"TRL&nbsp;{level}" in html


def test_what_is_fixed_is_drawn_in_each_language_and_knows_nothing_of_the_page(render: Render) -> None:
    source = '{% fixed %}{% translate "Members" %}|{% icon "check" %}|{{ who }}{% endfixed %}{{ who }}'
    template = engines["django"].from_string("{% load i18n ui %}" + source)
    drawn = {}
    for language in ("en", "ro", "en"):
        with override(language):
            for who in ("Ana", "Ion"):
                html = template.render({"who": who})
                assert html.endswith(f"|{who}") and html.count(who) == 1
                drawn[language] = html.partition("|")[0]
    assert drawn == {"en": "Members", "ro": "Membri"}


def test_written_words_are_looked_up_once_in_each_language_and_values_every_time() -> None:
    words = (
        '"Members"',
        '"Members" as word %}{{ word }}{% translate word|slice:":0"',
        "who",
        '"Next" context "page"',
        '"a <b> & 10%"',
    )
    source = "{% load i18n ui %}" + "|".join(f"{{% translate {word} %}}" for word in words)
    template = engines["django"].from_string(source)
    drawn: dict[tuple[str, str], str] = {}
    for language in ("en", "ro", "en"):
        with override(language):
            for who in ("Home", "Join", "<i>"):
                html = template.render({"who": who})
                assert drawn.setdefault((language, who), html) == html
    assert drawn["en", "Home"] == "Members|Members|Home|Next|a <b> & 10%"
    assert drawn["ro", "Join"] == "Membri|Membri|Aderare|Înainte|a <b> & 10%"
    assert drawn["ro", "<i>"].split("|")[2] == "&lt;i&gt;"


def test_the_matrix_counts_links_and_says_zero_without_a_link(render: Render) -> None:
    cells = [{"civil": 2, "defence": 1, "total": 3, "href": "?f=1", "current": True}, {"civil": 0, "defence": 0}]
    html = render(
        "{% matrix columns rows caption='c' %}", columns=[("C", "Chemical"), ("B", "Bio")], rows=[("Detect", cells)]
    )
    tags = Tags(html)
    (link,) = tags.of("a")
    assert link["aria-label"] == "Detect, Chemical: 3 members; civil side 2, defence side 1"
    assert link["aria-current"] == "true"
    assert '<td><span class="cell cell--none">0</span></td>' in html


def test_a_matrix_row_that_does_not_fit_its_columns_is_refused(render: Render) -> None:
    with pytest.raises(ValueError, match="zip"):
        render("{% matrix columns rows caption='c' %}", columns=[("C", "Chemical")], rows=[("Detect", [])])


def test_the_matrix_of_checkboxes_names_each_by_row_and_column(render: Render) -> None:
    rows = [("Detect", [{"value": "d-c", "checked": True}])]
    html = render(
        "{% matrix columns rows caption='c' kind='tick' name='cell' %}", columns=[("C", "Chemical")], rows=rows
    )
    (box,) = Tags(html).of("input")
    assert (box["name"], box["value"]) == ("cell", "d-c")
    assert "checked" in box
    assert '<span class="hidden">Detect, Chemical</span>' in html


def test_seats_say_the_quorum_in_words_and_nobody_by_place(render: Render) -> None:
    html = render("{% seats states 3 %}", states=["open", "cast", "you", "recused", "cast"])
    said = "2 of 4 directors have sent a ballot; the quorum of 3 is not reached. 1 director steps aside."
    assert f'aria-label="{said}"' in html
    assert re.findall(r'<circle class="([^"]*)"', html) == ["cast", "cast", "open you", "open", "recused"]


def test_facts_without_a_value_are_left_out_but_zero_is_a_fact(render: Render) -> None:
    html = render("{% facts pairs %}", pairs=[("Website", ""), ("Telephone", None), ("Staff", 0)])
    assert html.count("<dt>") == 1
    assert "<dd>0</dd>" in html


def test_a_filter_that_would_find_nothing_is_shown_and_disabled_unless_it_is_in_use(render: Render) -> None:
    options = [
        SimpleNamespace(value="a", label="A", count=0, checked=False),
        SimpleNamespace(value="b", label="B", count=0, checked=True),
    ]
    first, second = Tags(render("{% facet 'L' 'n' options %}", options=options)).of("input")
    assert "disabled" in first
    assert "disabled" not in second


def pager(render: Render, address: str, count: int, number: int) -> str:
    page = Paginator(range(count), 10).get_page(number)
    return render("{% pager page %}", page=page, request=RequestFactory().get(address))


def test_the_pager_keeps_the_other_parameters(render: Render) -> None:
    html = pager(render, "/?q=%C8%99&side=civil&side=dual&page=2", 95, 2)
    assert "11 to 20 of 95" in html
    following = next(link for link in Tags(html).of("a") if link.get("rel") == "next")
    assert following["href"] == "?q=%C8%99&side=civil&side=dual&page=3"


def test_one_page_needs_no_pager(render: Render) -> None:
    assert pager(render, "/", 10, 1).strip() == ""


def test_the_paragraphs_that_ask_are_marked_by_their_number(render: Render) -> None:
    paragraphs: list[Any] = [("1", "One"), ("1^1", "Inserted"), ("2", "Two")]
    html = render("{% article 'Article 3' paragraphs marked='1^1 2' %}", paragraphs=paragraphs)
    assert re.findall(r"<mark>(.*?)</mark>", html) == ["Inserted", "Two"]


def test_crumbs_end_with_the_page_itself_without_a_link(render: Render) -> None:
    html = render("{% crumbs 'Members' '/members/' 'Făgetu' %}")
    assert [link["href"] for link in Tags(html).of("a")] == ["/members/"]
    assert '<li aria-current="page">Făgetu</li>' in html


def test_a_text_that_is_there_in_the_other_language_only_says_so(render: Render) -> None:
    html = render("{% written foreign %}|{% written own %}", foreign=Written("Bună", "ro"), own="Hello")
    foreign, own = html.split("|")
    assert (Tags(foreign).of("span")[0]["lang"], own.strip()) == ("ro", "Hello")
    assert "in Romanian" in foreign
    assert (
        render("<p{% tongue foreign %}>{% written foreign long=True %}", foreign=Written("Bună", "ro")).count("lang=")
        == 2
    )
