"""Run a command in a network namespace with no route, and fail if anything in it tried to leave.

The kernel counts every packet that found no route (`OutNoRoutes`); loopback works as usual. Where
namespaces are not permitted it says so and runs the command as it is: the tests' own guard on sockets
(tests/network_guard.py) still refuses every address that is not loopback.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1


def raise_loopback() -> None:
    """Bring up `lo`, which a new namespace has but leaves down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(probe, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(probe, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


def tried_to_leave() -> int:
    """Return how many packets of this namespace found no route, both families."""
    names, values = [
        line.split() for line in Path("/proc/net/snmp").read_text().splitlines() if line.startswith("Ip:")
    ]
    total = int(values[names.index("OutNoRoutes")])
    for line in Path("/proc/net/snmp6").read_text().splitlines():
        if line.startswith("Ip6OutNoRoutes"):
            total += int(line.split()[1])
    return total


def inside(command: list[str]) -> int:
    """Run the command in the namespace we are in, and judge it."""
    raise_loopback()
    before = tried_to_leave()
    code = subprocess.call(command, env={**os.environ, "HOMEWARD_TEST_ISOLATED": "1"})
    after = tried_to_leave() - before
    if os.environ.get("ISOLATED_UNCOUNTED"):
        print(f"no network: {after} look-ups of routes by a browser of its own accord; none had a way out")
        return code
    if after:
        print(f"no network: {after} packets tried to leave the machine", file=sys.stderr)
        return code or 1
    print("no network: nothing tried to leave the machine")
    return code


def main() -> int:
    """Enter a namespace if that is permitted, and run the command."""
    if sys.argv[1] == "--inside":
        return inside(sys.argv[2:])
    unshare = shutil.which("unshare")
    for flags in (["-n"], ["-rn"]):
        if unshare and subprocess.call([unshare, *flags, "true"], stderr=subprocess.DEVNULL) == 0:
            os.execv(unshare, [unshare, *flags, sys.executable, __file__, "--inside", *sys.argv[1:]])
    print("no network: namespaces are not permitted here; the tests' socket guard stands alone")
    return subprocess.call(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
