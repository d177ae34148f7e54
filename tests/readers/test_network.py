from __future__ import annotations

import httpcore
import pytest

from quotes.errors import AddressRefused
from quotes.readers.network import Guard, is_public


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::1.1.1.1"])
def test_network_takes_addresses_of_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1",
        "2002:7f00:1::", "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_network_takes_no_address_of_a_private_network(address: str) -> None:
    assert not is_public(address)


class Sockets(httpcore.NetworkBackend):
    """Notes what is connected to, without connecting."""

    def __init__(self, *down: str) -> None:
        self.connected: list[str] = []
        self.down = down

    def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
        self.connected.append(host)
        if host in self.down:
            raise httpcore.ConnectError("refused")
        return httpcore.MockStream([b"words"])


def guard(sockets: Sockets, *answers: list[str], allow_private: bool = False) -> Guard:
    """Each answer of the resolver is given once."""
    waiting = list(answers)
    return Guard(allow_private=allow_private, resolve=lambda _host, _port: waiting.pop(0), inner=sockets)


def test_network_connects_to_the_address_that_it_checked() -> None:
    sockets = Sockets()
    guard(sockets, ["93.184.215.14"], ["127.0.0.1"]).connect_tcp("rebinding.example", 80)
    assert sockets.connected == ["93.184.215.14"]


def test_network_checks_a_name_each_time_that_it_connects() -> None:
    sockets = Sockets()
    rebinding = guard(sockets, ["93.184.215.14"], ["127.0.0.1"])
    rebinding.connect_tcp("rebinding.example", 80)
    with pytest.raises(AddressRefused) as refused:
        rebinding.connect_tcp("rebinding.example", 80)
    assert str(refused.value) == (
        "rebinding.example is at 127.0.0.1, which is no address of the public internet; "
        "give `--allow-private` if you mean to read from there."
    )
    assert sockets.connected == ["93.184.215.14"]


def test_network_refuses_a_name_that_is_also_at_a_private_address() -> None:
    sockets = Sockets()
    with pytest.raises(AddressRefused):
        guard(sockets, ["93.184.215.14", "10.0.0.1"]).connect_tcp("both.example", 80)
    assert sockets.connected == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_network_sees_through_other_ways_to_write_an_address(host: str) -> None:
    sockets = Sockets()
    with pytest.raises(AddressRefused):
        Guard(allow_private=False, inner=sockets).connect_tcp(host, 80)
    assert sockets.connected == []


def test_network_tries_the_next_address_of_a_name() -> None:
    sockets = Sockets("93.184.215.14")
    guard(sockets, ["93.184.215.14", "93.184.215.15"]).connect_tcp("two.example", 80)
    assert sockets.connected == ["93.184.215.14", "93.184.215.15"]


def test_network_takes_private_addresses_where_they_are_allowed() -> None:
    sockets = Sockets()
    guard(sockets, ["127.0.0.1"], allow_private=True).connect_tcp("here.example", 80)
    assert sockets.connected == ["127.0.0.1"]


def test_network_knows_no_address() -> None:
    with pytest.raises(httpcore.ConnectError, match=r"no address is known for nowhere\.example"):
        guard(Sockets(), []).connect_tcp("nowhere.example", 80)


def test_network_reads_until_the_deadline() -> None:
    now = 0.0
    guarded = Guard(allow_private=True, resolve=lambda *_: ["127.0.0.1"], inner=Sockets(), clock=lambda: now)
    guarded.deadline = 10.0
    stream = guarded.connect_tcp("slow.example", 80)
    assert stream.read(5) == b"words"
    now = 10.0
    with pytest.raises(httpcore.ReadTimeout):
        stream.read(5)
    with pytest.raises(httpcore.ReadTimeout):
        stream.write(b"words")
