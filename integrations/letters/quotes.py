"""What is new in a reply: without what it quotes and without the signature. Chinese and English mail programs.

Line by line, each pattern anchored and bounded: a hostile letter costs no more time than its length.
"""

import re

from integrations.letters.markdown import QUOTE_MARK

# Words that stand above everything in our own mails, with the code that proves them ours.
SEPARATOR = re.compile(r"[-─—=_ >*#]{0,12}\[#([A-Za-z0-9_-]{10,80})\]")
_WROTE = re.compile(
    r"(?:On\b.{4,200}\bwrote:|Am\b.{4,200}\bschrieb.{0,100}:|Le\b.{4,200}\ba écrit ?:"
    r"|(?:在|于)?.{0,200}(?:写道|编写|寫道)\s*[:：]"
    r"|.{0,120}\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}.{0,120}(?:写道|寫道|wrote)\s*[:：]?)\s*$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[\s>*]{0,6}(?:[-_=—]{2,40}\s{0,4}(?:Original Message|Original Appointment|Forwarded message|原始邮件|原邮件"
    r"|原始郵件|转发的邮件|回复的原邮件|Reply Message|回复信息|邮件原件)\s{0,4}[-_=—]{0,40}"
    r"|_{20,200}|Begin forwarded message:|开始转发的邮件[:：]|下面是被转发的邮件[:：])\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"[\s>*]{0,6}(?:From|发件人|寄件者|寄件人|发自|Von|De)\s{0,4}\**\s{0,4}[:：]", re.IGNORECASE)
_FIELD = re.compile(
    r"[\s>*]{0,6}(?:Sent|Date|To|Cc|Subject|发送时间|发送日期|日期|时间|收件人|抄送|抄送人|主题|主旨|送信日時|寄件日期)"
    r"\s{0,4}\**\s{0,4}[:：]",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:--|—|__)\s?$"
    r"|(?:Sent from my|Sent from Outlook|Sent from Mail for|Get Outlook for|Sent via|Von meinem)\b.{0,80}$"
    r"|(?:发自我的|从我的|发送自|由.{1,20}发送|来自|获取)\s{0,2}"
    r"(?:iPhone|iPad|手机|小米|华为|HUAWEI|Android|Outlook|网易邮箱|QQ邮箱|钉钉|企业微信).{0,60}$",
    re.IGNORECASE,
)
_HEAD_END = re.compile(r".{0,200}(?:wrote|写道)[:：]")
_LONGEST_SIGNATURE = 12


def reply_of(text: str) -> str:
    """The new words of `text`; all of it when nothing else is left (somebody answers between or below the lines)."""
    lines = text.split("\n")
    kept = _without_signature(_above_quotation(lines))
    return _joined(kept) or _joined(_without_signature(_unquoted(lines))) or _joined(lines)


def without_marks(text: str) -> str:
    """`text` without the marks of this package and without our own separator lines."""
    return _joined([line for line in text.split("\n") if not SEPARATOR.search(line[:300])])


def _above_quotation(lines):
    """Everything above the quotation; where lines with `>` follow its head, what stands between them is kept."""
    kept = []
    for number, line in enumerate(lines):
        head = line[:500].strip()
        if SEPARATOR.search(head) or QUOTE_MARK in head or _ORIGINAL.match(head) or _opens_header(lines, number):
            break
        if _is_wrote(lines, number):
            if not _is_quoted_next(lines, number + 1):
                break
            continue
        if not head.startswith(">"):
            kept.append(line)
    return _without_heads(kept)


def _is_wrote(lines, number):
    """`On …, X wrote:`, which mail programs also break after the date."""
    line = lines[number].strip()
    if len(line) > 400 or line.startswith(">"):
        return False
    if _WROTE.match(line):
        return True
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    is_start = line.startswith(("On ", "在", "于"))
    return is_start and len(line) + len(following) < 400 and bool(_WROTE.match(f"{line} {following}"))


def _is_quoted_next(lines, number):
    following = [line.strip() for line in lines[number : number + 6] if line.strip()][:2]
    return any(line.startswith(">") for line in following)


def _opens_header(lines, number):
    """A block like `发件人: … 发送时间: … 收件人: …`: two more of its lines follow soon."""
    if not _FROM.match(lines[number][:200]):
        return False
    following = [line[:200] for line in lines[number + 1 : number + 9]]
    return sum(bool(_FIELD.match(line)) for line in following) >= 2


def _without_heads(lines):
    """A head broken over two lines leaves its second one behind."""
    return [line for line in lines if len(line) > 400 or not _HEAD_END.fullmatch(line.strip())]


def _unquoted(lines):
    return [
        line
        for number, line in enumerate(lines)
        if not line.lstrip().startswith(">")
        and QUOTE_MARK not in line
        and not SEPARATOR.search(line[:300])
        and not _ORIGINAL.match(line[:500].strip())
        and not _is_wrote(lines, number)
    ]


def _without_signature(lines):
    """Cut at the first signature line that stands near the end and under some words."""
    floor = max(1, len(lines) - _LONGEST_SIGNATURE)
    for number in range(len(lines)):
        is_sign = _SIGNATURE.match(lines[number][:200].strip())
        if is_sign and (number >= floor or lines[number].rstrip() == "--") and _joined(lines[:number]):
            return lines[:number]
    return lines


def _joined(lines):
    text = "\n".join(line.replace(QUOTE_MARK, "").rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
