"""Text of others made safe to show: what a terminal would obey is turned into what can be seen."""

from typing import Final

# Controls have pictures of their own (U+2400 and on). The marks that change the direction of
# writing could make a line read otherwise than it is: they become the replacement character.
_PICTURES: Final = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF), 0xFFFD),
    **dict.fromkeys((0xFFFE, 0xFFFF), 0xFFFD),  # no characters, and XML holds neither
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),  # lone surrogates: no encoding writes them
}


def visible(text: str) -> str:
    """The text with every control character shown as a picture; one character stays one."""
    return text.translate(_PICTURES)
