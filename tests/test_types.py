"""The type table, rule by rule: what each operation makes, and what is refused with which cure."""

import pytest

from sibdsl.checks.types.arithmetic import (
    DIFFERENCE,
    FRACTION,
    RATIO,
    SCALAR,
    UNKNOWN,
    Clash,
    Refusal,
    Type,
    agreed,
    clash,
    combined,
    fits,
    settled,
)
from sibdsl.checks.types.constants import constant_value
from sibdsl.syntax.nodes import Definition, Operator
from sibdsl.units import (
    COUNT,
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    PERCENTAGE,
    POINTS,
    YES_NO,
    Unit,
    amount_in,
)
from tests.checking import checks

GBP, USD = amount_in("GBP"), amount_in("USD")
ALL: tuple[Type, ...] = (
    SCALAR,
    FRACTION,
    RATIO,
    DIFFERENCE,
    COUNT,
    NUMBER,
    PERCENTAGE,
    POINTS,
    GBP,
    USD,
    DATE,
    DAYS,
    MONTHS,
    YES_NO,
)

# What a definition is, by what it is made of


@pytest.mark.parametrize(
    ("body", "unit"),
    [
        # scalars
        ("2", NUMBER),
        ("5/6", NUMBER),
        ("2 * Rate at Final Cohort", PERCENTAGE),
        ("2 * Baseline", PERCENTAGE),
        ("Baseline / 2", PERCENTAGE),
        ("2 * Effect", POINTS),
        ("Effect / 2", POINTS),
        ("2 * Cost", GBP),
        ("Cost / 2", GBP),
        ("Cost * 5/6", GBP),
        ("2 * People", NUMBER),
        # ratios
        ("People / Places", PERCENTAGE),
        ("People / 3", PERCENTAGE),
        ("3 / People", PERCENTAGE),
        ("Days / Mean", PERCENTAGE),
        ("People / Places - Days / Mean", POINTS),
        ("People / Places + Days / Mean", PERCENTAGE),
        ("Mean + People / Places", NUMBER),
        ("Mean - People / Places", NUMBER),
        ("(People / Places) * (Days / Mean)", PERCENTAGE),
        ("(People / Places) / (Days / Mean)", PERCENTAGE),
        ("(People / Places - Days / Mean) / (Days / Mean)", PERCENTAGE),
        ("2 * (People / Places)", PERCENTAGE),
        ("Cost * (People / Places)", GBP),
        ("People * (Days / Mean)", NUMBER),
        # percentages
        ("Baseline * Mean", NUMBER),
        ("Baseline * People", NUMBER),
        ("Baseline * Level", PERCENTAGE),
        ("Baseline * Effect", POINTS),
        ("Baseline * Cost", GBP),
        ("95% of Cost", GBP),
        ("(5/6) of Cost", GBP),
        ("Mean / Baseline", NUMBER),
        ("People / Baseline", NUMBER),
        ("Baseline / Level", PERCENTAGE),
        ("Cost / Baseline", GBP),
        ("Effect / Effect", PERCENTAGE),
        ("Effect / Baseline", PERCENTAGE),
        ("Cost / Cost", PERCENTAGE),
        # amounts
        ("People * Cost", GBP),
        ("Cost * Mean", GBP),
        ("Cost / People", GBP),
        ("Cost / Mean", GBP),
        ("Cost + Cost - GBP 3", GBP),
        # counts and numbers
        ("People * Places", NUMBER),
        ("People + Places", COUNT),
        ("People - Places", NUMBER),
        ("People + Mean", NUMBER),
        ("-People", NUMBER),
        # percentages and points
        ("Baseline + Level", PERCENTAGE),
        ("Baseline - Level", POINTS),
        ("Baseline - 5%", POINTS),
        ("Baseline + 5 points", PERCENTAGE),
        ("Baseline - Effect", PERCENTAGE),
        ("Effect + Baseline", PERCENTAGE),
        ("Effect + Effect", POINTS),
        ("Effect - 3 points", POINTS),
        ("-Effect", POINTS),
        ("Baseline * 105%", PERCENTAGE),
        ("5% + 3%", PERCENTAGE),
        ("5% + Baseline", PERCENTAGE),
        # the whole less a part
        ("100% - Baseline", PERCENTAGE),
        ("100% - People / Places", PERCENTAGE),
        ("People / Places - 100%", PERCENTAGE),
        ("Baseline - 100%", PERCENTAGE),
        ("100% - 5/6", PERCENTAGE),
        # dates
        ("Start - 2020-01-01", DAYS),
        ("Start + 60 days", DATE),
        ("Start - 3 months", DATE),
        ("Start + 2 years", DATE),
        ("60 days", DAYS),
        ("2 years", MONTHS),
        ("evaluation date", DATE),
        # points in
        ("points in Effect", NUMBER),
        ("points in Baseline", NUMBER),
        ("points in (People / Places)", NUMBER),
        ("Cost * points in Effect", GBP),
        # choices
        ("if Stopped then Cost else GBP 0", GBP),
        ("if Stopped then People else 0", NUMBER),
        ("if Stopped then 5/6 else Baseline", PERCENTAGE),
        ("if Stopped then People / Places else Baseline", PERCENTAGE),
        ("if Stopped then People / Places else Mean", NUMBER),
        ("the lesser of (Cost; GBP 3; Cost)", GBP),
        ("the greater of (Start; 2020-01-01)", DATE),
        ("(Baseline or else 0%)", PERCENTAGE),
        ("Baseline is at least 75%", YES_NO),
        ("(not Stopped) and Stopped", YES_NO),
        # rounding
        ("Baseline rounded down to 1%", PERCENTAGE),
        ("Effect rounded half up to 0.1 points", POINTS),
        ("Cost rounded half even to GBP 0.05", GBP),
        ("People rounded half up to 10", NUMBER),
        ("(People / Places) rounded down to 1%", PERCENTAGE),
        # over evaluations
        ("total of Seen", COUNT),
        ("average of Seen", NUMBER),
        ("highest of Rate to date", PERCENTAGE),
        # money
        ("paid to Fund to date", GBP),
        ("provided by Fund to date", GBP),
        ("interest on Cost at a rate of 3% per year, actual/365, from Start to 2025-01-01", GBP),
        ("Cost indexed by Baseline per year from Start", GBP),
        ("Mean indexed by 2% per year from 2020-01-01", NUMBER),
    ],
)
def test_a_definition_has_the_unit_of_the_type_table(body: str, unit: Unit) -> None:
    found = checks(f"X means {body}".replace("Rate at Final Cohort", "(Rate at Cohort 2)"))
    assert found.told == []
    assert found.units["X"] == unit


