"""Every kind of page, as the people who see it, in both languages and themes: accessible, whole, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Response

from tests.browser.conftest import Look
from tests.browser.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("browser")]

THEME = {"en": "light", "ro": "dark"}
"""Each page is tried by axe in both themes: in one of them in each language."""
NOT_FOUND = {"/no/such/", "/members/invitations/nothing/"}
WATCH = """
window.breaches = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.breaches.push(`${event.violatedDirective} ${event.blockedURI} line ${event.lineNumber}`));
"""
LOOK = """(width) => ({
  h1: [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility()).length,
  lang: document.documentElement.lang,
  title: document.title,
  breaches: window.breaches,
  words: [...(function* () {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, inside = node.parentElement;
      if (inside.closest("script, style, [lang=en], textarea, .letter, [translate=no]")) continue;
      if (node.data.trim()) yield node.data.trim().replace(/\\s+/g, " ");
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      for (const one of document.querySelectorAll(`[${name}]`))
        if (!one.closest("[lang=en]")) yield one.getAttribute(name);
  })()],
})"""
ENGLISH = re.compile(
    r"\b(the|and|of|with|your|you|is|are|was|this|that|from|not|for|by|on|at|has|have|been|will|who|what|which|"
    r"save|edit|remove|add|change|delete|search|submit|select|sign|back|next|previous|none|yes|all|any|page|"
    r"member|members|request|requests|vote|board|office|date|name|address|password|letter|letters)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\S+@\S+|\S*/\S+")
AMONG_ROMANIAN = {"are", "date", "board", "office", "submit", "at", "on", "of", "add", "page", "vote", "select"}
"""Words of the list that are Romanian as well or may stand in a name; alone they prove nothing."""


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


def wider(page: Page, widths: tuple[int, ...]) -> Iterator[str]:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            yield f"{over} px too wide at {width}"


def looked_over(page: Page, answer: Response, path: str, language: str) -> Iterator[str]:
    """What is wrong with the page that is open."""
    status = 404 if path in NOT_FOUND else 200
    if answer.status != status:
        yield f"answered {answer.status}"
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
    yield from wider(page, (320, 768, 1440))
    for found in Axe().run(page).response["violations"]:
        nodes = [node["html"][:160] for node in found["nodes"]]
        yield f"{found['id']} ({found['impact']}) {len(nodes)} times: {nodes[0]}"


def listen(page: Page, said: list[str]) -> None:
    """Keep what the browser complains of."""

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    def failure(error: Error) -> None:
        said.append(str(error))

    page.on("console", console)
    page.on("pageerror", failure)


def expected(text: str, status: int) -> bool:
    """The status of the page itself, and axe trying to enter the frame of a letter, which lets no script run."""
    return str(status) in text or ("Blocked script execution" in text and "/mailbox/" in text)


@pytest.mark.parametrize("language", ["ro", "en"])
def test_every_page_is_accessible_whole_and_in_its_language(world: World, look: Look, language: str) -> None:
    wrong: list[str] = []
    for who, paths in world.pages().items():
        context = look(world.person(who), language, color_scheme=THEME[language])
        context.add_init_script(WATCH)
        page = context.new_page()
        said: list[str] = []
        listen(page, said)
        for path in paths:
            said.clear()
            answer = page.goto(path)
            assert answer is not None, path
            found = list(looked_over(page, answer, path, language))
            found += [f"says on the console: {text}" for text in said if not expected(text, answer.status)]
            wrong += [f"{who} {path} {one}" for one in found]
        context.close()
    assert not wrong, "\n".join(wrong)
