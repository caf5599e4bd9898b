from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from sibdsl.numerals import (
    MOST_DIGITS,
    DecimalMark,
    Language,
    Misread,
    MisreadReason,
    decimal_text,
    read_amount,
    read_cell_number,
    read_fraction,
    read_number,
    read_percentage_cell,
    say_amount,
    say_date,
    say_fraction,
    say_number,
    say_percentage,
    say_points,
)

NO_BREAK = "\u00a0"
NARROW = "\u202f"
ALL_MARKS: tuple[DecimalMark, ...] = (".", ",")
ALL_LANGUAGES: tuple[Language, ...] = ("en", "fr")


def misread(reason: MisreadReason, *readings: str) -> Misread:
    return Misread(reason, tuple(Fraction(reading) for reading in readings))


# ---------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "0", "0"),
        ("en", "1250.5", "1250.5"),
        ("en", "1,250.5", "1250.5"),
        ("en", "12,345,678", "12345678"),
        ("en", "1,000", "1000"),
        ("en", "1.000", "1"),
        ("en", "0.125", "0.125"),
        ("en", "-3", "-3"),
        ("en", "\u22123.5", "-3.5"),
        ("en", "007", "7"),
        ("fr", "0", "0"),
        ("fr", "1250,5", "1250.5"),
        ("fr", "1 250,5", "1250.5"),
        ("fr", f"1{NO_BREAK}250,5", "1250.5"),
        ("fr", f"1{NARROW}250,5", "1250.5"),
        ("fr", f"12{NARROW}345 678", "12345678"),
        ("fr", "7,5", "7.5"),
        ("fr", "7,50", "7.5"),
        ("fr", "\u22127,5", "-7.5"),
        # No English reader takes these for thousands.
        ("fr", "0,125", "0.125"),
        ("fr", "1,0000", "1"),
        ("fr", "1250,125", "1250.125"),
        ("fr", "1 250,125", "1250.125"),
    ],
)
def test_a_literal_reads_in_its_language(language: Language, text: str, expected: str) -> None:
    assert read_number(text, language) == Fraction(expected)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "1,000", misread(MisreadReason.AMBIGUOUS, "1000", "1")),
        ("fr", "12,345", misread(MisreadReason.AMBIGUOUS, "12345", "12.345")),
        ("fr", "-2,125", misread(MisreadReason.AMBIGUOUS, "-2125", "-2.125")),
        ("fr", "1.000", misread(MisreadReason.AMBIGUOUS, "1", "1000")),
        ("fr", "3.5", misread(MisreadReason.WRONG_MARK, "3.5")),
        ("fr", "1,250.5", misread(MisreadReason.WRONG_MARK, "1250.5")),
        ("fr", "1,000,000", misread(MisreadReason.WRONG_MARK, "1000000")),
        ("fr", "1.250,5", misread(MisreadReason.WRONG_MARK, "1250.5")),
        ("fr", "1 250.5", misread(MisreadReason.WRONG_MARK, "1250.5")),
        ("en", "12,5", misread(MisreadReason.WRONG_MARK, "12.5")),
        ("en", "0,125", misread(MisreadReason.WRONG_MARK, "0.125")),
        ("en", "1 000", misread(MisreadReason.WRONG_MARK, "1000")),
        ("en", f"1{NARROW}250,5", misread(MisreadReason.WRONG_MARK, "1250.5")),
        ("en", "1.250,5", misread(MisreadReason.WRONG_MARK, "1250.5")),
        ("en", "1,00,000", misread(MisreadReason.MISGROUPED)),
        ("en", "1,000 000", misread(MisreadReason.MISGROUPED)),
        ("en", "1.2.3", misread(MisreadReason.MISGROUPED)),
        ("fr", "12 34", misread(MisreadReason.MISGROUPED)),
        ("fr", "0 125", misread(MisreadReason.MISGROUPED)),
        ("fr", "1  000", misread(MisreadReason.NOT_A_NUMBER)),
    ],
)
def test_a_literal_of_the_other_language_is_never_guessed(
    language: Language, text: str, expected: Misread
) -> None:
    assert read_number(text, language) == expected


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("4.000", "GBP", misread(MisreadReason.AMBIGUOUS, "4000", "4")),
        ("-250.500", "EUR", misread(MisreadReason.AMBIGUOUS, "-250500", "-250.5")),
        ("4.000", "JPY", misread(MisreadReason.AMBIGUOUS, "4000", "4")),
        ("4.000", "TND", Fraction(4)),
        ("4.0000", "GBP", Fraction(4)),
        ("4.00", "GBP", Fraction(4)),
        ("0.120", "GBP", Fraction(3, 25)),
        ("0.125", "GBP", Fraction(1, 8)),
        ("94.505", "GBP", Fraction("94.505")),
        ("1,250.500", "GBP", Fraction("1250.5")),
        ("4000.000", "GBP", Fraction(4000)),
    ],
)
def test_an_amount_that_may_be_thousands_is_not_read(
    text: str, currency: str, expected: Fraction | Misread
) -> None:
    assert read_amount(text, currency, "en") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1,0000", misread(MisreadReason.AMBIGUOUS, "1000", "10000")),
        ("en", "-12,3456", misread(MisreadReason.AMBIGUOUS, "-123456", "-12.3456")),
        ("en", "0,1250", misread(MisreadReason.WRONG_MARK, "0.125")),
        ("en", "1250,5000", misread(MisreadReason.WRONG_MARK, "1250.5")),
        ("fr", "1.0000", misread(MisreadReason.AMBIGUOUS, "1000", "10000")),
    ],
)
def test_a_digit_too_many_after_a_group_mark_is_not_called_decimals(
    language: Language, text: str, expected: Misread
) -> None:
    assert read_number(text, language) == expected


