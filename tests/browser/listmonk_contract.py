"""A newsletter server on this machine that keeps listmonk's contract for public forms, as its source states it.

    POST /subscription/form      email, l (a list's UUID, once or more), nonce (empty, or the answer is 502), next
                                 answers with a message, or leads on to `next` where that is one of the trusted URLs
    GET  /subscription/optin/…   a page that asks once more; only its own form confirms, not the mere visit
    POST /subscription/optin/…   confirm=true, l

What a reader must confirm is asked by a real mail, sent by SMTP.
"""

from __future__ import annotations

import smtplib
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from aiosmtpd.controller import Controller

FORM = "/subscription/form"
OPT_IN = "/subscription/optin/"


@dataclass
class Mailbox:
    """An SMTP server's mails, in order of arrival."""

    mails: list[Any] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        self.mails.append(envelope)
        self.arrived.set()
        return "250 OK"


class Sink(Controller):
    """Listens on a port that is free; the controller then greets itself there, to be sure."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_sink() -> Iterator[tuple[Mailbox, int]]:
    """An SMTP server on a free port of this machine, and what it got."""
    box = Mailbox()
    controller = Sink(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


@dataclass
class Listmonk:
    """The server's state. lists: name by UUID. root: its address as readers see it. trusted: where `next` may lead.

    subscribers: e-mail → UUID. asked, confirmed: (e-mail, list's UUID). posts: every form that came, field by field.
    """

    lists: dict[str, str]
    root: str
    smtp_port: int
    trusted: frozenset[str] = frozenset()
    subscribers: dict[str, str] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)
    confirmed: set[tuple[str, str]] = field(default_factory=set)
    posts: list[list[tuple[str, str]]] = field(default_factory=list)

    def subscribe(self, fields: list[tuple[str, str]]) -> tuple[int, str, str]:
        """Status, page, and where to go on."""
        self.posts.append(fields)
        sent = {name: value for name, value in fields if name != "l"}
        wanted = [value for name, value in fields if name == "l"]
        email = sent.get("email", "")
        if sent.get("nonce", ""):
            return 502, "", ""
        if "@" not in email or not wanted or not set(wanted) <= set(self.lists):
            return 400, page("Error", "<p>Unknown list, or no e-mail.</p>"), ""
        self.subscribers.setdefault(email, str(uuid.uuid4()))
        self.asked |= {(email, list_) for list_ in wanted}
        self._ask(email, wanted)
        if sent.get("next") in self.trusted:
            return 303, "", sent["next"]
        return 200, page("Subscribe", "<p>An e-mail has been sent to you to confirm your subscription.</p>"), ""

    def _ask(self, email: str, wanted: list[str]) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "lists@courier.example", email, "Confirm subscription"
        query = urlencode([("l", list_) for list_ in wanted])
        link = f"{self.root}{OPT_IN}{self.subscribers[email]}?{query}"
        mail.set_content(f"Confirm your subscription by opening this page:\n\n{link}\n")
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as smtp:
            smtp.send_message(mail)

    def opt_in(self, path: str, sent: dict[str, list[str]]) -> tuple[int, str]:
        """The page that asks, or the one that thanks where its form was sent."""
        person = next((email for email, id_ in self.subscribers.items() if path == OPT_IN + id_), None)
        lists = sent.get("l", [])
        if person is None or not lists or not {(person, list_) for list_ in lists} <= self.asked:
            return 404, page("Not found", "<p>No such subscription.</p>")
        if sent.get("confirm") == ["true"]:
            self.confirmed |= {(person, list_) for list_ in lists}
            return 200, page("Confirmed", "<p>Your subscriptions have been confirmed.</p>")
        inputs = "".join(f'<input type="hidden" name="l" value="{escape(list_)}">' for list_ in lists)
        button = '<button type="submit">Confirm subscription</button>'
        form = f'<form method="post">{inputs}<input type="hidden" name="confirm" value="true">{button}</form>'
        names = "".join(f"<li>{escape(self.lists[list_])}</li>" for list_ in lists)
        return 200, page("Confirm", f"<ul>{names}</ul>{form}")


def page(title: str, body: str) -> str:
    return f'<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1>{body}</html>'


@contextmanager
def serve_listmonk(listmonk: Listmonk) -> Iterator[str]:
    """The server on a free port of this machine; its address there."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer(*listmonk.opt_in(parts.path, parse_qs(parts.query)))

        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            data = self.rfile.read(int(self.headers["Content-Length"])).decode()
            path = urlsplit(self.path).path
            if path == FORM:
                self._answer(*listmonk.subscribe(parse_qsl(data, keep_blank_values=True)))
            else:
                self._answer(*listmonk.opt_in(path, parse_qs(data)))

        def _answer(self, status: int, html: str, location: str = "") -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            data = html.encode()
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
