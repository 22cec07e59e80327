"""Where the app may listen: on this machine, elsewhere only where users sign in, and on a port nobody else has."""

from __future__ import annotations

import ipaddress
import os
import socket

from corpus.errors import InputError

__all__ = ["LOCAL_NAMES", "address", "bypass_proxies", "check_address", "host_in_url", "is_loopback"]

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")  # of this machine, as they stand in an address


def is_loopback(host: str) -> bool:
    """Whether `host` is an address of this machine that no other machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(host: str, port: int, *, users: bool = False) -> None:
    """Raise InputError when the app must not or cannot listen there; `users`: whether everybody has to sign in."""
    if not is_loopback(host) and not users:
        raise InputError(
            f"The app does not listen on {host}: everybody who reaches it could read the whole record. "
            "Add users first, who then sign in: rapporteur users add NAME --role admin"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise InputError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Choose another: rapporteur serve --port {port % 65535 + 1}"
            ) from error


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    return f"http://{host_in_url(host)}:{port}/"


def host_in_url(host: str) -> str:
    """`host` as it stands in an address: an IPv6 one in brackets."""
    return f"[{host}]" if ":" in host else host


def bypass_proxies(host: str) -> None:
    """Make this process speak to its own server directly: gradio calls it once to start it.

    Without this a proxy in the environment would get that request, and the app would not start.
    """
    named = os.environ.get("no_proxy") or os.environ.get("NO_PROXY", "")
    hosts = [entry for entry in named.split(",") if entry.strip()]
    joined = ",".join(dict.fromkeys([*hosts, "localhost", host]))
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = joined