def test_a_term_made_only_of_scalars_is_a_scalar() -> None:
    found = checks("Two means 2", "Double means Two * 3", "X means Double * Baseline")
    assert found.told == []
    assert found.units["X"] == PERCENTAGE


def test_a_percentage_of_a_scalar_is_a_scalar() -> None:
    """80% of 300 is 240, and no percentage."""
    found = checks("Goal means 300", "condition X: People is at least 80% of Goal")
    assert found.told == []
    assert checks("X means 80% of 300").units["X"] == NUMBER
    assert checks("X means 80% * 300").units["X"] == PERCENTAGE


def test_a_fraction_defined_once_still_serves_as_a_percentage() -> None:
    assert checks("Part means 5/6", "condition X: Baseline is at least Part").told == []
    assert checks("Part means 2", "condition X: Baseline is at least Part").told == [
        "SIB302 Baseline is at least Part"
    ]


def test_the_type_of_a_definition_is_fixed_at_its_definition() -> None:
    """A ratio is a number where one is wanted; a definition made of it is a percentage for good."""
    assert checks("condition X: People / Places is at least Mean").told == []
    assert checks("Share means People / Places", "condition X: Share is at least Mean").told == [
        "SIB311 Share is at least Mean"
    ]


def test_a_ratio_takes_the_unit_it_is_compared_with() -> None:
    assert checks("condition X: People / Places is at least 75%").told == []
    assert checks("condition X: People / Places is at least 3/4").told == []
    assert checks("condition X: People / Places - Days / Mean is at least 3 points").told == []


