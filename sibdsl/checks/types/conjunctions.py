"""``and`` between values that are no conditions: *Saving and GBP 500*, *the lowest of Saving and GBP 500*."""

from __future__ import annotations

from sibdsl.checks.types.arithmetic import UNKNOWN
from sibdsl.checks.types.in_words import in_words
from sibdsl.checks.types.judgement import Judgement
from sibdsl.checks.types.refusals import said
from sibdsl.diagnostics import message
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Over
from sibdsl.units import YES_NO


def joins_values(part: nodes.And, judgement: Judgement) -> bool:
    """Whether nothing that ``and`` joins is a condition: one finding, with both ways to mean it."""
    kinds = [judgement.found[item.span] for item in part.items]
    if YES_NO in kinds or UNKNOWN in kinds:
        return False
    first, other = part.items[0], part.items[1]
    if isinstance(first, nodes.OverEvaluations) and first.which in {Over.LOWEST, Over.HIGHEST}:
        form = message("the lesser of ({one}; {other})")
        if first.which is Over.HIGHEST:
            form = message("the greater of ({one}; {other})")
        name = message("{name}", name=first.name.text)
        said_so = message(form.template, one=name, other=in_words(other))
        cure = message("of two values write ‘{form}’", form=said_so)
    else:
        cure = message(
            "for both together write ‘{one} + {other}’; for one of them ‘the lesser of ({one}; "
            "{other})’ or ‘the greater of ({one}; {other})’",
            one=in_words(first),
            other=in_words(other),
        )
    judgement.refuse(
        "SIB550",
        part.span,
        message("‘and’ joins conditions, and here it joins {kind}", kind=said(kinds[0])),
        cure,
    )
    return True
