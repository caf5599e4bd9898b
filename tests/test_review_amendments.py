"""Ten amendments to three contracts, one commit after the other in a git repository."""

import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import frozen

import sibdsl
from sibdsl.checks.bounds.trends import Trend
from sibdsl.cli.revisions import committed, read_revision, revision_of
from sibdsl.review import changes
from sibdsl.review.change import Audience, Change, Impact, Sort
from sibdsl.review.changes import What
from sibdsl.review.comparison import Comparison, Meaning
from sibdsl.source import Source
from tests.amendments import amended, example


@frozen
class Amendment:
    """One change of one contract, and what the comparison is to say of it."""

    contract: str
    replaced: tuple[tuple[str, str], ...]
    kinds: tuple[type[What], ...]
    meaning: Meaning = Meaning.DIFFERENT
    pays: bool = True
    investor: Impact = Impact.NONE


INVESTORS = 'party Investors are investors, "Seventeen charities and foundations"\n'
AMENDMENTS = {
    "threshold": Amendment(
        "la-cravate-solidaire",
        (("l'Écart est d'au moins 3 points", "l'Écart est d'au moins 4 points"),),
        (changes.ThresholdChanged,),
        investor=Impact.WORSE,
    ),
    "band edge": Amendment(
        "newpin",
        (("from 55%:    3%", "above 55%: 3%"),),
        (changes.BandEdgeChanged,),
        investor=Impact.WORSE,
    ),
    "cap": Amendment(
        "peterborough",
        (("cap Ministry of Justice: GBP 8,000,000", "cap Ministry of Justice: GBP 6,000,000"),),
        (changes.CapLimitChanged,),
        investor=Impact.WORSE,
    ),
    "interest rate": Amendment(
        "peterborough",
        (("at a rate of 3% per year", "at a rate of 3.5% per year"),),
        (changes.AmountChanged,),
        investor=Impact.BETTER,
    ),
    "renamed term": Amendment(
        "newpin",
        (("Restoration Rate", "Share of Restored Children"),),
        (changes.Renamed,),
        Meaning.SAME,
        pays=False,
    ),
    "reordered clauses": Amendment(
        "peterborough",
        ((INVESTORS, ""), ("funding Investors", f"{INVESTORS}funding Investors")),
        (changes.Reordered,),
        Meaning.SAME,
        pays=False,
    ),
    "reformatting": Amendment(
        "newpin",
        (("\n  given", "\n      given"), (" AUD 47,000,000", "  AUD 47,000,000")),
        (changes.LayoutChanged,),
        Meaning.SAME,
        pays=False,
    ),
    "comment": Amendment(
        "la-cravate-solidaire",
        (("# Deux indicateurs de moyens", "# Il y a deux indicateurs de moyens"),),
        (changes.CommentChanged,),
        Meaning.SAME,
        pays=False,
    ),
    "another evaluator reports": Amendment(
        "la-cravate-solidaire",
        (
            (
                "partie Kimso est évaluateur\n",
                "partie Kimso est évaluateur\npartie Agence Phare est évaluateur\n",
            ),
            (
                "mesure Taux de Retour est un taux,\n  établi par Kimso",
                "mesure Taux de Retour est un taux,\n  établi par Agence Phare",
            ),
        ),
        (changes.Added, changes.MeasureChanged),
        pays=False,
    ),
    "the evaluator is another": Amendment(
        "la-cravate-solidaire",
        (("Kimso", "Agence Phare"),),
        (changes.Renamed,),
        Meaning.SAME_BUT_NAMES,
        pays=False,
    ),
    "due date": Amendment(
        "la-cravate-solidaire",
        (("échéance 60 jours après Finale", "échéance 90 jours après Finale"),),
        (changes.DueDateChanged,),
        pays=False,
        investor=Impact.WORSE,
    ),
}


