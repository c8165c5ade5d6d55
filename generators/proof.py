"""What binds a bundle together: a manifest of every file in it, signed with the installation's key.

``manifest.json`` names each file with its SHA-256, each form with its template's hash and its trace, each paper with its pages, the
decision, and the audit log's last line before the bundle was made. ``manifest.sig`` is an Ed25519 signature (RFC 8032) over the bytes of
``manifest.json``, with the public key. The bundle's mark is the SHA-256 over the list of all files but the printed bundle itself, on
whose cover sheet it stands.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MANIFEST, SIGNATURE, PRINTED = "manifest.json", "manifest.sig", "bundle.pdf"
ALGORITHM = "Ed25519"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class About:
    """Whose bundle it is. ``log`` is the audit log's last line before it was made: its number and its hash; None where there is no log.
    ``made_at`` is Taipei time without a zone."""

    case: str = ""
    made_at: datetime = datetime.min
    log: tuple[int, str] | None = None


def hashes(folder: Path, but: Path | None = None) -> dict[str, str]:
    """The SHA-256 of every finished file in ``folder`` by its name in the archive, in order of names."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix != ".part" and (but is None or f.resolve() != but.resolve()))
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def mark(files: Mapping[str, str]) -> str:
    """The bundle's mark, 64 hexadecimal digits. The printed bundle does not count: it bears the mark."""
    bound = {name: digest for name, digest in files.items() if name != PRINTED}
    return hashlib.sha256(json.dumps(bound, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def manifest(folder: Path, files: Mapping[str, str], about: About) -> dict[str, Any]:
    """The manifest of a case's folder, laid out as FILLING.md says."""
    return {
        "manifest": 1, "mark": mark(files), "case": about.case,
        "made_at": about.made_at.isoformat(timespec="seconds"),
        "log": about.log and {"line": about.log[0], "hash": about.log[1]},
        "decision": _decision(folder), "forms": _forms(folder, files), "papers": _papers(folder, files), "files": dict(files),
    }


def _forms(folder: Path, files: Mapping[str, str]) -> list[dict[str, Any]]:
    out = []
    for name in files:
        if not name.endswith(".trace.json"):
            continue
        trace, stem = json.loads((folder / name).read_text(encoding="utf-8")), name.removesuffix(".trace.json")
        out.append({k: trace[k] for k in ("form", "edition", "template_sha256")} |
                   {"trace": name, "files": [f"{stem}.{kind}" for kind in ("docx", "odt", "pdf") if f"{stem}.{kind}" in files]})
    return out


def _papers(folder: Path, files: Mapping[str, str]) -> list[dict[str, Any]]:
    pages = {}
    if "reading.jsonl" in files:
        read = [json.loads(line) for line in (folder / "reading.jsonl").read_text(encoding="utf-8").split("\n") if line]
        pages = {r["sha256"]: r["pages"] for r in read}
    return [{"file": n, "sha256": d, "pages": pages.get(d)} for n, d in files.items() if n.startswith("papers/")]


def _decision(folder: Path) -> dict[str, Any] | None:
    file = folder / "decision.json"
    if not file.is_file():
        return None
    said = json.loads(file.read_text(encoding="utf-8"))
    return {k: said.get(k) for k in ("programme", "edition", "as_of", "outcome")}


def seal(bundle: Path, key: bytes) -> None:
    """Sign the archive's manifest and put the signature beside it. ``key`` are the 32 bytes of an Ed25519 private key."""
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr(entry(SIGNATURE), json.dumps(signed(archive.read(MANIFEST), key), indent=1) + "\n")


def signed(text: bytes, key: bytes) -> dict[str, str]:
    private = Ed25519PrivateKey.from_private_bytes(key)
    public = private.public_key().public_bytes_raw()
    return {"algorithm": ALGORITHM, "public_key": public.hex(), "signature": private.sign(text).hex()}


def public_key(key: bytes) -> bytes:
    """The public half of a private key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def signer(text: bytes, signature: Mapping[str, Any]) -> bytes | None:
    """The public key that signed ``text``; None where the signature does not hold. Raises KeyError, TypeError, ValueError where there is
    no signature to check."""
    if signature["algorithm"] != ALGORITHM:
        raise ValueError(signature["algorithm"])
    public = bytes.fromhex(signature["public_key"])
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature["signature"]), text)
    except InvalidSignature:
        return None
    return public


def fingerprint(public: bytes) -> str:
    """What people compare: the SHA-256 of the public key in groups of four."""
    digest = hashlib.sha256(public).hexdigest()
    return " ".join(digest[i:i + 4] for i in range(0, len(digest), 4))


def entry(name: str) -> zipfile.ZipInfo:
    """An archive entry without the hour of its making."""
    out = zipfile.ZipInfo(name, _ZIP_EPOCH)
    out.compress_type = zipfile.ZIP_DEFLATED
    out.external_attr = 0o644 << 16
    return out