def test_a_payment_and_a_rate_card_are_amounts() -> None:
    found = checks(
        "payment P the City pays GBP 5 to Fund due 2025-01-01",
        'rate card Tariff at each Cohort outcome "A": GBP 1, once at most GBP 5 per participant',
        "X means P + Tariff at Cohort 1",
    )
    assert found.told == []
    assert found.units["X"] == GBP


def test_terms_that_rest_on_one_another_at_previous_evaluations_are_typed() -> None:
    found = checks(
        "X means (Y at previous evaluation or else GBP 0) + Cost",
        "Y means (X at previous evaluation or else GBP 5) * 2",
    )
    assert found.told == []
    assert found.units == {"X": GBP, "Y": GBP}


def test_a_term_without_a_first_value_is_of_no_known_kind() -> None:
    assert checks("X means X at previous evaluation").told == ["SIB325 X"]


# Refused by name, each with its cure


@pytest.mark.parametrize(
    ("line", "told", "cure"),
    [
        (
            "condition X: Baseline - Level is at least 3%",
            "SIB301 Baseline - Level is at least 3%",
            "write ‘3 points’, or compare the ratio",
        ),
        (
            "condition X: Baseline is at least 3 points",
            "SIB301 Baseline is at least 3 points",
            "write ‘3%’, or compare the difference",
        ),
        ("X means Effect rounded down to 1%", "SIB301 1%", "write ‘1 point’"),
        (
            "condition X: Baseline is at least 0.75",
            "SIB302 Baseline is at least 0.75",
            "write ‘75%’",
        ),
        (
            "condition X: People / Places is at least 0.75",
            "SIB302 People / Places is at least 0.75",
            "write ‘75%’",
        ),
        (
            "condition X: Baseline is at least 75",
            "SIB302 Baseline is at least 75",
            "write ‘75%’ or ‘7,500%’",
        ),
        ("X means 1 - Baseline", "SIB302 1 - Baseline", "write ‘100%’"),
        ("X means the greater of (Cost; 0)", "SIB303 0", "write ‘GBP 0.00’"),
        ("X means (Cost or else 0)", "SIB303 0", "write ‘GBP 0.00’"),
        ("cap City: 5", "SIB303 5", "write ‘GBP 5.00’"),
        (
            "X means Baseline + 5%",
            "SIB304 Baseline + 5%",
            "write ‘+ 5 points’, or ‘* 105%’ for that share of it more",
        ),
        (
            "X means People / Places + 5%",
            "SIB304 People / Places + 5%",
            "write ‘+ 5 points’, or ‘* 105%’ for that share of it more",
        ),
        ("X means Cost + 5%", "SIB304 Cost + 5%", "write ‘* 105%’"),
        ("X means Cost - 5%", "SIB304 Cost - 5%", "write ‘* 95%’"),
        (
            "condition X: Effect is at least 3",
            "SIB305 Effect is at least 3",
            "write ‘3 points’",
        ),
        (
            "condition X: Effect is at least 0.03",
            "SIB305 Effect is at least 0.03",
            "write ‘3 points’",
        ),
        ("X means Effect - 5%", "SIB306 Effect - 5%", "write ‘- 5 points’"),
        (
            "X means Effect - Baseline",
            "SIB306 Effect - Baseline",
            "take points from a percentage, or points from points",
        ),
        (
            "X means Cost * Effect",
            "SIB307 Cost * Effect",
            (
                "for so much per point write ‘points in Effect * Cost’; for that share of it ‘Effect / "
                "100 points * Cost’"
            ),
        ),
        (
            "X means People * Effect",
            "SIB307 People * Effect",
            "write ‘points in Effect’ for a number; to keep a percentage, take points from it",
        ),
        (
            "X means Dollars + Cost",
            "SIB308 Dollars + Cost",
            "write ‘Dollars in GBP’, with a statement of the exchange rate",
        ),
        (
            "X means Dollars in GBP",
            "SIB309 Dollars in GBP",
            "write a statement ‘exchange rate USD 1 is GBP …’",
        ),
        ("X means Cost in GBP", "SIB309 Cost in GBP", "take ‘in GBP’ away"),
        (
            "X means Cost * Cost",
            "SIB310 Cost * Cost",
            "multiply by a number, a count or a percentage",
        ),
        (
            "X means Start + 3",
            "SIB310 Start + 3",
            "write the other as a number of days, months or years too, or as a date",
        ),
        (
            "X means 3 of Cost",
            "SIB310 3 of Cost",
            "write a percentage before it, or a fraction in brackets: ‘(5/6) of …’",
        ),
        (
            "condition X: Cost is at least People",
            "SIB311 Cost is at least People",
            "compare values of one kind",
        ),
        (
            "X means if Stopped then Cost else Baseline",
            "SIB312 Baseline",
            "write values of one kind",
        ),
        ("cap City: Start", "SIB313 Start", None),
        ("cap City: 10%", "SIB313 10%", "say of what amount: ‘… of an amount in GBP’"),
        (
            "X means if Cost then 1 else 2",
            "SIB314 Cost",
            "write a condition, such as ‘… is at least …’",
        ),
        (
            "X means Start + 1.5 months",
            "SIB315 1.5 months",
            "write a whole number; half a year is 6 months",
        ),
        (
            "X means Baseline rounded down to Level",
            "SIB316 Level",
            "write the value itself, or a term defined by one",
        ),
        (
            "X means Baseline rounded down to 0%",
            "SIB317 0%",
            "write the smallest difference that is to count",
        ),
        ("X means points in People", "SIB320 points in People", None),
        (
            "condition X: Start is at least 2020-01-01",
            "SIB321 Start is at least 2020-01-01",
            "write ‘is before’, ‘is after’, ‘is on or before’ or ‘is on or after’",
        ),
        (
            "condition X: Baseline is before 5%",
            "SIB321 Baseline is before 5%",
            "write ‘is at least’, ‘is at most’, ‘is more than’ or ‘is less than’",
        ),
        (
            "condition X: Stopped is at least yes",
            "SIB321 Stopped is at least yes",
            "write ‘is yes’, ‘is no’, or the condition alone",
        ),
        (
            "X means total of Ended",
            "SIB322 total of Ended",
            "use ‘any of’, ‘all of’ or ‘at least 2 of’",
        ),
        (
            "condition X: any of Rate",
            "SIB322 any of Rate",
            "use ‘total of’, ‘average of’, ‘lowest of’ or ‘highest of’",
        ),
    ],
)
def test_what_is_refused_is_told_what_to_write(line: str, told: str, cure: str | None) -> None:
    found = checks(line)
    assert found.told == [told]
    assert found.cures == ([] if cure is None else [cure])


