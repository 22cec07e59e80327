"""Where the app listens."""

from __future__ import annotations

import os

import pytest

from ui.listening import address, bypass_proxies, is_loopback


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.4", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_only_addresses_of_this_machine_are_loopback(host: str, alone: bool) -> None:
    """Everything that another machine could reach, and every name, is not."""
    assert is_loopback(host) is alone


def test_an_ipv6_address_is_written_in_brackets() -> None:
    """The address can be pasted into a browser."""
    assert address("::1", 7860) == "http://[::1]:7860/"


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the user has excepted stays excepted."""
    monkeypatch.setenv("no_proxy", "intranet.example.org")
    monkeypatch.setenv("NO_PROXY", "")
    bypass_proxies("127.0.0.1")
    assert os.environ["no_proxy"] == "intranet.example.org,localhost,127.0.0.1"
