"""The public object: a contract that was read, ready to be asked what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, assert_never, get_args

from attrs import evolve, field

from sibdsl.diagnostics import Diagnostic, Label, Severity, has_errors, message
from sibdsl.evaluate.determination import Determination
from sibdsl.files import files_beside, read_source
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.source import Source, Span

# The imports inside functions are for speed: checking needs no results, running a plan no parser.
if TYPE_CHECKING:
    from sibdsl.checks.checked import Checked
    from sibdsl.checks.editions import InForce
    from sibdsl.evaluate.examples import ExampleOutcome
    from sibdsl.evaluate.fast import Fast
    from sibdsl.plan.terms import Plan
    from sibdsl.results.reported import Results
    from sibdsl.results.rows import Table, TableKind
    from sibdsl.review.comparison import Comparison
    from sibdsl.review.versions import Reported

Row = Mapping[str, object] | Sequence[object]
"""A row by the names of its columns, or its values in the order of the columns."""

Rows = Iterable[Row] | str | PathLike[str]
"""Rows, or the path of a ``.csv`` or ``.json`` file that holds them."""

Format = Literal["text", "json", "csv"]

_LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


class ContractError(Exception):
    """A contract, or results for it, that cannot be used. ``findings`` say all that is wrong.

    ``str()`` of it is the findings as ``sib check`` shows them, in the contract's language.
    """

    def __init__(
        self,
        findings: tuple[Diagnostic, ...],
        sources: Mapping[str, Source] | None = None,
        language: Language = "en",
    ) -> None:
        self.findings = findings
        self.sources = sources or {}
        self._language = language
        super().__init__(findings)

    def __str__(self) -> str:
        from sibdsl.documents.findings_text import full_text  # noqa: PLC0415

        return full_text(self.findings, self.sources, self._language).rstrip("\n")


@frozen
class Contract:
    """A contract with everything found in it. Frozen: it may be shared between threads.

    ``findings`` stand in the order of the text. ``source`` is the text, with that of the files it uses in
    its place; None for a contract read from the JSON of its plan. ``plan_if_any`` is None where the
    contract has errors other than worked examples that do not hold, and for a clause library.
    """

    findings: tuple[Diagnostic, ...]
    language: Language
    source: Source | None = field(repr=False)
    plan_if_any: Plan | None = field(repr=False)
    checked_if_any: Checked | None = field(default=None, repr=False, eq=False)
    """The tree that was checked, for comparing versions; None where the text could not be read."""
    amendments: tuple[InForce, ...] = field(default=(), repr=False, eq=False)
    """The amendments that the contract stands amended by, the first one first."""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not has_errors(self.findings)

    @property
    def plan(self) -> Plan:
        """What the contract means. Raises ContractError where it has errors or is a clause library."""
        if self.plan_if_any is None and self.ok:
            raise ContractError((*self.findings, self._no_contract()), self.sources, self.language)
        if self.plan_if_any is None or not self.ok:
            raise ContractError(self.findings, self.sources, self.language)
        return self.plan_if_any

    def evaluate(
        self,
        results: Rows = (),
        *,
        claims: Rows | None = None,
        participants: Rows = (),
        as_of: date | None = None,
        csv: Language | None = None,
    ) -> Determination:
        """What the contract comes to on these results.

        Rows have the columns of the sheets (``measure``, ``evaluation``, ``value`` …), in English or
        in French. A percentage is text with its sign or a fraction; numbers are ``int``, ``Decimal``,
        ``Fraction`` or text; a binary ``float`` is refused. ``csv`` says how CSV files are written
        (``"en"``: comma and decimal point, ``"fr"``: semicolon and decimal comma); unsaid, it is the
        contract's language. ``as_of`` leaves out what was reported later. ``claims`` are wanted once a
        rate card is complete: an empty list says that there are none.

        Raises ContractError, carrying every finding, where the contract or a row is refused;
        TypeError and ValueError, before anything is read, for an argument that is none.
        """
        _refuse_other_types(results, claims, participants, as_of)
        _refuse_other_words("csv", csv or self.language, _LANGUAGES)
        sheets = Sheets(results, claims, participants, csv or self.language)
        return determine(self, sheets, as_of).determination

    def fast(self) -> Fast:
        """What falls due, for many sets of results: a function of them, without reasons.

        It says exactly what ``evaluate`` says, some hundred times faster. Raises ContractError where
        the contract has errors, ValueError where it has a rate card.
        """
        from sibdsl.evaluate.fast import fast  # noqa: PLC0415

        return fast(self.plan)

    def report(
        self, determination: Determination, format: Format = "text", *, csv: Language | None = None
    ) -> str:
        """A determination as text in the contract's language, as JSON, or as CSV.

        Raises ValueError where the determination is not of this contract: its digest says so; and
        for another format.
        """
        _refuse_other_words("format", format, get_args(Format))
        _refuse_other_words("csv", csv or self.language, _LANGUAGES)
        from sibdsl.documents.determination_csv import determination_csv  # noqa: PLC0415
        from sibdsl.documents.determination_json import determination_json  # noqa: PLC0415
        from sibdsl.documents.determination_text import determination_text  # noqa: PLC0415
        from sibdsl.plan.digest import digest  # noqa: PLC0415

        plan = self.plan
        if determination.contract_digest != digest(plan):
            raise ValueError(
                f"this is a determination of {determination.title!r} "
                f"({determination.contract_digest[:12]}), not of this contract "
                f"({digest(plan)[:12]}): report it by the contract that made it"
            )
        match format:
            case "text":
                return determination_text(determination, plan, self.source)
            case "json":
                return determination_json(determination, plan, self.source)
            case "csv":
                return determination_csv(determination, plan, self.source, csv)
            case _:
                assert_never(format)

    def to_json(self) -> str:
        """The contract's plan as JSON: what it means, without its text."""
        from sibdsl.plan.serialize import to_json  # noqa: PLC0415

        return to_json(self.plan)

    @property
    def sources(self) -> Mapping[str, Source]:
        """The texts that findings point into, under the names they have for them."""
        return {} if self.source is None else self.source.files

    def _no_contract(self) -> Diagnostic:
        text = message("this is a clause library, not a contract")
        advice = message("name a contract that uses it")
        return Diagnostic("SIB074", Severity.ERROR, text, Label(Span(0, 0)), (), advice)


