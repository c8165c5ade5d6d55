"""One GET with a time-out, a size limit and a few tries. Whatever the other side does, this returns."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

AGAIN = (429, 500, 502, 503, 504)
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Got:
    """``text`` is the body as it came; ``problem`` says why there is none that can be used: busy (try later), refused, or ""."""

    url: str
    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Fetch:
    """How to ask. ``seconds`` for one try from beginning to end; ``pause`` before the second try, doubled for each further one."""

    seconds: float = 10.0
    tries: int = 3
    pause: float = 0.5
    max_bytes: int = 2 * 1024 * 1024

    def get(self, url: str) -> Got:
        """The body at ``url``. A server's fault, a time-out, a lost line and a page where data should be are tried again."""
        got = Got(url, problem="busy")
        for number in range(self.tries):
            if number:
                time.sleep(self.pause * 2 ** (number - 1))
            got = self._once(url)
            if got.problem != "busy":
                break
        return got

    def _once(self, url: str) -> Got:
        ends = time.monotonic() + self.seconds
        try:
            with OPENER.open(Request(url, headers={"Accept": "application/json"}), timeout=self.seconds) as reply:
                body = bytearray()
                while chunk := reply.read1(CHUNK):
                    body += chunk
                    if len(body) > self.max_bytes:
                        return Got(url, problem="refused")
                    if time.monotonic() > ends:
                        return Got(url, problem="busy")
        except HTTPError as error:
            return Got(url, problem="busy" if error.code in AGAIN else "refused")
        except (OSError, HTTPException):
            return Got(url, problem="busy")
        text = body.decode("utf-8-sig", "replace")
        # a busy register answers 200 with a page for people
        return Got(url, text, "busy" if text.lstrip().startswith("<") else "")


class _NoRedirects(HTTPRedirectHandler):
    """The address is the operator's; no other is followed."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = build_opener(_NoRedirects)