NO_NUMBERS = [
    "", " ", "-", ".", ",", ".5", ",5", "5.", "5,", "1e5", "1E+05", "1_000", "0x10", "inf", "NaN",
    "None", "twelve", "£12", "12 %", "12%", "+3", "--3", "3-", "(3)", "1'000", "2017-03-30", "1/2",
    "\u0661\u0662", "\uff11\uff12", "\u00b2", "3\n", "3\x00", "\ufeff3", "=1+1", "1\u2009000",
    "\u2212\u22123",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_what_is_no_number_is_said_to_be_none(language: Language, text: str) -> None:
    assert read_number(text, language) == misread(MisreadReason.NOT_A_NUMBER)


@pytest.mark.parametrize("text", [text for text in NO_NUMBERS if text.strip() == text])
@pytest.mark.parametrize("mark", ALL_MARKS)
def test_a_cell_that_is_no_number_is_said_to_be_none(mark: DecimalMark, text: str) -> None:
    assert read_cell_number(text, mark) == misread(MisreadReason.NOT_A_NUMBER)


@pytest.mark.parametrize(
    ("mark", "text", "expected"),
    [
        (".", "1250.5", "1250.5"),
        (".", "1,250.5", "1250.5"),
        (".", "1 250.5", "1250.5"),
        (".", f"1{NO_BREAK}250.5", "1250.5"),
        (".", "1,000", "1000"),
        (",", "1250,5", "1250.5"),
        (",", "1.250,5", "1250.5"),
        (",", f"1{NARROW}250,5", "1250.5"),
        (",", "1,000", "1"),
        (",", "1.000,0", "1000"),
        (",", "1.000.000", "1000000"),
        (",", f"{NO_BREAK} 12,5 \n", "12.5"),
        (",", "\u22120,25", "-0.25"),
    ],
)
def test_a_declared_decimal_mark_leaves_nothing_to_guess(
    mark: DecimalMark, text: str, expected: str
) -> None:
    assert read_cell_number(text, mark) == Fraction(expected)


@pytest.mark.parametrize(
    ("mark", "text", "expected"),
    [
        (".", "12,5", misread(MisreadReason.WRONG_MARK, "12.5")),
        (",", "12.5", misread(MisreadReason.WRONG_MARK, "12.5")),
        (".", "1.250,5", misread(MisreadReason.WRONG_MARK, "1250.5")),
        (",", "1.000", misread(MisreadReason.AMBIGUOUS, "1", "1000")),
        (",", "-500.000", misread(MisreadReason.AMBIGUOUS, "-500", "-500000")),
        (".", "1,000 000", misread(MisreadReason.MISGROUPED)),
        (",", "1.00.000", misread(MisreadReason.MISGROUPED)),
    ],
)
def test_a_cell_with_another_mark_is_refused(
    mark: DecimalMark, text: str, expected: Misread
) -> None:
    assert read_cell_number(text, mark) == expected


@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_the_longest_number_is_read_and_no_longer_one(language: Language) -> None:
    longest = "9" * MOST_DIGITS
    assert read_number(longest, language) == Fraction(longest)
    assert read_number(longest + "9", language) == misread(MisreadReason.TOO_LONG)
    assert read_cell_number("0." + longest, ".") == misread(MisreadReason.TOO_LONG)
    assert read_number(f"1{NARROW}000" + f"{NARROW}000" * 19, "fr") == misread(
        MisreadReason.TOO_LONG
    )


def test_leading_zeros_count_as_digits() -> None:
    assert read_number("0" * (MOST_DIGITS + 1), "en") == misread(MisreadReason.TOO_LONG)


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "1,000" * 20_000, "1 " * 50_000, "1,000," * 20_000 + "x", "-" * 100_000]
)
def test_a_hostile_text_is_refused_before_a_digit_is_converted(text: str) -> None:
    # Python raises ValueError when it converts more than 4,300 digits.
    for language in ALL_LANGUAGES:
        assert isinstance(read_number(text, language), Misread)
    for mark in ALL_MARKS:
        assert isinstance(read_percentage_cell(text + "%", mark), Misread)


