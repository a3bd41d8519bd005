"""Every kind of page, as the people who see it, in both languages and themes: accessible, whole, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gzip import compress
from typing import Any, Literal
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, expect

from cluster_portal.common.assets import asset
from tests.browser.conftest import Look
from tests.browser.world import WHO, World

pytestmark = pytest.mark.django_db

Scheme = Literal["light", "dark"]
THEME: dict[str, Scheme] = {"en": "light", "ro": "dark"}
"""Each page is tried in both themes: in one of them in each language; see also `looked_over`."""
OTHER: dict[str, Scheme] = {"light": "dark", "dark": "light"}
LANGUAGES = [pytest.param(one, marks=pytest.mark.xdist_group(f"browser-{one}")) for one in THEME]
"""One demonstration a language, so that two cores share the work."""
WIDTHS = (320, 720, 768, 1440)
"""720 is what a window of 1440 is to a page that is enlarged to 200 %, 320 what one of 1280 is at 400 %."""
WATCH = """
window.breaches = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.breaches.push(`${event.violatedDirective} ${event.blockedURI} line ${event.lineNumber}`));
"""
LOOK = """() => {
  const ELSEWHERE = "script, style, [lang=en], textarea, .letter, [translate=no], .field-name_en";
  const kind = (one) => [one.localName, one.type, one.role,
    ...[...one.classList].filter((name) => !/^(field|column|model|app|row)/.test(name)).sort()].join(".");
  const texts = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(ELSEWHERE)) continue;
    if (node.data.trim()) texts.push(node.data.trim().replace(/\\s+/g, " "));
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const one of document.querySelectorAll(`[${name}]`))
      if (!one.closest("[lang=en]")) texts.push(one.getAttribute(name));
  return {
    h1: [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility()).length,
    lang: document.documentElement.lang,
    title: document.title,
    breaches: window.breaches,
    words: texts,
    kinds: [...new Set([...document.querySelectorAll("body *:not(svg *)")].map(
      (one) => `${kind(one.parentElement)} > ${kind(one)}`))],
  };
}"""
SCRIPT = Axe().axe_script
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
AXE = """(rules) => axe.run(document, {resultTypes: ["violations"], preload: false, rules}).then((found) =>
  found.violations.map(({id, impact, nodes}) =>
    `${id} (${impact}) ${nodes.length} times: ${nodes[0].html.slice(0, 160)}`))"""
"""`preload` would fetch the style sheets again and parse them in a <style>, which the policy refuses as it should; only
a rule that is off by default (css-orientation-lock) reads what it finds."""
FOCUS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => !one.disabled && one.checkVisibility({visibilityProperty: true}))
  .filter((one) => {
    one.focus({preventScroll: true});
    const {outlineStyle, outlineWidth} = getComputedStyle(one);
    return document.activeElement === one && (outlineStyle === "none" || parseFloat(outlineWidth) < 2);
  }).map((one) => `does not show its focus: ${one.outerHTML.slice(0, 120)}`)"""
CONTRAST = AXE.replace("(rules)", "()").replace(", rules}", ', runOnly: ["color-contrast"]}')
BEGINS = re.compile(r"(?:^|[{},;])\s*\.([a-z][\w-]*)")
"""The class with which a selector begins."""
TARGETS = {"target-size": {"enabled": True}}
"""The one rule of WCAG 2.2 AA that axe leaves off when nothing is said: 24 px."""
ENGLISH = re.compile(
    r"\b(the|and|of|with|your|you|is|are|was|this|that|from|not|for|by|on|at|has|have|been|will|who|what|which|"
    r"save|edit|remove|add|change|delete|search|submit|select|sign|back|next|previous|none|yes|all|any|page|"
    r"member|members|request|requests|vote|board|office|date|name|address|password|letter|letters)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\S+@\S+|\S*/\S+")
AMONG_ROMANIAN = {"is", "are", "date", "board", "office", "submit", "at", "on", "of", "add", "page", "vote", "select"}
"""Words of the list that are Romanian as well, or stand in a name or for a county; alone they prove nothing."""


def untranslated(words: list[str]) -> list[str]:
    """Texts of a Romanian page that are English: two English words, or one that is nothing else."""
    found = []
    for word in words:
        text = ADDRESS.sub("", word)
        english = {one.lower() for one in ENGLISH.findall(text)}
        if (
            len(english) > 2
            or (english - AMONG_ROMANIAN and len(english) == len(text.split()))
            or len(english - AMONG_ROMANIAN) > 1
        ):
            found.append(text)
    return found