def git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=Drafter", "-c", "user.email=drafter@example.org")
    subprocess.run(("git", *settings, *arguments), cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the three contracts committed."""
    git(tmp_path, "init", "--quiet")
    for name in ("newpin", "peterborough", "la-cravate-solidaire"):
        (tmp_path / f"{name}.sib").write_text(example(name), encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "The contracts as signed")
    return tmp_path


def amend(repository: Path, amendment: Amendment) -> Comparison:
    """The working copy compared with what is committed."""
    file = repository / f"{amendment.contract}.sib"
    file.write_text(
        amended(file.read_text(encoding="utf-8"), *amendment.replaced), encoding="utf-8"
    )
    before = read_revision(committed(file))
    assert isinstance(before, Source)
    return sibdsl.diff(sibdsl.parse(before.text, before.name), sibdsl.load(file))


@pytest.mark.parametrize("amendment", AMENDMENTS.values(), ids=AMENDMENTS)
def test_an_amendment_is_named_rightly(repository: Path, amendment: Amendment) -> None:
    comparison = amend(repository, amendment)
    assert tuple(type(change.what) for change in comparison.changes) == amendment.kinds
    assert comparison.meaning is amendment.meaning
    last = comparison.changes[-1]
    assert last.impacts.on(Audience.INVESTOR) is amendment.investor
    if amendment.meaning is Meaning.DIFFERENT:
        assert comparison.effects is not None
        assert bool(comparison.effects.largest) is amendment.pays
    else:
        assert comparison.effects is None


def test_the_commits_one_after_the_other_are_told_from_each_other(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    file = repository / "peterborough.sib"
    text = file.read_text(encoding="utf-8")
    for number in (4, 5):
        file.write_text(amended(text, ("rate of 3%", f"rate of {number}%")), encoding="utf-8")
        git(repository, "commit", "--quiet", "-am", f"{number}%")
    revisions = [revision_of(f"{ref}:peterborough.sib") for ref in ("HEAD~2", "HEAD")]
    texts = [read_revision(each) for each in revisions if each is not None]
    old, new = (each for each in texts if isinstance(each, Source))
    (change,) = sibdsl.diff(sibdsl.parse(old.text), sibdsl.parse(new.text), effects=False).changes
    assert isinstance(change.what, changes.AmountChanged)
    assert change.what.old is not None
    assert change.what.new is not None
    assert (change.what.old.words, change.what.new.words) == ("3%", "5%")


# ------------------------------------------------------------------- what each amendment says


def single(name: str) -> tuple[Change, Comparison]:
    amendment = AMENDMENTS[name]
    old = example(amendment.contract)
    new = amended(old, *amendment.replaced)
    comparison = sibdsl.diff(sibdsl.parse(old, "old.sib"), sibdsl.parse(new, "new.sib"))
    (change,) = comparison.changes
    return change, comparison


def largest(comparison: Comparison, name: str) -> list[Fraction]:
    assert comparison.effects is not None
    return [each.amount for each in comparison.effects.largest if each.name == name]


def test_a_harder_threshold_costs_the_bonus_between_the_two() -> None:
    change, comparison = single("threshold")
    assert isinstance(change.what, changes.ThresholdChanged)
    assert (change.what.term, change.what.trend) == ("Écart", Trend.FALLS)
    assert change.new is not None
    assert change.new.start.line == 34
    assert largest(comparison, "Prime") == [-15_000]
    assert largest(comparison, "Investisseurs") == [-15_000]
    assert comparison.effects is not None
    (interval,) = (each.interval for each in comparison.effects.largest if each.interval)
    assert (interval.measure, interval.low, interval.low_included) == (
        "Écart",
        Fraction(3, 100),
        True,
    )
    assert (interval.high, interval.high_included) == (Fraction(4, 100), False)


def test_a_lower_cap_costs_what_went_over_it() -> None:
    _, comparison = single("cap")
    assert largest(comparison, "Investors") == [Fraction("-32739.73")]


def test_a_higher_rate_pays_more_interest() -> None:
    change, comparison = single("interest rate")
    assert isinstance(change.what, changes.AmountChanged)
    assert change.what.is_rate
    assert largest(comparison, "Final Payment") == [Fraction("172123.28")]


def test_an_edge_that_is_left_out_costs_at_the_edge_alone() -> None:
    change, comparison = single("band edge")
    assert isinstance(change.what, changes.BandEdgeChanged)
    assert change.what.old.included
    assert not change.what.new.included
    assert comparison.effects is not None
    (found,) = (each for each in comparison.effects.largest if each.name == "Interest")
    assert found.interval is not None
    assert found.interval.low == found.interval.high == Fraction(55, 100)


def test_a_payment_made_later_is_told_with_its_days() -> None:
    change, comparison = single("due date")
    assert isinstance(change.what, changes.DueDateChanged)
    assert change.what.days == 30
    assert comparison.effects is not None
    assert comparison.effects.is_empty


def test_a_name_in_the_other_language_moves_nothing() -> None:
    text = example("peterborough")
    line = 'in French, Ministry of Justice is "{}"\n'
    none, one, other = (
        sibdsl.parse(text + each)
        for each in ("", line.format("le Ministère de la Justice"), line.format("la Chancellerie"))
    )
    words = changes.WordingChanged(
        changes.WordingAspect.TRANSLATION, "le Ministère de la Justice", "la Chancellerie"
    )
    added = changes.WordingChanged(words.aspect, "", words.old)
    for old, new, what in ((none, one, added), (one, other, words)):
        comparison = sibdsl.diff(old, new)
        (change,) = comparison.changes
        assert comparison.is_same
        assert (change.sort, change.name) == (Sort.TRANSLATION, "Ministry of Justice")
        assert change.what == what