@pytest.mark.parametrize(
    ("mark", "text", "expected"),
    [
        (".", "61%", "0.61"),
        (".", "61 %", "0.61"),
        (".", f"61{NO_BREAK}%", "0.61"),
        (",", f"7,5{NARROW}% ", "0.075"),
        (".", "7.5%", "0.075"),
        (".", "1,250%", "12.5"),
        (".", "-3 %", "-0.03"),
        (".", "13/155", "13/155"),
        (",", " 13 / 155 ", "13/155"),
        (",", "1.300/15 500", "13/155"),
        (".", "-1/3", "-1/3"),
        (".", "0%", "0"),
    ],
)
def test_a_percentage_cell_is_a_proportion(mark: DecimalMark, text: str, expected: str) -> None:
    assert read_percentage_cell(text, mark) == Fraction(expected)


@pytest.mark.parametrize(
    ("mark", "text", "expected"),
    [
        (".", "61", misread(MisreadReason.NO_PERCENT_SIGN, "0.61", "61")),
        (".", "0.61", misread(MisreadReason.NO_PERCENT_SIGN, "0.0061", "0.61")),
        (".", "12,5%", misread(MisreadReason.WRONG_MARK, "0.125")),
        (",", "12.5 %", misread(MisreadReason.WRONG_MARK, "0.125")),
        (".", "", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "%", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "61%%", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "% 61", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "61 ‰", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "13/155%", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "13/0", misread(MisreadReason.ZERO_DENOMINATOR)),
        (".", "13/-155", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "1.5/2", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "1/2/3", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "/3", misread(MisreadReason.NOT_A_NUMBER)),
        (".", "3/", misread(MisreadReason.NOT_A_NUMBER)),
    ],
)
def test_a_percentage_cell_is_never_guessed(
    mark: DecimalMark, text: str, expected: Misread
) -> None:
    assert read_percentage_cell(text, mark) == expected


def test_a_fraction_needs_its_slash() -> None:
    assert read_fraction("13", ".") == misread(MisreadReason.NOT_A_NUMBER)
    assert read_fraction("13/155", ".") == Fraction(13, 155)