@frozen
class Sheets:
    """What comes with a contract, and how CSV among it is written. None is a sheet that did not come."""

    results: Rows
    claims: Rows | None
    participants: Rows
    csv: Language


@frozen
class Determined:
    """A determination, with the warnings on the rows it rests on and the texts they point into."""

    determination: Determination
    findings: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]


def determine(contract: Contract, sheets: Sheets, as_of: date | None) -> Determined:
    """What a contract comes to. Raises ContractError where the contract or a row is refused."""
    from sibdsl.evaluate.evaluate import evaluate  # noqa: PLC0415
    from sibdsl.plan.digest import digest as plan_digest  # noqa: PLC0415
    from sibdsl.results.digest import digest  # noqa: PLC0415

    plan = contract.plan
    read = bound(contract, sheets, as_of)
    determination = evaluate(
        plan,
        read.results,
        as_of=as_of,
        contract_digest=plan_digest(plan),
        results_digest=digest(plan, read.results),
    )
    return Determined(determination, read.findings, read.sources)


@frozen
class Bound:
    """Results bound to a contract, with the warnings on the rows and the texts they point into."""

    results: Results
    findings: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]


def bound(contract: Contract, sheets: Sheets, as_of: date | None) -> Bound:
    """Read and bind what comes with a contract. Raises ContractError where a row is refused."""
    from sibdsl.results.bind import bind  # noqa: PLC0415
    from sibdsl.results.rows import TableKind, no_rows  # noqa: PLC0415

    plan = _runnable(contract)
    sources = dict(contract.sources)

    def table(rows: Rows | None, kind: TableKind) -> Table:
        if rows is None:
            return no_rows(kind)
        return _table(rows, kind, contract.language, sheets.csv, sources)

    results, findings = bind(
        plan,
        table(sheets.results, TableKind.RESULTS),
        table(sheets.claims, TableKind.CLAIMS),
        table(sheets.participants, TableKind.PARTICIPANTS),
        as_of,
    )
    if has_errors(findings):
        raise ContractError(findings, sources, contract.language)
    return Bound(results, findings, sources)


