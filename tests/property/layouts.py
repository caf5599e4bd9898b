"""A contract in any layout, with comments anywhere: the same tokens, other white space."""

from typing import Final

from hypothesis import strategies as st

from sibdsl.source import Source
from sibdsl.syntax.parse import HEADER, Trace, parse

ON_A_LINE: Final = (" ", "  ", "\t", "\u00a0", " \n", "\r\n\t", "\n\n\n", "\n        ", "\u2028")
NEW_LINE: Final = ("\n", "\n\n", "\n\n\n", "\r\n  ", "\n    ", " \n\t")
COMMENTS: Final = (
    " # why\n",
    "#no space\n",
    "\n# on its own\n",
    "\n      # deep  \n",
    "  # one\n# two\n\n    # three\n  ",
    "\n\n# apart\n\n",
)


@st.composite
def laid_out_anyhow(draw: st.DrawFn, text: str) -> str:
    """The text with its tokens where they please, some comments among them.

    Two tokens on two lines stay on two: a name goes on to the end of its line.
    """
    trace = Trace()
    parsed = parse(Source("x.sib", text), trace)
    assert parsed.ok
    header = HEADER.match(text)
    assert header is not None
    written = [text[: header.end(2)]]
    place = header.end(2)
    seed = draw(st.randoms(use_true_random=False))
    busy = draw(st.sampled_from((0, 0.05, 0.5)))
    for start, end in zip(trace.starts, trace.ends, strict=True):
        between = text[place:start]
        if not between:
            blank = ""
        elif seed.random() < busy and not text[start].isdecimal():  # `le 2021-06-30` is one phrase
            blank = seed.choice(COMMENTS)
        elif "\n" in between:
            blank = seed.choice(NEW_LINE)
        else:
            blank = seed.choice((" ", " ", " ", *ON_A_LINE))
        written += (blank, text[start:end])
        place = end
    return "".join([*written, seed.choice(("", "\n", " # the end", "\n\n   # the end\n"))])
