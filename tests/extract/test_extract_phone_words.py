"""Numbers said in words, and figures that are no number of a telephone."""

import pytest

from homeward.extract.read import read_text


def phones(text, country):
    return [m.value for m in read_text(text, country=country) if m.kind == "phone"]


@pytest.mark.parametrize(
    ("text", "country", "value"),
    [
        ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", "FR", "+33612345678"),
        ("zéro six douze trente-quatre quatre-vingt-dix-huit soixante et onze", "FR", "+33612349871"),
        ("zéro sept quatre-vingts vingt et un trente deux quarante", "FR", "+33780213240"),
        ("seis doce treinta y cuatro cincuenta y seis setenta y ocho", "ES", "+34612345678"),
        ("seiscientos doce treinta y cuatro cincuenta y seis setenta y ocho", "ES", "+34612345678"),
        ("onze nove doze trinta e quatro cinquenta e seis setenta e oito", "BR", "+5511912345678"),
        ("tre cinque uno dodici trentaquattro cinquantasei sette", "IT", "+393511234567"),
        (
            "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
            "RU",
            "+79123456789",
        ),
        ("seven hundred two 555 0134", "US", "+17025550134"),
        ("seven hundred and two 555 0134", "US", "+17025550134"),
    ],
)
def test_words_of_larger_numbers_are_read_whole(text, country, value):
    assert phones(text, country) == [value]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("null eins sieben sechs fünfundfünfzig fünfhundertdreizehn vierzig", "DE"),
        ("tre cinque uno centoventitré quarantacinque sessantasette", "IT"),
        ("two thousand five five five zero one three four six two", "US"),
        ("two seven zero two five five five zero one three four", "US"),
        ("my rates are one fifty two hundred three fifty and four hundred", "US"),
    ],
)
def test_no_number_is_cut_out_beside_number_words_that_are_left_over(text, country):
    assert phones(text, country) == []


def test_a_price_in_hundreds_stands_before_a_number():
    assert phones("one hour two hundred 702 555 0134", "US") == ["+17025550134"]


def test_two_whole_numbers_with_a_slash_between_are_both_read():
    assert phones("702.555.0134/775.555.0101", "US") == ["+17025550134", "+17755550101"]


@pytest.mark.parametrize("text", ["702/555/0134/775/555/0101", "702.555.0134/0135"])
def test_figures_between_further_slashes_are_no_two_numbers(text):
    assert phones(text, "US") == []


def test_figures_within_a_digit_word_are_its_letters():
    assert phones("s3v3n 0 tw0 f1ve 55 01three4", "US") == ["+17025550134"]


@pytest.mark.parametrize("text", ["s3v3nx 0 tw0 f1ve 55 01three4", "51x 3in5 702 555"])
def test_figures_in_other_words_are_no_letters_of_digit_words(text):
    assert phones(text, "US") == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("IBAN DE89 3704 0044 0532 0130 00", "DE"),
        ("CIF B12345678", "ES"),
        ("B12345678", "ES"),
        ("SIREN 612 345 678", "FR"),
        ("SIRET 732 829 320 00074", "FR"),
        ("numero de licencia 612345678", "ES"),
        ("referencia: 612345678", "ES"),
    ],
)
def test_numbers_of_accounts_and_registers_are_no_telephone_numbers(text, country):
    assert phones(text, country) == []


@pytest.mark.parametrize("text", ["tel 612345678", "llama 612 345 678"])
def test_the_same_figures_without_such_a_name_are_one(text):
    assert phones(text, "ES") == ["+34612345678"]


@pytest.mark.parametrize("text", ["Im 25", "im 25 5'4 120", "Hello. Im 25, new here"])
def test_im_without_its_apostrophe_begins_an_age(text):
    assert [m.value for m in read_text(text, country="US") if m.kind == "age"] == ["25"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Im 25. Stock", ""),
        ("Im 25 Stock", "DE"),
        ("Im 34c", "US"),
        ("Im 45 kilos", "US"),
        ("so im 25", "US"),
    ],
)
def test_im_elsewhere_begins_no_age(text, country):
    assert [m for m in read_text(text, country=country) if m.kind == "age"] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("text sevn-oone-fve fivee five fiv zerro onne eigth nien", "+17155550189"),
        ("call tree.0.fve.f1ve.five.5.0.one.too.sixx", "+13055550126"),
        ("meu número trêsumdoiscincocincocincozeroumumoito", "+13125550118"),
        ("702 5-double5 zero 1 thirty-four", "+17025550134"),
        ("➆🄋➁➄➄➄🄋➀➂➃", "+17025550134"),
        ("line 4,1,5,5,5,5,0,1,2,8 thanks", "+14155550128"),
        ("free today 70 25 55 01 67", "+17025550167"),
    ],
)
def test_misspelt_run_together_and_parted_digits_are_read(text, value):
    assert phones(text, "US") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "one two three four five six seven eight nine ten",
        "we count 1 2 3 4 5 6 7 8 9 10",
        "номер объявления 9157614945",
        "annonce n° 0612345678",
        "p.iva 94430960047",
        "job 923a56b0-ebb8-4e80-8a3c-a11ccfbcd6f2",
        "key 8fe1e10304f84fd2b0df550fe98a71fa",
        "rates 20 25 30 35 40",
        "there are even fun trees for four or five",
    ],
)
def test_counting_serials_and_hashes_are_no_numbers(text):
    assert phones(text, "US") == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("https://board.test/ads/7025550134", ["+17025550134"]),
        ("https://board.test/massage-702-555-0134.html", ["+17025550134"]),
        ("http://7025550134.board.test/", ["+17025550134"]),
        ("https://board.test/profile?tel=312.555.0121", ["+13125550121"]),
        ("https://board.test/post/7025550134", []),
        ("https://board.test/7025550134.html", []),
        ("https://board.test/view?id=7025550134", []),
    ],
)
def test_numbers_in_addresses_are_told_from_the_ids_of_pages(text, values):
    assert phones(text, "US") == values