def example_outcomes(contract: Contract) -> tuple[ExampleOutcome, ...]:
    """What becomes of each worked example. Raises ContractError where the contract cannot be run.

    An example that does not hold is no obstacle: that is what is asked.
    """
    from sibdsl.assembly.places import in_files  # noqa: PLC0415
    from sibdsl.evaluate.examples import run_example  # noqa: PLC0415

    plan = contract.plan_if_any or contract.plan
    outcomes = (run_example(plan, example) for example in plan.examples)
    if contract.source is None:
        return tuple(outcomes)
    source = contract.source
    return tuple(evolve(each, findings=in_files(each.findings, source)) for each in outcomes)


def diff(
    old: Contract,
    new: Contract,
    *,
    results: Rows = (),
    claims: Rows | None = None,
    participants: Rows = (),
    csv: Language | None = None,
    effects: bool = True,
) -> Comparison:
    """Two versions of a contract compared: the same or not, every change, what it does to payments.

    Results and claims, where given, are those of either version; both are determined on them. What is
    said of payments rests on a bounded, repeatable search and is no proof; without ``effects`` only
    the texts are compared. A worked example that does not hold is no obstacle. Amounts are
    ``Fraction``, in units of their currency.

    Raises ContractError where a contract cannot be run, or a row fits neither version.
    """
    from sibdsl.review.versions import Given, compare  # noqa: PLC0415

    _refuse_other_types(results, claims, participants, None)
    _refuse_other_words("csv", csv or new.language, _LANGUAGES)
    plans = [_runnable(each) for each in (old, new)]
    sheets = Sheets(results, claims, participants, csv or new.language)
    is_given = claims is not None or any(rows != () for rows in (results, participants))
    return compare(
        Given(plans[0], old.source, old.checked_if_any, old.amendments),
        Given(plans[1], new.source, new.checked_if_any, new.amendments),
        reported=_reported(old, new, sheets) if is_given else None,
        with_effects=effects,
    )


def _runnable(contract: Contract) -> Plan:
    if contract.plan_if_any is None:
        raise ContractError(contract.findings, contract.sources, contract.language)
    return contract.plan_if_any


def _reported(old: Contract, new: Contract, sheets: Sheets) -> Reported:
    """The results as the new version takes them; as the old one does where only that takes them."""
    from sibdsl.review.versions import Reported  # noqa: PLC0415

    try:
        return Reported(bound(new, sheets, None).results, is_of_new=True)
    except ContractError:
        if not _is_reread(sheets):
            raise
        try:
            return Reported(bound(old, sheets, None).results, is_of_new=False)
        except ContractError:
            pass
        raise


def _is_reread(sheets: Sheets) -> bool:
    """Whether rows can be read a second time: an iterator is used up."""
    return not any(
        isinstance(rows, Iterator) for rows in (sheets.results, sheets.claims, sheets.participants)
    )


def parse(
    text: str, name: str = "contract.sib", *, library: Mapping[str, str] | None = None
) -> Contract:
    """Read and check the text of a contract.

    A name that ends in ``.sib.md`` says that the text is Markdown with the contract in its fences.
    ``library`` has the texts of the files that the contract uses, by their paths from its folder:
    ``{"clauses/standard.sib": "sibdsl 1 en …"}``; for an amendment also that of the contract it amends,
    under another name than its own. Never raises for what the text says: see ``ok`` and
    ``findings``. TypeError for what is no text.
    """
    from sibdsl.assembly.library import no_files  # noqa: PLC0415

    _refuse_other_text(text)
    texts = library or {}

    def fetch(path: str) -> Source | Diagnostic:
        return Source(path, texts[path]) if path in texts else no_files(path)

    return read_with(Source(name, text), fetch)