def test_one_mistake_is_one_finding() -> None:
    found = checks(
        "Wrong means Cost + Start",
        "X means Wrong * 2 + 3%",
        "condition C: X is at least Start",
        "payment P the City pays X to Fund when C due 2025-01-01",
        "cap P: X",
    )
    assert found.told == ["SIB310 Cost + Start"]


def test_a_code_that_is_no_currency_is_no_mistake_of_types() -> None:
    found = checks("X means Cost + GPB 5")
    assert found.told == ["SIB202 GPB 5"]
    assert found.cures == ["‘GPB’ is not a currency: write the three letters of ISO 4217"]
    assert checks("measure M is an amount in GPB", "X means Cost + M").told == []


def test_yes_and_no_stand_only_where_a_condition_may() -> None:
    assert checks("condition X: Stopped is yes").told == []
    assert checks("condition X: Baseline is yes").told == ["SIB311 Baseline is yes"]
    assert checks("X means yes + 1").told == ["SIB310 yes + 1"]
    assert checks("measure M is a percentage, presumed no").told == ["SIB314 no"]


# Statements


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("measure M is a percentage, rounded down to 1%", []),
        ("measure M is a percentage, rounded down to 0.01", ["SIB302 0.01"]),
        ("measure M is in points, rounded down to 1 point", []),
        ("measure M is in points, rounded down to 1%", ["SIB301 1%"]),
        ("measure M is an amount, rounded down to GBP 1", []),
        ("measure M is an amount in USD, rounded down to GBP 1", ["SIB308 GBP 1"]),
        ("measure M is yes or no, rounded down to 1", ["SIB310 rounded down to 1"]),
        ("measure M is a number, rounded down to 0", ["SIB317 0"]),
        ("measure M is a number, rounded down to People", ["SIB316 People"]),
        ("measure M is a count, presumed 2", []),
        ("measure M is a count, presumed 2.5", ["SIB326 2.5"]),
        ("measure M is a percentage, presumed (3/4)", []),
        ("measure M is a percentage, presumed 0.75", ["SIB302 0.75"]),
        ("measure M is a percentage, presumed Baseline", ["SIB316 Baseline"]),
        ("measure M is a date, presumed 2021-01-01", []),
        ("payment P the City pays 5 to Fund due 2025-01-01", ["SIB303 5"]),
        ("payment P the City pays GBP 5 to Fund when Baseline due 2025-01-01", ["SIB314 Baseline"]),
        ("payment P the City pays GBP 5 to Fund unless Cost due 2025-01-01", ["SIB314 Cost"]),
        ("funding the Fund provides Cost to Charity on 2020-02-02", ["SIB316 Cost"]),
        ("funding the Fund provides 5 to Charity on 2020-02-02", ["SIB303 5"]),
        ("cap return of Fund: 13% per year", []),
        ("cap return of Fund: 13 per year", ["SIB302 13"]),
        ("rounding half up to GBP 1", []),
        ("rounding half up to 1", ["SIB303 1"]),
        ("rounding half up to GBP 0", ["SIB317 GBP 0"]),
        ("group Notes is Fund up to 5, then Charity", ["SIB303 5"]),
        ("exchange rate USD 1 is Mean", []),
        ("exchange rate USD 1 is Baseline", ["SIB313 Baseline"]),
        ("exchange rate USD 0 is GBP 1", ["SIB323 exchange rate USD 0 is GBP 1"]),
        ("exchange rate GBP 1 is Mean", ["SIB323 exchange rate GBP 1 is Mean"]),
        ('example "e" given Baseline is 61% expect Baseline is 61%', []),
        ('example "e" given Baseline is 13/155 expect Baseline is 13/155', []),
        ('example "e" given Baseline is 0.61 expect Level is 61%', ["SIB302 0.61"]),
        ('example "e" given People is 61.5 expect Level is 61%', ["SIB326 61.5"]),
        ('example "e" given People is not available expect Level is 61%', []),
        ('example "e" expect Effect is 3%', ["SIB301 3%"]),
        ('example "e" expect Cost is 3', ["SIB303 3"]),
        ('example "e" expect Baseline is Level', ["SIB316 Level"]),
        ('example "e" expect total paid to Fund is GBP 0', []),
        (
            "X means interest on Cost at a rate of 3 per year, actual/365, from 5 to Start",
            ["SIB302 3", "SIB313 5"],
        ),
        ('rate card T at Final outcome "A": 5, once', ["SIB303 5"]),
        (
            'rate card T at Final outcome "A": GBP 5, once outcome "B": USD 5, once',
            ["SIB308 USD 5"],
        ),
        (
            'rate card T at Final outcome "A": GBP 5, at least 1.5 months apart',
            ["SIB315 1.5 months"],
        ),
        ("condition X: at least 1.5 of (Stopped; Stopped)", ["SIB315 1.5"]),
    ],
)
def test_a_statement_takes_values_of_its_own_kind(line: str, told: list[str]) -> None:
    assert checks(line).told == told


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("by Baseline, in steps from 5%: GBP 1 above 10%: GBP 2 otherwise: GBP 0", []),
        ("by Baseline, in steps from 1/20: GBP 1 otherwise: GBP 0", []),
        ("by Baseline, in steps from 5: GBP 1 otherwise: GBP 0", ["SIB302 5"]),
        ("by Effect, in steps from 5%: GBP 1 otherwise: GBP 0", ["SIB301 5%"]),
        ("by Start, in steps from 2020-01-01: 1 otherwise: 0", []),
        ("by Baseline, in steps from 5%: GBP 1 from 10%: 2 otherwise: GBP 0", ["SIB303 2"]),
        ("by Baseline, in steps from 5%: GBP 1 otherwise: 0", ["SIB303 0"]),
        ("by Baseline, in steps from 5%: GBP 1 per point otherwise: GBP 0", ["SIB318 GBP 1"]),
        ("by Baseline, interpolated from 5%: yes otherwise: no", ["SIB324 yes"]),
        ("by Baseline, in steps from 5%: yes otherwise: no", []),
        ("by Baseline, marginal from 0%: GBP 1 per point", []),
        ("by Effect, marginal from 0 points: GBP 1 per point", []),
        ("by Baseline, marginal from 0%: GBP 1", ["SIB318 GBP 1"]),
        ("by People, marginal from 0: GBP 1", []),
        ("by People, marginal from 0: 1.5", []),
        ("by People, marginal from 0: 10%", ["SIB319 10%"]),
        ("by People, marginal from 0: GBP 1 per point", ["SIB318 GBP 1"]),
        ("by Cost, marginal from GBP 0: 10% from GBP 5: 20%", []),
        ("by Cost, marginal from GBP 0: GBP 1", ["SIB313 GBP 1"]),
        ("by Start, marginal from 2020-01-01: GBP 1", ["SIB319 Start"]),
    ],
)
def test_a_table_goes_by_one_kind_and_gives_one_kind(table: str, told: list[str]) -> None:
    assert checks(f"table T {table}").told == told


