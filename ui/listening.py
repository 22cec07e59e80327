"""Where the app may listen: on this machine only, and on a port nobody else has."""

from __future__ import annotations

import ipaddress
import socket

from corpus.errors import InputError

__all__ = ["address", "check_address", "is_loopback"]


def is_loopback(host: str) -> bool:
    """Whether `host` is an address of this machine that no other machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(host: str, port: int) -> None:
    """Raise InputError when the app must not or cannot listen there."""
    if not is_loopback(host):
        raise InputError(
            f"The app does not listen on {host}: everybody who reaches it could read the whole record. "
            "People and passwords come with a later version; until then use --host 127.0.0.1"
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
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
