"""Where a request comes from: the caller's network, past the reverse proxies that the settings name.

Limits of failed sign-ins and of wrong secrets count by it, and what is logged of a refusal names it; a network and not
an address, since one line of many homes has neighbours and no log needs to know the house.
"""

import ipaddress
from collections.abc import Sequence
from typing import TypeAlias

from starlette.requests import Request

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

UNKNOWN = "unknown"
HOPS_MAX = 20
"""More in front of one caller is no chain of proxies."""


def network_of(request: Request, trusted: Sequence[Network]) -> str:
    """The caller's network: an IPv4 /24 or an IPv6 /48.

    `X-Forwarded-For` is believed from right to left as far as the hop that wrote it is one of ours: the first address
    that is not was seen by a proxy of ours, whatever the caller put before it.
    """
    found = _address(request.client.host if request.client else "")
    if found is None:
        return UNKNOWN
    if trusted:
        found = _before_proxies(found, request.headers.getlist("x-forwarded-for"), trusted)
    prefix = 24 if isinstance(found, ipaddress.IPv4Address) else 48
    return str(ipaddress.ip_network(f"{found}/{prefix}", strict=False))


def _before_proxies(peer: Address, forwarded: list[str], trusted: Sequence[Network]) -> Address:
    hops = ",".join(forwarded).rsplit(",", HOPS_MAX)
    while hops and any(peer in network for network in trusted):
        before = _address(hops.pop().strip())
        if (
            before is None
        ):  # Nobody's address: a proxy of ours wrote something else, or there is none before it.
            break
        peer = before
    return peer


def _address(text: str) -> Address | None:
    """An address, without the port that some proxies add. IPv4 that came over an IPv6 socket is IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, ipaddress.IPv6Address) else found
