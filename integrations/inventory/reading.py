"""A message of an agent, unpacked within limits, and the answer in the same wrapping."""

import json
import zlib
from typing import NamedTuple

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

LONGEST_UNPACKED = 24 * 2**20
HOURS_BETWEEN = 24
# Sections that are lists; of all others one is enough.
LISTS = ("networks", "cpus", "softwares")
SECTIONS = ("hardware", "bios", "operatingsystem", *LISTS)


class Unreadable(ValueError):
    """Bytes that are no message of an agent. The text says why, for the agent's log."""


class Message(NamedTuple):
    """`query` is prolog, contact or inventory; `content` is {section: {name: text}}, lists of such for LISTS.

    `packing` is how it came: zlib, gzip, or "" for plain.
    """

    query: str
    device: str
    content: dict
    is_json: bool
    packing: str


def read(body: bytes) -> Message:
    """A message packed by zlib or gzip, or plain. Raises Unreadable."""
    packing = "gzip" if body[:2] == b"\x1f\x8b" else "zlib" if body[:1] == b"\x78" else ""
    plain = _unpacked(body, packing).strip()
    try:
        found = _from_json(plain) if plain[:1] == b"{" else _from_xml(plain)
    except (ParseError, DefusedXmlException, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise Unreadable(f"not a message of an agent: {type(error).__name__}") from None
    query, device, content, is_json = found
    if query not in ("prolog", "contact", "inventory") or not device:
        raise Unreadable("unknown query, or no device id")
    return Message(query, device[:200], content, is_json, packing)


def answer(message, *, speaks_json) -> tuple[bytes, str]:
    """(body, content type) that tells the agent to go on, and when to come again."""
    if message.is_json or speaks_json:
        told = {"status": "ok", "expiration": HOURS_BETWEEN}
        if message.query == "contact":
            told["tasks"] = {"inventory": {}}
        return json.dumps(told).encode(), "application/json"
    go_on = f"<RESPONSE>SEND</RESPONSE><PROLOG_FREQ>{HOURS_BETWEEN}</PROLOG_FREQ>" if message.query == "prolog" else ""
    reply = f'<?xml version="1.0" encoding="UTF-8"?><REPLY>{go_on}</REPLY>'.encode()
    if message.packing == "zlib":
        return zlib.compress(reply), "application/x-compress-zlib"
    if message.packing == "gzip":
        packer = zlib.compressobj(wbits=31)
        return packer.compress(reply) + packer.flush(), "application/x-compress-gzip"
    return reply, "application/xml"


def _unpacked(body, packing):
    if not packing:
        return body
    unpacker = zlib.decompressobj(wbits=31 if packing == "gzip" else 15)
    try:
        plain = unpacker.decompress(body, LONGEST_UNPACKED)
    except zlib.error:
        raise Unreadable("damaged compression") from None
    if unpacker.unconsumed_tail:
        raise Unreadable(f"more than {LONGEST_UNPACKED // 2**20} MB when unpacked")
    return plain


def _from_xml(plain):
    root = fromstring(plain, forbid_dtd=True)
    content = {name: [] if name in LISTS else {} for name in SECTIONS}
    for section in root.find("CONTENT") if root.find("CONTENT") is not None else ():
        name = section.tag.lower()
        if name in LISTS:
            content[name].append({child.tag.lower(): (child.text or "").strip() for child in section})
        elif name in content:
            content[name] |= {child.tag.lower(): (child.text or "").strip() for child in section}
    return (root.findtext("QUERY") or "").lower(), root.findtext("DEVICEID") or "", content, False


def _from_json(plain):
    told = json.loads(plain)
    given = told.get("content") or {}
    content = {}
    for name in SECTIONS:
        section = given.get(name) or ([] if name in LISTS else {})
        rows = section if isinstance(section, list) else [section]
        rows = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
        content[name] = rows if name in LISTS else (rows[0] if rows else {})
    return str(told.get("action", "")).lower(), str(told.get("deviceid", "")), content, True
