import pytest

from homeward.app.api.guard import own_host


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8470", "127.0.0.1:1", "[::1]:8470", "[::1]", "LOCALHOST:80"]
)
def test_this_machine_by_its_own_names(host):
    """The names of loopback are ours, with any port."""
    assert own_host(host)


@pytest.mark.parametrize(
    "host",
    ["example.test", "localhost.example.test", "localhost:x", "localhost:80:80", "", ":80",
     "127.0.0.1.example.test", "[::1", "::1", "0.0.0.0:80", "user@localhost", "localhost, localhost",
     "localhost:٣", "127.0.0.2"],
)  # fmt: skip
def test_any_other_name_is_not(host):
    """A name that could be pointed here by a foreign DNS is not ours, nor is an odd spelling."""
    assert not own_host(host)
