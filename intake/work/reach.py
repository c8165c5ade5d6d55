"""Calling an address that somebody else named, without being led into our own network.

The name is resolved once, every address it has must be public, and the connection goes to the address that was looked at, so that a
second answer of the name server changes nothing. Redirects are not followed, and no proxy is asked. ``private`` lifts both the wish
for https and the ban on private addresses; it is the operator's to allow (``SHOUWEN_HOOK_PRIVATE``).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from domain.errors import ShouwenError, UsageError

LONGEST = 500
ANSWER_BYTES = 2048
"""How much of an answer is read; nothing of it is kept."""
_EMBEDDED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))
"""IPv6 forms that lead to an IPv4 address inside them."""


class NotReached(ShouwenError):
    """The address was not called, or gave no answer."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"not reached: {why}", f"連不到這個網址（{why}）。")


@dataclass(frozen=True)
class Target:
    """Where to call: the parts of the address and the network address that was looked at."""

    host: str
    port: int
    path: str
    secure: bool
    address: str


def check(url: str, *, private: bool = False) -> SplitResult:
    """The parts of an address that may be called, by its form alone. Raises UsageError."""
    try:
        parts = urlsplit(url)
        port_is_good = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        raise _bad(private) from None
    schemes = ("https", "http") if private else ("https",)
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password or not (plain and port_is_good):
        raise _bad(private)
    return parts


def _bad(private: bool) -> UsageError:
    begin = "https:// 或 http://" if private else "https://"
    return UsageError("not an address that can be called", f"網址要以 {begin} 開頭，不含帳號密碼與空白，最多 {LONGEST} 個字元。")


def is_public(address: str) -> bool:
    """Whether a network address belongs to the open network.

    >>> [is_public(a) for a in ("8.8.8.8", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if isinstance(ip, ipaddress.IPv6Address) and any(ip in net for net in _EMBEDDED):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def resolve(url: str, *, private: bool = False) -> Target:
    """Where an address leads. Raises UsageError, NotReached: unknown, or one of its network addresses is not public."""
    parts = check(url, private=private)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NotReached("找不到這個主機") from None
    if not found or not private and not all(is_public(a) for a in found):
        raise NotReached("這是內部網路的位址，管理人員沒有開放")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port, path, secure, found[0])


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float, *, private: bool = False) -> int:
    """Send ``body`` and give the answer's status. The whole call ends after ``seconds``. Raises UsageError, NotReached."""
    target = resolve(url, private=private)
    connection = _Pinned(target, seconds)
    # each part of a call has its own time limit, so that an answer in drips could take for ever
    alarm = threading.Timer(seconds, connection.cut)
    alarm.daemon = True
    alarm.start()
    try:
        connection.request("POST", target.path, body, dict(headers) | {"Content-Length": str(len(body)), "Connection": "close"})
        answer = connection.getresponse()
        answer.read(ANSWER_BYTES)
        # a head that was cut off looks like one that has ended
        if connection.was_cut:
            raise NotReached("等太久沒有回應")
        return answer.status
    except TimeoutError:
        raise NotReached("等太久沒有回應") from None
    except ssl.SSLError as error:
        raise NotReached(f"憑證或加密有問題：{error.reason or type(error).__name__}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReached("等太久沒有回應" if connection.was_cut else f"連線沒有成功：{type(error).__name__}") from None
    finally:
        alarm.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the network address that was looked at, under the name that was asked for."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.default_port = 443 if target.secure else 80
        self._target, self._seconds, self.was_cut = target, seconds, False

    def connect(self) -> None:
        raw = socket.create_connection((self._target.address, self._target.port), self._seconds)
        self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self._target.host) if self._target.secure else raw

    def cut(self) -> None:
        """End the call from another thread."""
        self.was_cut = True
        try:
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