def test_a_marginal_table_is_rate_times_part_of_the_key() -> None:
    found = checks(
        "table Tax by Cost, marginal from GBP 0: 10%",
        "table Fee by People, marginal from 0: GBP 2",
        "X means Tax + Fee",
    )
    assert found.told == []
    assert found.units["X"] == GBP


def test_a_table_is_looked_up_at_a_value_of_its_key() -> None:
    table = "table T by Baseline, in steps from 5%: GBP 1 otherwise: GBP 0"
    assert checks(table, "X means T for 12%").told == []
    assert checks(table, "X means T for 12").told == ["SIB302 12"]


# Currencies


def test_two_currencies_meet_through_an_exchange_rate_in_either_direction() -> None:
    rate = "exchange rate EUR 1 is USD 1.077"
    money = "measure Euros is an amount in EUR"
    assert checks(rate, money, "X means Euros in USD + Dollars").told == []
    assert checks(rate, money, "X means Dollars in EUR + Euros").told == []
    assert checks(rate, "X means Dollars in GBP").told == ["SIB309 Dollars in GBP"]


def test_an_exchange_rate_is_stated_once_for_two_currencies() -> None:
    one, other = "exchange rate USD 1 is GBP 0.8", "exchange rate GBP 1 is USD 1.25"
    assert checks(one, other).told == [f"SIB323 {other}"]


