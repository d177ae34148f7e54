import socket

import pytest


@pytest.fixture
def called(monkeypatch):
    """What the function behind the command was called with, instead of serving."""
    calls = []

    def record(path, *, announce, **options):
        calls.append((str(path), options))
        announce("http://127.0.0.1:8001/quotes")

    monkeypatch.setattr("quotes.datasette_plugin.serving.serve", record)
    return calls


def test_serve_listens_on_this_machine_alone_unless_told_otherwise(quotes, called):
    result = quotes("serve")
    assert called == [("quotes.db", {"host": "127.0.0.1", "port": 8001, "open_browser": False})]
    assert result.stdout == "http://127.0.0.1:8001/quotes (Ctrl-C ends it)\n"


def test_serve_takes_host_port_and_database(quotes, called):
    quotes("serve", "--db", "a.db", "--host", "::1", "--port", 9000, "--open")
    assert called == [("a.db", {"host": "::1", "port": 9000, "open_browser": True})]


def test_serve_without_a_database_says_how_to_make_one(quotes):
    result = quotes("serve")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: There is no database at quotes.db: make one with `quotes add INPUT --db quotes.db`, "
        "or name another with --db.\n"
    )


def test_serve_at_a_taken_port_is_one_sentence_with_its_cure(quotes, filled_database):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = quotes("serve", "--db", filled_database, "--port", port)
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: Port {port} of 127.0.0.1 is taken: choose another with --port {port + 1 if port < 65535 else 8001}.\n"
    )


def test_serve_refuses_a_port_that_is_none(quotes):
    assert quotes("serve", "--port", "70000").exit_code == 2
