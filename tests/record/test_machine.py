"""A model's answers count only where they stand in the text; a small server here plays the model."""

import json
import threading
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from evenhand.case import CaseError
from evenhand.record.aligning import Claim, found_in
from evenhand.record.machine import endpoint, with_machine
from evenhand.record.model import Record, Source
from evenhand.record.sources import digest

TEXT = "Ana Kovac: “We agree\nto a truce,” she said. Ben said no. Ana said no."


def at(claim, text=TEXT):
    found = found_in(text, claim)
    return found and tuple(part and text[slice(*part)] for part in (found.content, found.cue, found.speaker))


def test_blanks_and_the_shape_of_quotation_marks_do_not_matter():
    assert at(Claim('"We agree to a truce,"', "said", "Ana Kovac")) == ("“We agree\nto a truce,”", "said", "Ana Kovac")


@pytest.mark.parametrize(
    "claim",
    [
        Claim("We agree to a treaty", "said", "Ana"),
        Claim("We agree", "shouted", "Ana"),
        Claim("We agree", "said", "Eve"),
        Claim("We agre", "said", "Ana"),
        Claim("", "said", "Ana"),
        Claim("…", "said", "Ana"),
        Claim("we agree", "said", "Ana"),
    ],
)
def test_what_does_not_stand_in_the_text_is_dropped(claim):
    assert at(claim) is None


def test_of_several_places_the_one_nearest_to_its_speaker_counts():
    found = found_in(TEXT, Claim("no", "said", "Ana"))
    assert found.content[0] == TEXT.rindex("no")
    assert found_in(TEXT, Claim("no", "said", "Ben")).content[0] == TEXT.index("no.")


class Model(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.asked.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
        if self.server.silent.wait(self.server.pause):
            return
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(self.server.reply)

    def log_message(self, *_):
        pass


@contextmanager
def model(content, *, status=200, pause=0.0, raw=False):
    server = HTTPServer(("127.0.0.1", 0), Model)
    reply = content if raw else json.dumps({"choices": [{"message": {"content": content}}]})
    server.reply, server.status, server.pause, server.asked = reply.encode(), status, pause, []
    server.silent = threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.silent.set()
        server.shutdown()
        thread.join()
        server.server_close()


def read(server, seconds=5):
    source = Source(id="a", title="a", date=date(2025, 3, 17), sha256=digest(TEXT), text=TEXT)
    asked = endpoint(f"http://127.0.0.1:{server.server_port}/v1", "tiny", "secret", seconds)
    return with_machine(Record(sources=(source,)), [source], asked)


def test_answers_are_grounded_and_marked_and_inventions_dropped():
    rows = [
        {"content": "We agree to a truce", "cue": "said", "speaker": "Ana Kovac"},
        {"content": "We surrender", "cue": "said", "speaker": "Ana Kovac"},
        {"content": "We agree to a truce,", "cue": "said", "speaker": "Ana"},
        {"content": 7},
        "words",
    ]
    with model(json.dumps({"statements": rows})) as server:
        record, notes = read(server)
    (one,) = record.statements
    assert (one.words, one.read_by, one.review, one.speaker.actor) == (
        "We agree\nto a truce",
        "tiny",
        "unread",
        "ana-kovac",
    )
    assert notes == ("tiny found 1 further statements; 1 of its answers do not stand in the text.",)
    headers, body = server.asked[0]
    assert headers["Authorization"] == "Bearer secret"
    assert json.loads(body)["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        ("no JSON", {}, "is not in the form asked for"),
        ("[" * 100_000, {}, "is not in the form asked for"),
        ("<html>", {"raw": True}, "is not in the form asked for"),
        ("{}", {"status": 401}, r"refused \(401\)"),
        ("{}", {"status": 302}, r"refused \(302\)"),
        ("{}", {"pause": 5.0}, "did not answer"),
    ],
)
def test_a_model_that_fails_is_one_clear_error(content, more, said):
    with model(content, **more) as server, pytest.raises(CaseError, match=said):
        read(server, seconds=0.3 if "pause" in more else 5)


def test_an_answer_without_statements_adds_nothing():
    with model('{"statements": {"content": "We agree"}}') as server:
        assert not read(server)[0].statements


@pytest.mark.parametrize(("url", "here"), [("http://localhost:1/v1", True), ("http://[::1]/v1", True)])
def test_this_machine_is_known(url, here):
    assert endpoint(url, "m").is_here is here


@pytest.mark.parametrize("url", ["file:///etc/passwd", "localhost:80", "http://", "http://[", "http://example.org/v1"])
def test_other_addresses_need_to_be_whole_and_encrypted(url):
    with pytest.raises(CaseError):
        endpoint(url, "m")
    assert not endpoint("https://example.org/v1", "m").is_here
