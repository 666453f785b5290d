"""Which network addresses a crawl may talk to: public ones, and those that a setting allows by host name."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from fnmatch import fnmatch
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_CARRIER_NAT = ip_network("100.64.0.0/10")
_NAT64 = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, through every way of wrapping IPv4 into IPv6.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False, False]
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        inner = _wrapped(found)
        if inner is not None:
            return is_public(str(inner))
    elif found in _CARRIER_NAT:
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def literal(host: str) -> str | None:
    """The address that a host name spells out in any of the forms resolvers accept; ``None`` for real names.

    >>> literal("2130706433"), literal("0x7f.1"), literal("[::1]"), literal("example.com")
    ('127.0.0.1', '127.0.0.1', '::1', None)
    """
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def is_allowed(host: str, patterns: Sequence[str]) -> bool:
    """Whether the settings let a host be private.

    >>> is_allowed("willow.localhost", ["*.localhost"]), is_allowed("localhost.example.com", ["*.localhost"])
    (True, False)
    """
    return any(fnmatch(host.lower().rstrip("."), pattern.lower()) for pattern in patterns)


def is_local_name(host: str) -> bool:
    """Whether a name means this machine by definition (RFC 6761, section 6.3)."""
    return host.lower().rstrip(".").rpartition(".")[2] == "localhost"