# ---------------------------------------------------------------------------------------- writing


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("0", "0", "0"),
        ("7", "7", "7"),
        ("999", "999", "999"),
        ("1000", "1,000", f"1{NARROW}000"),
        ("-1250.5", "-1,250.5", f"-1{NARROW}250,5"),
        ("1234567.891", "1,234,567.891", f"1{NARROW}234{NARROW}567,891"),
        ("0.000001", "0.000001", "0,000001"),
        ("0.0000001", "0.000…", "0,000…"),
        ("1/3", "0.333…", "0,333…"),
        ("-2/3", "-0.666…", "-0,666…"),
        ("20000/3", "6,666.666…", f"6{NARROW}666,666…"),
        ("0.125", "0.125", "0,125"),
        # Never what the reader would have to refuse.
        ("2.125", "2.125", "2,1250"),
        ("-999.001", "-999.001", "-999,0010"),
    ],
)
def test_a_number_is_said_in_both_languages(value: str, english: str, french: str) -> None:
    assert say_number(Fraction(value), "en") == english
    assert say_number(Fraction(value), "fr") == french


def test_decimals_are_the_least_that_are_written() -> None:
    assert say_number(Fraction(5, 2), "en", 0) == "2.5"
    assert say_number(Fraction(5, 2), "en", 2) == "2.50"
    assert say_number(Fraction(5), "en", 2) == "5.00"
    assert say_number(Fraction(1, 3), "en", 2) == "0.333…"
    assert say_number(Fraction(1, 3), "en", 8) == "0.33333333…"
    assert say_number(Fraction(1, 2**8), "en", 8) == "0.00390625"
    assert say_number(Fraction(12), "fr", 3) == "12,0000"


def test_what_is_cut_off_can_be_said_exactly() -> None:
    assert say_number(Fraction(260, 31), "en", exact=True) == "8.387… (260/31)"
    assert say_number(Fraction(5, 2), "en", exact=True) == "2.5"
    assert say_percentage(Fraction(13, 155), "en", exact=True) == "8.387…% (13/155)"
    assert say_percentage(Fraction(13, 155), "fr", exact=True) == f"8,387…{NO_BREAK}% (13/155)"
    assert say_points(Fraction(1, 62), "en", exact=True) == "1.612… points (50/31)"
    assert say_amount(Fraction(-10, 3), "GBP", "en", exact=True) == "-GBP 3.333… (-10/3)"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("0.075", "7.5%", f"7,5{NO_BREAK}%"),
        ("1", "100%", f"100{NO_BREAK}%"),
        ("12.5", "1,250%", f"1{NARROW}250{NO_BREAK}%"),
        ("-0.03", "-3%", f"-3{NO_BREAK}%"),
        ("13/155", "8.387…%", f"8,387…{NO_BREAK}%"),
        ("0.02125", "2.125%", f"2,1250{NO_BREAK}%"),
    ],
)
def test_a_percentage_is_said_in_both_languages(value: str, english: str, french: str) -> None:
    assert say_percentage(Fraction(value), "en") == english
    assert say_percentage(Fraction(value), "fr") == french


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("0", "0 points", "0 point"),
        ("0.005", "0.5 points", "0,5 point"),
        ("0.01", "1 point", "1 point"),
        ("-0.01", "-1 point", "-1 point"),
        ("0.015", "1.5 points", "1,5 point"),
        ("0.02", "2 points", "2 points"),
        ("-0.02", "-2 points", "-2 points"),
        ("2.5/155", "1.612… points", "1,612… point"),
        ("12", "1,200 points", f"1{NARROW}200 points"),
    ],
)
def test_points_agree_in_number(value: str, english: str, french: str) -> None:
    above, _, below = value.partition("/")
    points = Fraction(above) / Fraction(below or 1)
    assert say_points(points, "en") == english
    assert say_points(points, "fr") == french.replace(" point", f"{NO_BREAK}point")


