"""Visits of pages inside a process, behind all middlewares, without a web server."""

from collections.abc import Callable, Sequence
from io import BytesIO

from django.core.handlers.wsgi import WSGIHandler

Page = Callable[[], bytes]
"""One visit of a page: does all the work of a request and returns the body."""


def visits(handler: WSGIHandler, paths: Sequence[str]) -> Page:
    """A page visited as a stranger; several paths are visited one after the other."""
    turn = iter(range(10**9))

    def visit() -> bytes:
        path, _, query = paths[next(turn) % len(paths)].partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "http", "HTTP_ACCEPT_LANGUAGE": "en", "SCRIPT_NAME": "",
        }  # fmt: skip
        status: list[str] = []

        def start(code: str, _headers: object, _error: object = None) -> Callable[[bytes], object]:
            status.append(code)
            return lambda _body: None

        answer = handler(environ, start)
        body = b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{path}?{query}: {status[0]}")
        return body

    return visit