def load(path: str | PathLike[str]) -> Contract:
    """Read and check a contract's file: ``.sib``, ``.sib.md``, or the ``.json`` of a plan.

    Files that it uses are read from its folder. Raises ContractError if the file cannot be read at all;
    mistakes in its text, and files that it uses and are not there, are ``findings``.
    """
    source = read_source(Path(path))
    if isinstance(source, Diagnostic):
        raise ContractError((source,))
    if source.name.endswith(".json"):
        return from_json(source.text, source.name)
    return read_with(source, files_beside(Path(path)))


def read_with(source: Source, fetch: Callable[[str], Source | Diagnostic]) -> Contract:
    """Read and check a text; ``fetch`` gives the files that it uses, by their paths from its folder."""
    from sibdsl.pipeline import compile_contract  # noqa: PLC0415

    compiled = compile_contract(source, fetch)
    return Contract(
        compiled.findings,
        compiled.language,
        compiled.source,
        compiled.plan,
        compiled.checked,
        compiled.amendments,
    )


def check(
    text: str, name: str = "contract.sib", *, library: Mapping[str, str] | None = None
) -> tuple[Diagnostic, ...]:
    """Everything found in the text of a contract, in its order; nothing is a clean contract."""
    return parse(text, name, library=library).findings


def from_json(text: str, name: str = "contract.json") -> Contract:
    """The contract that ``Contract.to_json`` wrote. Raises ContractError for any other text."""
    from sibdsl.plan.serialize import PlanError, from_json  # noqa: PLC0415

    _refuse_other_text(text)
    try:
        plan = from_json(text)
    except PlanError as refused:
        said = message("at {path}: {problem}", path=refused.path, problem=refused.message)
        label = Label(None, None, name)
        advice = message("write it again from the contract, with sib compile")
        finding = Diagnostic("SIB805", Severity.ERROR, said, label, (), advice)
        raise ContractError((finding,)) from None
    return Contract((), plan.language, None, plan)


def _refuse_other_types(
    results: object, claims: object, participants: object, as_of: object
) -> None:
    """For callers whose types nobody checks: what would be misread without a word, or fail deep down."""
    for name, rows in (("results", results), ("claims", claims), ("participants", participants)):
        is_none = rows is None and name == "claims"
        is_rows = isinstance(rows, Iterable | PathLike) and not isinstance(rows, bytes | Mapping)
        if not (is_none or is_rows):
            raise TypeError(f"{name} are rows or the path of a file, not {type(rows).__name__}")
    is_day = isinstance(as_of, date) and not isinstance(as_of, datetime)
    if not (as_of is None or is_day):
        raise TypeError(f"as_of is a datetime.date, not {type(as_of).__name__}")


def _refuse_other_words(name: str, word: object, words: tuple[str, ...]) -> None:
    if word not in words:
        raise ValueError(f"{name} is one of {', '.join(map(repr, words))}, not {word!r}")


def _refuse_other_text(text: object) -> None:
    if not isinstance(text, str):
        raise TypeError(f"text is a str, not {type(text).__name__}")


def _table(
    rows: Rows, kind: TableKind, language: Language, csv: Language, sources: dict[str, Source]
) -> Table:
    """Rows from where they are; a file's text joins ``sources``, so that findings can show it."""
    from sibdsl.results.read_csv import CSV_FORMS, read_csv  # noqa: PLC0415
    from sibdsl.results.read_json import read_json, rows_of  # noqa: PLC0415
    from sibdsl.results.rows import Table  # noqa: PLC0415

    if not isinstance(rows, str | PathLike):
        file = kind.value
        return Table(kind, file, rows_of(rows, kind, file, language))
    source = read_source(Path(rows))
    if isinstance(source, Diagnostic):
        return Table(kind, str(rows), iter((source,)))
    sources[source.name] = source
    if source.name.lower().endswith(".json"):
        return read_json(source, kind, language)
    return read_csv(source, kind, CSV_FORMS[csv], language)