def test_money_paid_to_date_is_in_one_currency() -> None:
    payments = [
        "payment P the City pays GBP 1 to Fund due 2021-01-01",
        "payment Q the City pays USD 1 to Fund due 2021-01-01",
    ]
    assert checks(*payments, "X means paid to Fund to date").told == ["SIB308 paid to Fund to date"]
    assert checks(payments[1], "X means paid to Fund to date").units["X"] == USD
    assert checks(payments[1], "X means paid by Both to date").units["X"] == USD


def test_what_flows_through_a_waterfall_is_in_its_currency() -> None:
    group = "group Notes is Fund up to GBP 5, then Charity"
    payment = "payment P the City pays USD 1 to Notes due 2021-01-01"
    assert checks(group, payment).told == ["SIB308 USD 1"]


# Values fixed in the text


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("GBP 4,000 * 5/6", "10000/3"),
        ("5% + 3%", "2/25"),
        ("100% - 1/6", "5/6"),
        ("-3 points", "-3/100"),
        ("points in 38%", "38"),
        ("Known * 2", "20"),
        ("the lesser of (3; 2; 5)", "2"),
        ("the greater of (3; 2; 5)", "5"),
        ("if 3 is more than 2 then 1 else 0", "1"),
        ("2/3 rounded half up to 0.01", "67/100"),
        ("2016-03-31 - 2016-03-01", "30"),
        ("2016-01-31 + 1 month", "2016-02-29"),
        ("2016-01-31 - 1 year", "2015-01-31"),
        ("1 year", "12"),
        ("2 is between 1 and 3", "True"),
        ("not (2 is at least 3) and 1 is 1", "True"),
        ("1 is 2 or People is at least 3", "None"),
        ("1 is 1 or People is at least 3", "True"),
        ("3 / 0", "None"),
        ("People * 2", "None"),
        ("Round * 2", "None"),
    ],
)
def test_a_value_made_only_of_what_is_written_is_known(body: str, value: str) -> None:
    added = (f"X means {body}", "Known means 10", "Round means Round at previous evaluation + 1")
    found = checks(*added)
    declared = found.names.declared["X"]
    assert isinstance(declared, Definition)
    assert str(constant_value(declared.body, found.names)) == value


