"""Serve the interface on loopback, until stopped."""

from __future__ import annotations

import errno
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from homeward.app.settings import Settings
from homeward.model.errors import UsageError

if TYPE_CHECKING:
    import uvicorn

    from homeward.app.api.news import News
    from homeward.app.cli.out import Out
    from homeward.house import House

BACKLOG = 128
KEEP_ALIVE = 30  # seconds
WARMING = 10.0  # seconds that stopping waits for tables still being read
LOOPBACK = (("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6))


def listen(port: int) -> list[socket.socket]:
    """Return sockets that listen on loopback: IPv4, and IPv6 where the machine has it.

    Port 0 takes any free port, the same for both.
    """
    found: list[socket.socket] = []
    for address, family in LOOPBACK:
        try:
            one = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue  # the machine has no such family
        try:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind((address, port))
            one.listen(BACKLOG)
        except OSError as error:
            one.close()
            if found:  # IPv6 loopback is missing or taken: IPv4 alone will do
                continue
            if error.errno == errno.EADDRINUSE:
                raise UsageError(
                    f"Port {port} is taken on this machine.",
                    remedy="Name another one with --port, or stop it.",
                ) from None
            raise
        found.append(one)
        port = one.getsockname()[1]
    return found


def _warm(house: House) -> None:
    """Read what every page needs while the first person is still opening theirs."""
    from homeward import reread
    from homeward.desk import grouped, groups, roads, runs, workspace
    from homeward.store import disk

    threading.Thread(target=disk.read_ahead, args=(house.index.root,), daemon=True).start()
    with suppress(Exception):  # the page that needs it will say what is wrong
        workspace.overview(house)
        runs.warm(house)
        groups.warm(house)
        roads.warm(house)
        grouped.warm(house)
        reread.warm(house)
        runs.settle()


def _link(house: House, address: str) -> str | None:
    """Return the link into a demo workspace; the token stands behind a #, so that no log keeps it."""
    from homeward.app.cli.common import actor
    from homeward.desk import doors

    return f"{address}/join#{doors.demo_link(actor(), house)}" if house.kind == "demo" else None


def _not_safe(settings: Settings, house: House) -> list[str]:
    """Say what of the disks under a workspace that is no demo is not as real data would need it."""
    from homeward.app import doctor
    from homeward.desk import apart

    state, found = doctor.encryption(house.home)
    disk = found if state == "bad" and house.kind != "demo" else ""
    return [
        said for said in (disk, apart.of_backups(house, settings.backups), apart.of_copies(house)) if said
    ]


def _server(config: uvicorn.Config, news: News) -> uvicorn.Server:
    """Return a server that lets nobody wait for news once it stops."""
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            news.close()
            await super().shutdown(sockets)

    return Server(config)


def serve(settings: Settings, *, port: int, out: Out) -> None:
    """Serve one workspace until the process is stopped; the address is printed once it answers."""
    import uvicorn

    from homeward.app import alarm, compose
    from homeward.app.api.app import create_app

    if settings.debug:
        raise UsageError(
            "HOMEWARD_DEBUG is set: nobody is served while errors show what was being worked on.",
            remedy="Unset HOMEWARD_DEBUG, then start again.",
        )
    with compose.opened(settings) as house:
        sockets = listen(port)
        address = f"http://localhost:{sockets[0].getsockname()[1]}"
        link = _link(house, address)
        app = create_app(house, origin=settings.origin or address, provider=settings.provider)
        config = uvicorn.Config(
            app, log_level="error", access_log=False,
            server_header=False, date_header=False,
            proxy_headers=False, lifespan="off", timeout_keep_alive=KEEP_ALIVE, ws="none",
            timeout_graceful_shutdown=3,
        )  # fmt: skip
        stop = threading.Event()
        heart = threading.Thread(
            target=alarm.Heart(house, settings.state, settings.backups).run, args=(stop,), daemon=True
        )
        behind = [heart]
        if (folder := settings.hourly(house.kind)) is not None:
            hours = alarm.Hourly(house, folder, few=settings.named_backups is None)
            behind.append(threading.Thread(target=hours.run, args=(stop,), daemon=True))
        warming = threading.Thread(target=_warm, args=(house,), daemon=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager stops it as Ctrl-C does
        with suppress(KeyboardInterrupt):  # stopping is how serving ends
            out.data({"address": address, "home": str(settings.home), "kind": house.kind, "link": link})
            out.say(f"Serving {settings.home} on {address} (this machine only). Stop it with Ctrl-C.")
            if link:
                out.say(f"Open it with this link, which opens once: {link}")
                out.say("Another one: homeward user link --demo")
            out.say("For invented or released data only.")
            for said in _not_safe(settings, house):
                out.say(f"NOT SAFE: {said}")
            sys.stdout.flush()
            warming.start()
            for thread in behind:
                thread.start()
            _server(config, app.state.news).run(sockets=sockets)
        stop.set()
        for thread in behind[1:]:
            if thread.is_alive():
                thread.join(WARMING)
        if warming.is_alive():
            warming.join(WARMING)
        out.note("Stopped serving.")
