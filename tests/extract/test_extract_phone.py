"""Telephone numbers: plain, hidden, and what only looks like one."""

from __future__ import annotations

import pytest

from homeward.extract.read import read_text
from homeward.extract.text.digit_words import UNITS

NUMBER = "+17025550134"


def phones(text, **place):
    return [m for m in read_text(text, **place) if m.kind == "phone"]


@pytest.mark.parametrize(
    "text",
    [
        "702-555-0134",
        "(702) 555.0134",
        "7025550134",
        "1 702 555 0134",
        "+1 (702) 555-0134",
        "call 702 5550134",
    ],
)
def test_a_plainly_written_number_is_read_and_is_not_obscured(text):
    [phone] = phones(text)
    assert phone.value == NUMBER
    assert phone.detail == {"national": "(702) 555-0134", "region": "US", "obscured": False}


@pytest.mark.parametrize(
    "text",
    [
        "7o2 five55 zero1 3four",
        "seven oh two five five five oh one three four",
        "7️⃣0️⃣2️⃣5️⃣5️⃣5️⃣0️⃣1️⃣3️⃣4️⃣",
        "7🌸0🌸2🌸5🌸5🌸5🌸0🌸1🌸3🌸4",
        "702 dash 555 dash 0134",
        "⑦⓪② ⑤⑤⑤ ⓪①③④",
        "𝟕𝟎𝟐-𝟓𝟓𝟓-𝟎𝟏𝟑𝟒",
        "７０２-５５５-０１３４",
        "seventwo".replace("two", "") + "oh2 5five5 0134",
        "7О2-555-О134",
        "call 7.0.2.5.5.5.0.1.3.4",
        "702*555*0134",
        "sevenohtwofivefivefive oh134",
        "seven 0 dos cinco 5 five zero uno 3 quatre",
        "7 oh 2 fifty five 5 01 34",
    ],
)
def test_a_hidden_number_is_read_and_marked_as_obscured(text):
    [phone] = phones(text)
    assert (phone.value, phone.detail["obscured"]) == (NUMBER, True)


@pytest.mark.parametrize("language", sorted(UNITS))
def test_digit_words_of_every_language_make_a_number(language):
    words = UNITS[language].split()
    [phone] = phones(" ".join(words[int(d)] for d in "7025550134"))
    assert phone.value == NUMBER


def test_chinese_digits_make_a_number():
    [phone] = phones("电话 七零二五五五零一三四")
    assert phone.value == NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "order 7025550134",
        "80 100 150 200 250 300",
        "2026-01-20 08:20:55",
        "34-24-36 5'4 120 lbs",
        "39.5296, -119.8138",
        "ISBN 978-3-16-148410-0",
        "4111 1111 1111 1111",
        "rates $100/150/2000",
        "one or two hours",
        "702 Main St 89501-1234",
        "tracking 702555013412",
        "seven hundred",
        "20260120 10:00",
    ],
)
def test_other_figures_are_no_telephone_numbers(text):
    assert phones(text) == []


def test_two_numbers_run_together_are_two():
    assert [p.value for p in phones("70255501347025550135")] == [NUMBER, "+17025550135"]


def test_an_extension_is_kept_apart():
    [phone] = phones("702-555-0134 ext 12")
    assert (phone.value, phone.detail["extension"]) == (NUMBER, "12")


