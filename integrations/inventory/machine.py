"""What an inventory says of a machine, in the words of the configuration database."""

import ipaddress
import re

# What makers leave in for want of a number: it would make one machine of many.
_NO_NUMBER = re.compile(
    r"(to be filled.*|default string|system serial number|not (specified|available|applicable)|none|n/?a|unknown|oem"
    r"|chassis serial number|x+|0+|1?23456789?0?|f+|(0|f|-)+|03000200-0400-0500-0006-000700080009)", re.IGNORECASE,
)  # fmt: skip
_SERVER = re.compile(r"server|rack|blade|sled", re.IGNORECASE)
MOST_CARDS, MOST_PACKAGES = 50, 3000


def cells_of(content) -> dict:
    """{target: text} as an import takes it; what is not known, or only a maker's filler, is left out."""
    hardware, bios, system = content["hardware"], content["bios"], content["operatingsystem"]
    card = _main_card(content["networks"], hardware.get("ipaddr", ""))
    name = hardware.get("name", "")
    cells = {
        "item_class": _class_of(hardware, bios),
        "name_en": name,
        "value_system_uuid": _number(hardware.get("uuid", "")).upper(),
        "value_serial_number": _number(bios.get("ssn") or bios.get("msn") or ""),
        "value_asset_tag": _number(bios.get("assettag", "")),
        "value_model": " ".join(word for word in (bios.get("smanufacturer"), bios.get("smodel")) if word),
        "value_operating_system": system.get("full_name") or hardware.get("osname", ""),
        "value_ip_address": card.get("ipaddress", ""),
        "value_mac_address": _mac(card),
        "value_cores": _cores(content["cpus"]),
        "value_memory": _gigabytes(hardware.get("memory", "")),
    }
    slug = re.sub(r"[^\w-]+", "-", name, flags=re.ASCII).strip("-").lower()
    return {target: text for target, text in (cells | {"slug": slug[:80]}).items() if text}


def details_of(content) -> dict:
    """Network cards, and the software in short: names and versions, never an item each."""
    cards = [
        {"name": one.get("description", "")[:80], "mac": _mac(one), "address": one.get("ipaddress", "")[:45]}
        for one in content["networks"]
        if not _is_virtual(one) and (_mac(one) or one.get("ipaddress"))
    ]
    software = sorted({
        (one.get("name", "")[:120], one.get("version", "")[:60]) for one in content["softwares"] if one.get("name")
    })  # fmt: skip
    return {"cards": cards[:MOST_CARDS], "packages": len(software), "software": software[:MOST_PACKAGES]}


def _class_of(hardware, bios) -> str:
    if hardware.get("vmsystem", "Physical") not in ("", "Physical"):
        return "virtual-machine"
    return "server" if _SERVER.search(hardware.get("chassis_type") or bios.get("chassis_type", "")) else ""


def _main_card(cards, address) -> dict:
    """The card with the machine's own address, else the first real one that has any."""
    real = [one for one in cards if not _is_virtual(one) and _is_outward(one.get("ipaddress", ""))]
    return next((one for one in real if one["ipaddress"] == address), real[0] if real else {})


def _is_virtual(card) -> bool:
    return card.get("virtualdev", "0").lower() in ("1", "true") or card.get("type") == "loopback"


def _is_outward(text) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_link_local)


def _mac(card) -> str:
    text = card.get("mac") or card.get("macaddr") or ""
    return text if re.fullmatch(r"(?!(00:){5}00)[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}", text) else ""


def _number(text) -> str:
    return "" if _NO_NUMBER.fullmatch(text.strip()) else text.strip()


def _cores(cpus) -> str:
    counted = sum(int(one.get("core", "")) for one in cpus if one.get("core", "").isdecimal())
    return str(counted) if counted else ""


def _gigabytes(megabytes) -> str:
    """Agents tell what the kernel left of it, a little less than is built in: rounded to the next whole GB."""
    return str(-(-int(megabytes) // 1024)) if megabytes.isdecimal() and int(megabytes) else ""
