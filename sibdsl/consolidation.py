"""The consolidated text of an amended contract, made so that it passes the check by itself."""

from sibdsl.assembly.amendments import amended
from sibdsl.assembly.consolidated import consolidated_text, examples_of
from sibdsl.assembly.library import Fetch, amendment_in
from sibdsl.diagnostics import Diagnostic, Label, Severity, has_errors, in_order, message
from sibdsl.frozen import frozen
from sibdsl.pipeline import Compiled, compile_contract
from sibdsl.source import Source, Span


@frozen
class Consolidated:
    """The text, None where a finding forbids it; ``compiled`` is what the files make as they stand."""

    text: str | None
    compiled: Compiled
    findings: tuple[Diagnostic, ...]


def consolidate(source: Source, fetch: Fetch) -> Consolidated:
    """One text of a contract with its amendments and the files it uses worked in.

    A worked example that holds under old terms only, or only where old and new meet, is left out:
    it has its place in the file it comes from.
    """
    compiled = compile_contract(source, fetch)
    contract = compiled.parsed.contract
    if contract is None or not compiled.ok or compiled.plan is None:
        return Consolidated(None, compiled, compiled.findings)
    made = amended(compiled.parsed, contract, fetch)
    if len(made.languages) > 1:
        amendment = amendment_in(contract)
        span = Span(0, 0) if amendment is None else amendment.path.span
        finding = Diagnostic(
            "SIB079",
            Severity.ERROR,
            message("the files are in two languages, and cannot make one text"),
            Label(span),
            (),
            message("translate one of them first"),
        )
        return Consolidated(None, compiled, in_order((*compiled.findings, finding)))
    holding = [
        example for example in examples_of(made) if _holds(consolidated_text(made, [example]))
    ]
    return Consolidated(consolidated_text(made, holding), compiled, compiled.findings)


def _holds(text: str) -> bool:
    return not has_errors(compile_contract(Source("consolidated.sib", text)).findings)
