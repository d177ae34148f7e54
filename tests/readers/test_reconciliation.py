"""Candidates from a service that speaks the reconciliation protocol, as a local one does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from quotes.errors import ServiceFailed
from quotes.readers.reconciliation import Candidate, reconcile


@pytest.fixture
def service():
    """A reconciliation service on this machine; `answers` are by name, and `asked` is what came in."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            queries = json.loads(parse_qs(body)["queries"][0])
            self.server.asked.append(queries)
            answer = {key: {"result": self.server.answers.get(one["query"], [])} for key, one in queries.items()}
            raw = self.server.raw or json.dumps(answer).encode()
            self.send_response(self.server.status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Service)
    server.asked, server.answers, server.raw, server.status = [], {}, None, 200
    server.url = f"http://127.0.0.1:{server.server_port}/reconcile"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_reconciliation_sends_names_and_returns_candidates_the_match_first(service):
    service.answers["Amina Hale"] = [
        {"id": "Q2", "name": "Amina Hales", "score": 90, "match": False, "type": []},
        {"id": "Q1", "name": "Amina Hale", "score": 80, "match": True, "description": "minister"},
    ]
    found = list(reconcile(service.url, ["Amina Hale", "Nobody"]))
    assert found == [
        [Candidate("Q1", "Amina Hale", 80.0, True, "minister"), Candidate("Q2", "Amina Hales", 90.0, False)],
        [],
    ]
    assert service.asked == [
        {
            "q0": {"query": "Amina Hale", "limit": 3, "type": "Q5"},
            "q1": {"query": "Nobody", "limit": 3, "type": "Q5"},
        }
    ]


def test_reconciliation_asks_in_batches(service):
    assert len(list(reconcile(service.url, [f"Name {number}" for number in range(45)], kind=None))) == 45
    assert [len(batch) for batch in service.asked] == [20, 20, 5]
    assert service.asked[0]["q0"] == {"query": "Name 0", "limit": 3}


@pytest.mark.parametrize("raw", [b"[]", b"{}", b'{"q0": {}}', b'{"q0": {"result": [{"id": "Q1"}]}}'])
def test_reconciliation_says_when_the_answer_has_another_form(service, raw):
    service.raw = raw
    with pytest.raises(ServiceFailed) as error:
        list(reconcile(service.url, ["Amina Hale"]))
    assert str(error.value) == (
        f"{service.url} does not answer in the form of the reconciliation API 0.2: check the address."
    )


@pytest.mark.parametrize("number", ["12", "Q0", "Q5\x1b[2J", "/m/0dl567"])
def test_reconciliation_takes_only_numbers_of_wikidata(service, number):
    service.answers["Amina Hale"] = [{"id": number, "name": "Amina Hale", "score": 80}]
    with pytest.raises(ServiceFailed) as error:
        list(reconcile(service.url, ["Amina Hale"]))
    assert str(error.value) == f"{service.url} gives other numbers than Wikidata's: ask a service for Wikidata."


def test_reconciliation_says_when_nothing_or_an_error_answers(service):
    service.status = 500
    with pytest.raises(
        ServiceFailed, match=r"^http://127.* does not answer as a reconciliation service \(Server error"
    ):
        list(reconcile(service.url, ["Amina Hale"]))
    with pytest.raises(ServiceFailed, match=r"check the address\.$"):
        list(reconcile("http://127.0.0.1:1/", ["Amina Hale"]))
