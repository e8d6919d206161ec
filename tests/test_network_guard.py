import socket

import pytest

from network_guard import TriedToLeave


def test_another_machine_is_refused():
    """A connection that would leave the machine fails at once, by address and by name."""
    with socket.socket() as probe, pytest.raises(TriedToLeave):
        probe.connect(("192.0.2.1", 80))
    with pytest.raises(TriedToLeave):
        socket.getaddrinfo("cityboard.test", 80)


def test_loopback_is_not_refused():
    """Loopback stays open: a listener there can be reached."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