def looked_over(page: Page, language: str, painted: set[str]) -> Iterator[str]:
    """What is wrong with the page that is open; `painted` are the kinds of elements whose contrast was measured before.

    Contrast costs more than all other rules of axe together, so it is measured where something new is painted; there in
    both themes, for it depends on them and not on the language. So is whether the focus can be seen.
    """
    seen: dict[str, Any] = page.evaluate(LOOK)
    if seen["h1"] != 1:
        yield f"has {seen['h1']} h1"
    if seen["lang"] != language:
        yield f"says that it is in {seen['lang']!r}"
    if not seen["title"].strip(" ·"):
        yield "has no title"
    yield from (f"breaks the policy: {breach}" for breach in seen["breaches"])
    if language == "ro":
        yield from (f"is English: {text!r}" for text in untranslated([*seen["words"], seen["title"]]))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate(WIDER)
        if over > 0:
            yield f"{over} px too wide at {width}"
    fresh = set(seen["kinds"]) - painted
    painted |= fresh
    yield from page.evaluate(AXE, TARGETS if fresh else TARGETS | {"color-contrast": {"enabled": False}})
    if fresh:
        page.keyboard.press("Tab")  # from here on the browser shows where the focus is
        yield from page.evaluate(FOCUS)
        page.emulate_media(color_scheme=OTHER[THEME[language]], reduced_motion="reduce")  # at once, without a passage
        yield from (f"in the other theme: {one}" for one in page.evaluate(CONTRAST))
        page.emulate_media(color_scheme=THEME[language], reduced_motion="no-preference")


def listen(page: Page, said: list[str]) -> None:
    """Keep what the browser complains of."""

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    def failure(error: Error) -> None:
        said.append(str(error))

    page.on("console", console)
    page.on("pageerror", failure)


def expected(text: str, path: str, status: int) -> bool:
    """The status of the page itself, and axe trying to enter the frame of a letter, which lets no script run."""
    return f"status of {status} " in text or ("Blocked script execution" in text and "/mailbox/" in path)


@pytest.fixture(scope="module")
def painted() -> dict[str, set[str]]:
    """Which kinds of elements were measured, in each theme."""
    return {theme: set() for theme in THEME.values()}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_whole_and_in_its_language(
    world: World, look: Look, painted: dict[str, set[str]], language: str, who: str
) -> None:
    context = look(world.person(who), language, color_scheme=THEME[language])
    context.add_init_script(WATCH + SCRIPT)
    page = context.new_page()
    said: list[str] = []
    wrong: list[str] = []
    listen(page, said)
    for path in world.pages(who):
        said.clear()
        answer = page.goto(path)
        assert answer is not None, path
        status = world.status(who, path)
        found = [] if answer.status == status else [f"answered {answer.status}"]
        found += looked_over(page, language, painted[THEME[language]])
        found += [f"says on the console: {text}" for text in said if not expected(text, path, answer.status)]
        wrong += [f"{path} {one}" for one in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_visit_of_the_directory_is_light(world: World, language: str) -> None:
    """Twenty members of the demonstration, without the line that says so, and all that the page asks for."""
    html = fetched(f"{world.address}/members/", language).decode()
    assert html.count('<li class="org">') == 20
    page = len(compress(re.sub(r'<aside class="demo".*?</aside>', "", html, flags=re.DOTALL).encode(), 6))
    asked = set(re.findall(r'(?:href|src)="(/(?:assets|static)/[^"#]+)', html))
    rest = sum(len(compress(fetched(world.address + path, language), 9)) for path in asked)  # as they are sent
    assert page <= 6 * 1024, f"{page} bytes of HTML"
    assert page + rest <= 30 * 1024, f"{page + rest} bytes for {sorted(asked)}"


@pytest.mark.xdist_group("browser-en")
@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/members/", "side"),
        ("/matchmaking/opportunities/", "side"),
        ("/events/", "kind"),
        ("/events/archive/", "kind"),
    ],
)
def test_filters_are_folded_on_a_phone_and_open_on_a_desk(world: World, look: Look, path: str, field: str) -> None:
    page = look(world.person("visitor"), "en").new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(path)
    first = page.locator(f".facets [name={field}]").first
    expect(first).to_be_hidden()
    page.locator(".facets > summary").press("Enter")
    expect(first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path)
    expect(page.locator(".facets > summary")).to_be_hidden()
    expect(first).to_be_visible()


@pytest.mark.xdist_group("browser-en")
def test_what_stands_on_a_page_with_the_first_sheet_alone_is_in_that_sheet(world: World) -> None:
    """Directory and members leave the larger sheet out: nothing that only it draws may stand on them."""
    first, work = (set(BEGINS.findall(asset(name).body.decode())) for name in ("portal.css", "work.css"))
    listed = re.findall(r'<h3><a href="(/members/[^"]+)"', fetched(f"{world.address}/members/", "en").decode())
    assert len(listed) == 20
    for path in ("/members/", "/members/?q=zzzzzz", *listed):
        html = fetched(world.address + path, "en").decode()
        assert "portal.css" in html and "work.css" not in html
        used = {name for names in re.findall(r'class="([^"]+)"', html) for name in names.split()}
        assert (path, used & (work - first)) == (path, set())


def fetched(address: str, language: str) -> bytes:
    with urlopen(Request(address, headers={"Accept-Language": language})) as answer:  # our own server
        found: bytes = answer.read()
    return found