def test_a_circle_of_definitions_has_no_value() -> None:
    found = checks("X means Y + 1", "Y means X + 1")
    declared = found.names.declared["X"]
    assert isinstance(declared, Definition)
    assert constant_value(declared.body, found.names) is None


# The table itself


@pytest.mark.parametrize("operator", list(Operator))
def test_nothing_more_is_said_of_what_is_unknown(operator: Operator) -> None:
    for other in ALL:
        assert combined(operator, UNKNOWN, other) is UNKNOWN
        assert combined(operator, other, UNKNOWN) is UNKNOWN


@pytest.mark.parametrize("operator", [Operator.PLUS, Operator.TIMES])
def test_sums_and_products_do_not_depend_on_their_order(operator: Operator) -> None:
    for one in ALL:
        for other in ALL:
            there, back = combined(operator, one, other), combined(operator, other, one)
            assert there == back or (isinstance(there, Refusal) and isinstance(back, Refusal))


def test_what_agrees_does_not_depend_on_its_order() -> None:
    for one in ALL:
        for other in ALL:
            there, back = agreed((one, other)), agreed((other, one))
            assert there == back or (isinstance(there, Clash) and isinstance(back, Clash))
            assert agreed((one, one)) == one


def test_what_agrees_serves_where_the_joint_unit_is_wanted() -> None:
    for one in ALL:
        for other in ALL:
            joint = agreed((one, other))
            if isinstance(joint, Unit):
                assert fits(one, joint) is None
                assert fits(other, joint) is None


def test_a_type_serves_where_its_own_unit_is_wanted() -> None:
    for one in ALL:
        unit = settled(one)
        assert unit is not None
        assert fits(one, unit) is None


def test_why_two_kinds_clash_does_not_depend_on_their_order() -> None:
    for one in ALL:
        for other in ALL:
            assert clash(one, other) is clash(other, one)
