"""Who is behind a letter, by its headers (RFC 3834 and what programs really write), and what a bounce reports."""

import re

from integrations.letters.charsets import text_of
from integrations.letters.headers import Headers
from integrations.letters.letter import Nature, Report

_MAILER = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mmdf)@", re.IGNORECASE)
# Only what nobody writes by hand: a fault may well be reported "out of office hours", or be one of a vacation form.
_AWAY = re.compile(
    r"(?:automatic reply|auto[- ]?(?:reply|response)\b|vacation (?:reply|response|notice)"
    r"|(?:i am )?out of (?:the )?office(?:\s*$|\s*[:：-]| reply| until| from)"
    r"|自动回复|自动答复|自動回覆|外出(?:自动)?(?:回复|答复|通知)|休假(?:通知|回复|中[:：]))",
    re.IGNORECASE,
)
_BOUNCED = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed)|mail delivery failed|returned mail|failure notice"
    r"|退信|系统退信|无法投递|投递失败|未送达",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@<>;,\"]{1,120}@[^\s@<>;,\"]{1,130}")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ID = re.compile(r"(?im)^(?:X-Original-|Original-)?Message-ID:\s*(<[^<>\s]{1,300}>)")
_SCANNED = 100_000


def nature_of(message, headers) -> Nature:
    """A bounce, a machine's answer, a list's circular, or somebody's letter."""
    sender = next(iter(headers.addresses("from")), None)
    kind = message.get_content_type()
    is_mailer = bool(sender and _MAILER.match(sender.address))
    is_null = headers.get("return-path").strip() == "<>"
    if kind == "multipart/report" and "delivery-status" in str(message.get_param("report-type") or "delivery-status"):
        return Nature.BOUNCE
    if (is_mailer or is_null) and _BOUNCED.search(headers.words("subject")[:300]):
        return Nature.BOUNCE
    if headers.get("list-id") or headers.get("list-unsubscribe") or _precedence(headers) in ("bulk", "list", "junk"):
        return Nature.LIST
    if is_mailer or is_null or _says_automatic(headers):
        return Nature.AUTOMATIC
    return Nature.PERSON


def _precedence(headers):
    return headers.get("precedence").strip().lower()


def _says_automatic(headers):
    submitted = headers.get("auto-submitted").partition(";")[0].strip().lower()
    return (
        submitted not in ("", "no")
        or _precedence(headers) == "auto_reply"
        or bool(headers.all("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from"))
        or bool(_AWAY.match(headers.words("subject")[:300].strip()))
    )


def report_of(message) -> Report:
    """What a bounce says: of a DSN (RFC 3464) its fields, of anything else what can be read out of its words."""
    fields, texts, ids = {}, [], []
    for part in list(message.walk())[:60]:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in part.get_payload() if isinstance(part.get_payload(), list) else []:
                for name in ("final-recipient", "original-recipient", "action", "status", "diagnostic-code"):
                    fields[name] = fields.get(name) or Headers(block).words(name)
        elif kind in ("text/plain", "text/rfc822-headers"):
            texts.append(text_of((part.get_payload(decode=True) or b"")[:_SCANNED]))
        if part is not message:
            ids += Headers(part).ids("message-id")
    words = "\n".join(texts)[:_SCANNED]
    address = _first(_ADDRESS, fields.get("final-recipient", "").rpartition(";")[2]) or _first(_ADDRESS, words)
    status = fields.get("status") or (_first(_STATUS, words) or "")
    reason = fields.get("diagnostic-code") or next((line for line in words.split("\n") if _STATUS.search(line)), "")
    return Report(
        address=(address or "").lower().strip(".>:"),
        status=status[:20],
        reason=" ".join((reason or words[:300]).split())[:500],
        message_ids=tuple(dict.fromkeys([*ids, *_ID.findall(words)]))[:20],
        is_final=fields.get("action", "failed").lower() == "failed" and not status.startswith(("4", "2")),
    )


def is_forged(headers) -> bool:
    """Whether our own mail server, whose line is the topmost, found that the sender is not who they say."""
    verdict = headers.get("authentication-results").lower()
    return "dmarc=fail" in verdict or ("spf=fail" in verdict and "dkim=pass" not in verdict)


def _first(pattern, text):
    found = pattern.search(text)
    return found.group() if found else ""
