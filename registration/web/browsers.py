"""A browser and where it is, as short as its owner needs to know them again."""

from ipaddress import IPv4Address, ip_address, ip_network

# What a browser calls itself, and its name. The first that fits: most call themselves Safari too.
_FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrom", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def name_browser(user_agent: str) -> str:
    """Return "Firefox, Windows", or "" for one that does not say. No version, nothing rare."""
    names = (
        next((name for sign, name in signs if sign in user_agent), "")
        for signs in (_FAMILIES, _SYSTEMS)
    )
    return ", ".join(filter(None, names))


def shorten_address(address: str | None) -> str:
    """Return "192.0.2.x" or "2001:db8:7::/48": the network, not the machine. "" for none."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(parsed, IPv4Address):
        return f"{str(parsed).rpartition('.')[0]}.x"
    return str(ip_network(f"{address}/48", strict=False))
