import ipaddress

import pytest

from homeward.app.serving import listen
from homeward.model.errors import UsageError


def test_only_loopback_is_listened_on():
    """Every socket is bound to loopback, all of them to one port."""
    sockets = listen(0)
    try:
        names = [one.getsockname() for one in sockets]
        assert all(ipaddress.ip_address(name[0]).is_loopback for name in names)
        assert len({name[1] for name in names}) == 1
    finally:
        for one in sockets:
            one.close()


def test_a_taken_port_is_one_sentence():
    """A port that another process holds is named, and how to take another."""
    [first, *more] = listen(0)
    try:
        port = first.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} is taken.*--port"):
            listen(port)
    finally:
        for one in (first, *more):
            one.close()
