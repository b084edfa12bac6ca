"""Keys that stand twice where each must stand once."""

from collections import Counter
from collections.abc import Iterator, Sequence

from registration.meetings.faults import Place, Wrong


def find_repeated(place: Place, keys: Sequence[str], name: str = "key") -> Iterator[Wrong]:
    """Give each element of the list whose key an earlier one bears. name: of the key itself."""
    times = Counter(keys)
    for index, key in enumerate(keys):
        if times[key] > 1 and keys.index(key) != index:
            yield Wrong((*place, index, name), f"{key!r} stands here twice.", "Change one of them.")
