"""The name that was probably meant, remembered: the same slip often fills a whole column."""

from functools import lru_cache

from sibdsl.syntax.nearest import nearest_name


@lru_cache(maxsize=1024)
def nearest(written: str, names: tuple[str, ...]) -> str | None:
    """The closest of the names, or None; see :func:`sibdsl.syntax.nearest.nearest_name`."""
    return nearest_name(written, names)