@pytest.mark.parametrize(
    ("value", "currency", "english", "french"),
    [
        ("1250.5", "GBP", "GBP 1,250.50", "1_250,50~GBP"),
        ("5000000", "EUR", "EUR 5,000,000.00", "5_000_000,00~EUR"),
        ("0", "USD", "USD 0.00", "0,00~USD"),
        ("-12", "EUR", "-EUR 12.00", "-12,00~EUR"),
        ("1250", "JPY", "JPY 1,250", "1_250~JPY"),
        ("0.5", "JPY", "JPY 0.5", "0,5~JPY"),
        ("0.005", "GBP", "GBP 0.005", "0,005~GBP"),
        ("94.505", "GBP", "GBP 94.5050", "94,5050~GBP"),
        ("1/3", "GBP", "GBP 0.333…", "0,333…~GBP"),
        ("1/3", "CLF", "CLF 0.3333…", "0,3333…~CLF"),
        ("1250", "TND", "TND 1,250.000", "1_250,000~TND"),
        ("12", "TND", "TND 12.000", "12,0000~TND"),
        ("12.5", "ABC", "ABC 12.5", "12,5~ABC"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(
    value: str, currency: str, english: str, french: str
) -> None:
    assert say_amount(Fraction(value), currency, "en") == english
    expected = french.replace("_", NARROW).replace("~", NO_BREAK)
    assert say_amount(Fraction(value), currency, "fr") == expected


@pytest.mark.parametrize("value", ["0", "0.5", "12", "999.99", "1000", "1234567.5", "-1250.25"])
@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_numbers_are_set_as_cldr_has_it(language: Language, value: str) -> None:
    number = Decimal(value)
    assert say_number(Fraction(number), language) == format_decimal(number, locale=language)
    assert say_percentage(Fraction(number) / 100, language) == format_percent(
        number / 100, locale=language, decimal_quantization=False
    )


def test_units_and_currencies_are_set_as_cldr_has_it_in_french() -> None:
    said = say_amount(Fraction("1250.5"), "EUR", "fr")
    assert said == format_currency(Decimal("1250.5"), "EUR", "#,##0.00\u00a0¤¤", locale="fr")
    for number in ("0", "1", "1.5", "2", "1500"):
        points = say_points(Fraction(number) / 100, "fr")
        metres = format_unit(Decimal(number), "length-meter", locale="fr")
        assert points == metres.replace("mètre", "point")


def test_a_date_is_said_alike_in_both_languages() -> None:
    assert {say_date(date(2017, 3, 30), language) for language in ALL_LANGUAGES} == {"2017-03-30"}


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("1250.5", None, "1250.5"),
        ("1250.5", 2, "1250.50"),
        ("1250.505", 2, "1250.505"),
        ("1250", None, "1250"),
        ("1250", 2, "1250.00"),
        ("-0.05", 2, "-0.05"),
        ("0", 2, "0.00"),
        ("13/155", 2, "13/155"),
        ("-13/155", None, "-13/155"),
    ],
)
def test_decimal_text_is_plain_and_exact(value: str, places: int | None, expected: str) -> None:
    assert decimal_text(Fraction(value), places) == expected


def test_decimal_text_has_no_endless_decimals() -> None:
    assert decimal_text(Fraction(1, 10**MOST_DIGITS)) == "0." + "0" * (MOST_DIGITS - 1) + "1"
    assert decimal_text(Fraction(1, 10 ** (MOST_DIGITS + 1))) == "1/1" + "0" * (MOST_DIGITS + 1)


def test_a_number_of_any_length_can_be_written() -> None:
    # Python refuses str() of an int of more than 4,300 digits; growth over many years has more.
    long = Fraction(10**9000 + 7)
    assert decimal_text(long) == "1" + "0" * 8999 + "7"
    assert decimal_text(-long) == "-1" + "0" * 8999 + "7"
    assert say_fraction(1 / long) == "1/1" + "0" * 8999 + "7"
    assert say_number(long, "en") == "1" + ",000" * 2999 + ",007"
