"""A person at a browser without JavaScript: opens pages over HTTP, follows links, fills in the forms that it finds."""

from __future__ import annotations

import urllib.request
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass
class Upload:
    """A file that is chosen in a form."""

    name: str
    content: bytes
    kind: str = "application/pdf"


@dataclass
class Form:
    """A form as it stands on the page: where it goes, and what it would send if nobody touched it."""

    action: str
    method: str = "get"
    multipart: bool = False
    sent: list[tuple[str, str]] = field(default_factory=list)
    known: dict[str, set[str]] = field(default_factory=dict)
    """Every control by its name; for those with choices, the values that may be chosen."""
    several: set[str] = field(default_factory=set)

    def names(self) -> set[str]:
        return set(self.known)

    def value(self, name: str) -> str:
        return next((value for one, value in self.sent if one == name), "")

    def fill(self, **typed: Any) -> list[tuple[str, Any]]:
        """What is sent once these fields are filled in. Nobody can type into a field that is not on the page."""
        values: list[tuple[str, Any]] = [pair for pair in self.sent if pair[0] not in typed]
        for name, value in typed.items():
            assert name in self.known, f"the form has no {name}, only {sorted(self.known)}"
            chosen = value if isinstance(value, list) else [value]
            for one in chosen:
                choices = self.known[name]
                assert not choices or str(one) in choices, f"{name} offers no {one}, only {sorted(choices)}"
            values += [(name, one) for one in chosen]
        return values


class _Reader(HTMLParser):
    """Reads links, forms and words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._link: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._area: tuple[str, list[str]] | None = None
        self._dark = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag in {"script", "style"}:
            self._dark += 1
        elif tag == "a" and "href" in of:
            self._link = (of["href"], [])
        elif tag == "form":
            many = of.get("enctype") == "multipart/form-data"
            self._form = Form(of.get("action", ""), of.get("method", "get").lower(), many)
            self.forms.append(self._form)
        elif tag in {"input", "select", "textarea", "button", "option"}:
            self._control(tag, of)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._dark -= 1
        elif tag == "a" and self._link:
            self.links.append((" ".join("".join(self._link[1]).split()), self._link[0]))
            self._link = None
        elif tag == "form":
            self._form = None
        elif tag == "select" and self._select and self._form:
            name, options = self._select
            self._form.known[name] = {value for value, _ in options}
            chosen = [value for value, selected in options if selected] or [value for value, _ in options[:1]]
            self._form.sent += [(name, value) for value in chosen[:1]]
            self._select = None
        elif tag == "textarea" and self._area and self._form:
            self._form.sent.append((self._area[0], "".join(self._area[1]).removeprefix("\n")))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)
        elif not self._dark:
            self.words.append(data)
        if self._link:
            self._link[1].append(data)

    def _control(self, tag: str, of: dict[str, str]) -> None:
        form, name = self._form, of.get("name", "")
        if tag == "option":
            if self._select:
                self._select[1].append((of.get("value", ""), "selected" in of))
            return
        if form is None or not name or "disabled" in of:
            return
        kind = of.get("type", "text")
        if tag == "select":
            self._select = (name, [])
            form.known.setdefault(name, set())
        elif tag == "textarea":
            self._area = (name, [])
            form.known.setdefault(name, set())
        elif tag == "button" or kind in {"submit", "radio", "checkbox"}:
            form.known.setdefault(name, set()).add(of.get("value", "on"))
            if "checked" in of:
                form.sent.append((name, of.get("value", "on")))
        else:
            form.known.setdefault(name, set())
            if kind != "file":
                form.sent.append((name, of.get("value", "")))


@dataclass
class Page:
    """What came back: the status, where it was found in the end, and what stands on it."""

    status: int
    address: str
    html: str
    headers: HTTPMessage

    def __post_init__(self) -> None:
        reader = _Reader()
        if self.headers.get_content_type() == "text/html":
            reader.feed(self.html)
        self.forms, self.links = reader.forms, reader.links
        self.words = " ".join("".join(reader.words).split())

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    def form(self, part: str) -> Form:
        """The form whose address ends so, or has this in it; without an action a form goes to the page itself."""
        paths = [self.path_of(one.action) for one in self.forms]
        found = [i for i, path in enumerate(paths) if path.endswith(part)]
        found += [i for i, path in enumerate(paths) if part in path]
        assert found, f"{self.path} has no form to {part}, only {paths}: {self.words}"
        return self.forms[found[0]]

    def path_of(self, address: str) -> str:
        return urlsplit(urljoin(self.address, address)).path

    def link(self, words: str) -> str:
        """The address of the link that says this."""
        found = [address for text, address in self.links if words in text]
        assert found, f"{self.path} has no link “{words}”, only {[text for text, _ in self.links]}"
        return found[0]


class _AllAnswers(urllib.request.HTTPErrorProcessor):
    """Follows redirects; any other answer is a page to be read."""

    def http_response(self, request: Any, response: Any) -> Any:
        return super().http_response(request, response) if 300 <= response.status < 400 else response

    https_response = http_response


class Walker:
    """One browser with its cookies, asking in one language."""

    def __init__(self, base: str, language: str = "en") -> None:
        self.base = base
        self.language = language
        self.cookies = CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies, _AllAnswers())

    def get(self, address: str) -> Page:
        return self._ask(urllib.request.Request(urljoin(self.base, address)))

    def follow(self, page: Page, words: str) -> Page:
        return self.get(urljoin(page.address, page.link(words)))

    def submit(self, page: Page, part: str, **typed: Any) -> Page:
        """Fill in the form that goes there and send it; a button is a field as well."""
        form = page.form(part)
        address = urljoin(page.address, form.action)
        values = form.fill(**typed)
        if form.method == "get":
            return self.get(f"{address}?{urlencode(values)}")
        return self.post(address, values, multipart=form.multipart)

    def post(self, address: str, values: list[tuple[str, Any]], *, multipart: bool = False) -> Page:
        body, kind = _parts(values) if multipart else (urlencode(values).encode(), "application/x-www-form-urlencoded")
        headers = {"Content-Type": kind}
        return self._ask(urllib.request.Request(urljoin(self.base, address), data=body, headers=headers))

    def signed_in(self, email: str, password: str) -> Walker:
        page = self.submit(self.get("/accounts/login/"), "/accounts/login/", login=email, password=password)
        assert page.status == 200 and "/login/" not in page.path, page.words
        return self

    def _ask(self, request: urllib.request.Request) -> Page:
        request.add_header("Accept-Language", self.language)
        request.add_header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        try:
            with self._opener.open(request, timeout=60) as answer:
                content = answer.read()
        except HTTPError as error:
            raise AssertionError(f"{request.full_url} redirects without an end") from error
        return Page(answer.status, answer.url, content.decode(errors="replace"), answer.headers)


def _parts(values: list[tuple[str, Any]]) -> tuple[bytes, str]:
    """The body of a form with files."""
    boundary = uuid.uuid4().hex
    body = b""
    for name, value in values:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, Upload):
            head += f'; filename="{value.name}"\r\nContent-Type: {value.kind}'
            body += head.encode() + b"\r\n\r\n" + value.content + b"\r\n"
        else:
            body += head.encode() + b"\r\n\r\n" + str(value).encode() + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
