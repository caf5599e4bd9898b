"""A small language for the payment terms of social impact bonds.

>>> import sibdsl
>>> contract = sibdsl.load("contract.sib")
>>> determination = contract.evaluate("results.csv")
>>> print(contract.report(determination))

``parse`` and ``load`` give a :class:`Contract` with what was found in it; ``Contract.evaluate`` gives a
:class:`Determination`, exact and with its reasons. Nothing here prints, reads a clock or keeps a
state: contracts may be shared between threads. Only the names below are public.
"""

from sibdsl.contract import Contract, ContractError, check, diff, from_json, load, parse
from sibdsl.diagnostics import Diagnostic, Severity
from sibdsl.evaluate.determination import Determination, State

__all__ = [
    "Contract",
    "ContractError",
    "Determination",
    "Diagnostic",
    "Severity",
    "State",
    "check",
    "diff",
    "from_json",
    "load",
    "parse",
]