@pytest.mark.parametrize(
    ("text", "country", "value"),
    [
        ("07700 900123", "GB", "+447700900123"),
        ("06 39 98 12 34", "FR", "+33639981234"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("11 91234-5678", "BR", "+5511912345678"),
        ("+44 1632 960123", "US", "+441632960123"),
    ],
)
def test_a_number_is_read_by_the_plan_of_its_country(text, country, value):
    assert [p.value for p in phones(text, country=country)] == [value]


def test_a_national_number_of_elsewhere_is_not_guessed():
    assert phones("0151 234", country="US") == []


@pytest.mark.parametrize("url", ["https://a.test/reno/702-555-0134", "https://wa.me/17025550134"])
def test_a_number_in_an_address_is_obscured(url):
    [phone] = phones(f"see {url} now")
    assert (phone.value, phone.detail["obscured"]) == (NUMBER, True)


@pytest.mark.parametrize("url", ["https://a.test/post/7025550134", "https://a.test/x/7025550134.html"])
def test_the_sites_own_number_in_an_address_is_no_telephone_number(url):
    assert phones(f"see {url} now") == []


@pytest.mark.parametrize(
    "text",
    [
        "702/555-0134",
        "call 1/702/555-0134",
        "702/555.0134",
        "area code 702, then 555-0134",
        "my number is 702 555 0134",
    ],
)
def test_a_slash_or_a_word_behind_the_area_code_is_borne(text):
    assert [p.value for p in phones(text)] == [NUMBER]


@pytest.mark.parametrize("text", ["702/555/134", "rates 150/250-4000", "$702/555-0134"])
def test_slashes_between_prices_make_no_number(text):
    assert phones(text) == []


@pytest.mark.parametrize(
    "text",
    ["702 call 555 me 0134", "702 then 555 then 0134", "702 dash 555 dash 0134", "702 text 555 0134"],
)
def test_calling_words_between_the_groups_hide_a_number(text):
    [phone] = phones(text)
    assert (phone.value, phone.detail["obscured"]) == (NUMBER, True)


@pytest.mark.parametrize(
    "text", ["702 photos 555 reviews 0134", "I pay 702 and 555 the 01 then 34", "702 red 555 blue 0134"]
)
def test_other_words_between_figures_make_no_number(text):
    assert phones(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Order number 7025550134",
        "Post ID: 7025550134",
        "listing 7025550134",
        "case no. 7025550134",
        "promo code 7025550134",
    ],
)
def test_a_number_named_as_the_sites_own_is_no_telephone_number(text):
    assert phones(text) == []


@pytest.mark.parametrize(
    "text",
    ["whatsapp id: 7025550134", "my number 7025550134", "text 7025550134", "para me ver: 7025550134"],
)
def test_a_number_named_as_a_way_to_call_is_one(text):
    assert [p.value for p in phones(text)] == [NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "sevenzerotwo-fivefivefive-zeroonethreefour",
        "7zero2-5five5-zero1three4",
        "seven0two.5.5five01.3four",
        "7a0b2c5d5e5f0g1h3i4j",
        "702-ƼƼ5-O|34",
        "7OƧ 5ƼƼ ОlƷᏎ",
    ],
)
def test_run_together_mixed_and_look_alike_digits_are_read(text):
    [phone] = phones(text)
    assert (phone.value, phone.detail["obscured"]) == (NUMBER, True)


def test_a_run_of_digit_words_is_cut_where_no_misspelling_is_needed():
    """ "zeroeight" is zero and eight, although "zeroe" is a usual misspelling of zero."""
    [phone] = phones("sevenzeroeight fivefivefive zerooneeighttwo")
    assert phone.value == "+17085550182"


@pytest.mark.parametrize("text", ["702-555-013. I look", "702 555 013 i look", "seven oh two for you"])
def test_a_lone_letter_behind_the_digits_is_no_last_digit(text):
    assert phones(text) == []


def test_bars_between_groups_are_no_ones():
    assert [p.value for p in phones("702|555|0134")] == [NUMBER]


def test_a_list_of_prices_before_number_words_is_no_number():
    assert phones("173/264/787. one hour two hundred") == []


@pytest.mark.parametrize("text", ["7a0b2c5d" * 8, "o7З" * 30, "o70255" * 9])
def test_a_long_run_of_hidden_digits_is_no_row_of_numbers(text):
    assert phones(text) == []


@pytest.mark.parametrize("text", ["call Ʒ 0 2 5 5 5 0 1 Ʒ 4", "202.ЗОб.9Ʒ24"])
def test_look_alikes_that_stand_alone_among_digits_are_digits(text):
    assert [p.detail["obscured"] for p in phones(text)] == [True]


@pytest.mark.parametrize("text", ["дом 5 б 3 4 и 6 о 8 9 у моря, 12 3", "2 0 2 б комнаты и сад 5 5"])
def test_letters_of_the_texts_own_script_are_letters_among_digits_too(text):
    assert phones(text) == []


def test_a_trunk_prefix_before_a_point_is_no_decimal():
    def found(text):
        return [m.value for m in read_text(text, country="NL") if m.kind == "phone"]

    assert found("bel 06.12345678") == ["+31612345678"]
    assert found("bij 52.12345678 noord") == []
