"""Small plans made by hand, for tests of what comes before and after the evaluator."""

from datetime import date
from fractions import Fraction

from sibdsl.plan.terms import Evaluation, Measure, Party, Plan, RateCard, Tariff
from sibdsl.source import Span
from sibdsl.units import COUNT, DATE, NUMBER, PERCENTAGE, POINTS, YES_NO, Unit, amount_in

HERE = Span(0, 0)


def measure(name: str, unit: Unit, evaluations: tuple[int, ...] | None = (0, 1)) -> Measure:
    return Measure(
        name=name,
        unit=unit,
        evaluations=evaluations,
        reporters=("Assessor",),
        decided=False,
        presumed=None,
        direction="",
        cumulative=False,
        description="",
        place=HERE,
    )


def tariff(outcome: str, **rules: object) -> Tariff:
    defaults: dict[str, object] = {
        "times": 1,
        "per_evaluation": False,
        "apart_months": 0,
        "apart_days": 0,
        "requires": (),
        "for_class": "",
        "starts": None,
        "place": HERE,
    }
    return Tariff(outcome, **(defaults | rules))  # type: ignore[arg-type]


CARD = RateCard(
    "Tariff",
    "GBP",
    (0, 1),
    (
        tariff("Entry"),
        tariff("Job", for_class="adult"),
        tariff("Job", for_class="youth"),
        tariff("Grant", starts=(date(2014, 1, 1), date(2014, 12, 31))),
    ),
    HERE,
)

PLAN = Plan(
    language="en",
    prevailing="en",
    names_there=(),
    title="A small bond",
    reference="",
    policy_field="",
    currency="GBP",
    start=date(2014, 1, 1),
    end=date(2018, 12, 31),
    parties=(
        Party("Ministry", ("outcome payer",), "", HERE),
        Party("Assessor", ("evaluator",), "", HERE),
    ),
    fundings=(),
    evaluations=(
        Evaluation("Cohort 1", date(2015, 6, 30), "Cohort"),
        Evaluation("Cohort 2", date(2016, 6, 30), "Cohort"),
        Evaluation("Final", date(2018, 6, 30), "Final"),
    ),
    measures=(
        measure("People", COUNT),
        measure("Score", NUMBER),
        measure("Rate", PERCENTAGE),
        measure("Gap", POINTS),
        measure("Cost", amount_in("GBP")),
        measure("Stopped", YES_NO),
        measure("Start Day", DATE, None),
        measure("Baseline Rate", PERCENTAGE, None),
    ),
    cards=(CARD,),
    terms=(),
    names=(),
    payments=(),
    caps=(),
    accounts=(),
    roundings=(),
    examples=(),
)

HALF = Fraction(1, 2)
