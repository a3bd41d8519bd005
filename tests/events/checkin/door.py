"""A door: a small web server that answers check-ins by the protocol of `checkin.js`, and can be made to misbehave."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

ROOT = Path(__file__).resolve().parents[3]
PAGE = (Path(__file__).parent / "page.html").read_text()
POLICY = (
    "; ".join(f"{kind}-src 'self'" for kind in ("default", "script", "style", "connect", "media")) + "; img-src data:"
)
PEOPLE = {
    "R-1": ("Ștefan Țuțea", "CODE-1"),
    "R-2": ("Ion Pop", "CODE-2"),
    "R-3": ("Ana <Maria>", "CODE-3"),
}
ROW = """
<li data-checkin-row="{pk}" data-code="{code}" data-name="{name}" data-state="{state}">
  <b>{name}</b> <span data-checkin-said>{said}</span>
  <form method="post" action="/checkin" data-checkin>
    <input type="hidden" name="csrfmiddlewaretoken" value="TOKEN">
    <input type="hidden" name="event_id" value="EVENT-1">
    <input type="hidden" name="registration" value="{pk}">
    <button class="btn"{disabled}>Arrived</button>
  </form>
  <form method="post" action="/undo" data-checkin="undo"{hidden}>
    <input type="hidden" name="csrfmiddlewaretoken" value="TOKEN">
    <input type="hidden" name="event_id" value="EVENT-1">
    <input type="hidden" name="registration" value="{pk}">
    <button class="link">Undo</button>
  </form>
</li>"""


@dataclass
class Door:
    """What the server does with the next requests, and what came."""

    address: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    applied: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """scan -> registration, and whether it was undone: what a server would have in its table."""
    answers: list[str] = field(default_factory=list)
    """How to answer the next requests, first to last: a status, "lost", "hotel" or "login"; then as it should be."""

    @property
    def arrived(self) -> list[str]:
        last = dict(self.applied.values())
        return sorted(registration for registration, here in last.items() if here)

    def body(self) -> str:
        rows = "".join(
            ROW.format(
                pk=pk,
                code=code,
                name=escape(name),
                state="arrived" if pk in self.arrived else "",
                said="Arrived" if pk in self.arrived else "",
                hidden="" if pk in self.arrived else " hidden",
                disabled=" disabled" if pk in self.arrived else "",
            )
            for pk, (name, code) in PEOPLE.items()
        )
        return PAGE.replace("<!-- rows -->", rows)

    def apply(self, fields: dict[str, str], here: bool) -> str | None:
        """The registration, checked in once however often it is asked."""
        codes = {code: pk for pk, (_, code) in PEOPLE.items()}
        registration = fields.get("registration") or codes.get(fields.get("code", "").removeprefix("https://x/"))
        if registration in PEOPLE:
            self.applied.setdefault(fields.get("scan", f"plain-{len(self.applied)}"), (registration, here))
            return registration
        return None


class Handler(BaseHTTPRequestHandler):
    door: Door

    def do_GET(self) -> None:
        scripts = {f"/{name}.js": ROOT / "static/js/behaviours" / f"{name}.js" for name in ("checkin", "scanner")}
        if self.path in scripts:
            self.say(200, scripts[self.path].read_text(), "text/javascript")
        elif self.path == "/portal.css":
            self.say(200, "", "text/css")
        else:
            self.say(200, self.door.body())

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
        self.door.asked.append(fields)
        how = self.door.answers.pop(0) if self.door.answers else "200"
        if how.isdigit() and how != "200":
            self.json(int(how), {"words": "The registration was cancelled."} if int(how) < 500 else {})
        elif how == "hotel":
            self.say(200, "<h1>Welcome to our network</h1>")
        elif how == "login":
            self.say(302, "", location="/login")
        else:
            self.settle(fields, how)

    def settle(self, fields: dict[str, str], how: str) -> None:
        registration = self.door.apply(fields, self.path == "/checkin")
        if how == "lost":  # done, but the answer never arrives
            self.connection.close()
        elif "application/json" not in self.headers["Accept"]:
            self.say(303, "", location="/")
        elif registration is None:
            self.json(404, {"words": "No such code."})
        else:
            words = "Arrived at 09:05" if self.path == "/checkin" else "Taken back"
            self.json(200, {"scan": fields["scan"], "registration": registration, "words": words})

    def json(self, status: int, said: dict[str, Any]) -> None:
        self.say(status, json.dumps(said), "application/json")

    def say(self, status: int, text: str, kind: str = "text/html; charset=utf-8", location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.send_header("Content-Security-Policy", POLICY)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """The test looks at what came, not at a log."""


@contextmanager
def opened() -> Iterator[Door]:
    door = Door()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Knocked", (Handler,), {"door": door}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    door.address = f"http://localhost:{server.server_address[1]}"
    try:
        yield door
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
