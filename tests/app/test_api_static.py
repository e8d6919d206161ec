import gzip

import pytest

from homeward.app.api.static import Static
from people_kit import client_of


@pytest.fixture
def built(tmp_path):
    root = tmp_path / "static"
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_text("<!doctype html><title>Homeward</title>")
    (root / "assets" / "app-1a2b.js").write_text("export {}")
    (root / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(b"export {}"))
    (root.parent / "secret.txt").write_text("secret")
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    return root


@pytest.fixture
def client(empty_house, built):
    return client_of(empty_house, headers={}, files=Static(built))


def test_hashed_files_are_kept_for_ever_and_the_page_is_not(client):
    """A hashed asset may be cached for ever; index.html is asked for again each time."""
    assert "immutable" in client.get("/assets/app-1a2b.js").headers["cache-control"]
    assert client.get("/").headers["cache-control"] == "no-cache"


def test_the_page_is_sent_again_only_when_it_has_changed(client):
    """Whoever has the page as it is gets 304 and nothing more; whoever has another gets it whole."""
    tag = client.get("/").headers["etag"]
    again = client.get("/triage", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert "<title>Homeward" in client.get("/", headers={"if-none-match": '"another"'}).text


def test_a_packed_file_is_sent_to_whoever_takes_it(client):
    """With gzip accepted the packed file is sent, else the plain one; both are the same text."""
    packed = client.get("/assets/app-1a2b.js", headers={"accept-encoding": "gzip"})
    plain = client.get("/assets/app-1a2b.js", headers={"accept-encoding": "gzip;q=0, identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text == "export {}"
    assert packed.headers["content-type"] == plain.headers["content-type"] == "text/javascript; charset=utf-8"


def test_a_view_is_the_one_page(client):
    """Any other path is a view of the interface; a missing asset or API path is not."""
    assert "<title>Homeward" in client.get("/leads/some-view?s=x").text
    assert client.get("/assets/gone.js").status_code == 404
    assert client.get("/api/gone").status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/assets/..%2f..%2fsecret.txt"]
)
def test_nothing_outside_is_served(client, path):
    """Neither a path upwards nor a link leads out of the built files."""
    assert "secret" not in client.get(path).text


def test_without_a_build_the_page_says_what_to_do(empty_house, tmp_path):
    """Without built files a plain page names the command that builds them."""
    client = client_of(empty_house, headers={}, files=Static(tmp_path / "none"))

    assert "make web" in client.get("/").text
