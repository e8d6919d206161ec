"""Names, ages, prices, places, bodies, venues, hours, language."""

from __future__ import annotations

import pytest

from homeward.extract.read import read_text


def values(kind, text, **place):
    return [m.value for m in read_text(text, **place) if m.kind == kind]


CASES = [
    ("name", "Hi I'm Lola", ["Lola"]),
    ("name", "my name is Xyla.", ["Xyla"]),
    ("name", "me llamo José", ["José"]),
    ("name", "меня зовут Анна", ["Анна"]),
    ("name", "Mia & Zoe here", ["Mia", "Zoe"]),
    ("name", "my name is Hope", ["Hope"]),
    ("name", "I hope to see you this Summer", []),
    ("name", "I'm Available", []),
    ("name", "Madison, WI", []),
    ("name", "hey its ruby call me", ["Ruby"]),
    ("name", "its ruby red", []),
    ("name", "xoxo Ruby and see you", ["Ruby"]),
    ("name", "xoxo ruby red lips", []),
    ("name", "Amber & Daisy together today", ["Amber", "Daisy"]),
    ("name", "Summer & Hope Specials Now", []),
    ("name", "amber & daisy flowers", []),
    ("name", "Phoenix & Dallas this month", []),
    ("name", "Calm massage in St. Louis", []),
    ("name", "ask for Louis at the door", ["Louis"]),
    ("name", "your age before we meet\nPhone is on after nine", []),
    ("name", "before we meet Zanthe", ["Zanthe"]),
    ("name", "updates on instagram leah_north9329...", []),
    ("name", "follow @olivia_x now", []),
    ("name", "insta: Olivia_rose9", []),
    ("name", "instagram @Olivia", []),
    ("name", "I'm Olivia, instagram @olivia_x", ["Olivia"]),
    ("name", "Talk soon, Robin.", ["Robin"]),
    ("name", "eyes: brown, Hazel", []),
    ("name", "A walk at dawn, Robin song all day.", []),
    ("name", "danke, hier ist Nina", ["Nina"]),
    ("name", "ich arbeite im Büro", []),
    ("name", "hi, fiona at your service\n\nPosted on Cityboard.", ["Fiona"]),
    ("age", "I'm 24", ["24"]),
    ("age", "22yo", ["22"]),
    ("age", "tengo 25 años", ["25"]),
    ("age", "j'ai 26 ans", ["26"]),
    ("age", "мне 22 года", ["22"]),
    ("age", "twenty three years old", ["23"]),
    ("age", "a woman of 47", ["47"]),
    ("age", "10 years experience", []),
    ("age", "over 21 only", []),
    ("age", "must be 25", []),
    ("age", "21 and over", []),
    ("age", "I am 33 and grew up near the sea", ["33"]),
    ("age", "21 and up", []),
    ("age", "altura 152 cm. 49 años, simpática", ["49"]),
    ("age", "152 cm 49 años", []),
    ("height", "рост: 171. Привет", ["171 cm"]),
    ("height", "172 cm de altura. 210 € a hora", ["172 cm"]),
    ("hours", "de 8h à 21h. Mon numéro", ["Mo-Su 08:00-21:00"]),
    ("hours", "9am-5pm. Mon-Fri", ["Mo-Fr 09:00-17:00"]),
    ("age", "here until sunday! 38 yo, self employed", ["38"]),
    ("age", "stopped by... * 30 yrs, working", ["30"]),
    ("age", "20 minutes", []),
    ("age", "40yrs, open until five", ["40"]),
    ("age", "for 20 yrs, now here", []),
    ("age", "I'm 39, for men over 39", ["39"]),
    ("age", "I'm 39 for an hour", []),
    ("age", "52 ans, pour vous", ["52"]),
    ("age", "just turned 31, 31 photos", ["31"]),
    ("age", "31 photos", []),
    ("price", "$120 an hour", ["120 USD 60min"]),
    ("price", "30 min: 80, 60 min: 120", ["80 30min", "120 60min"]),
    ("price", "150€ pour une heure", ["150 EUR 60min"]),
    ("price", "120 roses", ["120 USD"]),
    ("price", "Meet Ana, 34 ~ half hour 110 dollars", ["110 USD 30min"]),
    ("price", "100 ~ half hour", ["100 30min"]),
    ("price", "mi número es 817 besos, Ana", []),
    ("price", "$80/120/200", ["80 USD", "120 USD", "200 USD"]),
    ("price", "160$ 15 min, 30mins 250$", ["160 USD 15min", "250 USD 30min"]),
    ("price", "70$\n90 min 180$", ["70 USD", "180 USD 90min"]),
    ("price", "150€ 200€", ["150 EUR", "200 EUR"]),
    ("price", "$150 $200", ["150 USD", "200 USD"]),
    ("price", "$160 half\nhour: $260", ["160 USD 30min", "260 USD 60min"]),
    ("price", "100 HH 150 HR", ["100 30min", "150 60min"]),
    ("price", "5 minutes away, 120 lbs", []),
    ("price", "702-555-0134", []),
    ("price", "open 24 hours", []),
    ("place", "visiting Reno, NV", ["Reno, NV, US"]),
    ("place", "in las vegas now", ["Las Vegas, NV, US"]),
    ("place", "Las Vegas & Phoenix this month", ["Las Vegas, NV, US", "Phoenix, AZ, US"]),
    ("place", "leaving Reno for Mobile", ["Reno, NV, US", "Mobile, AL, US"]),
    ("place", "leaving Reno. Mobile number below", ["Reno, NV, US"]),
    ("place", "estoy en Madrid", ["Madrid, ES"]),
    ("place", "a nice mobile number", []),
    ("place", "I am Charlotte", []),
    ("height", "5'4\" tall", ["163 cm"]),
    ("height", "1,68 m", ["168 cm"]),
    ("height", "170cm", ["170 cm"]),
    ("height", "$5 or 4", []),
    ("height", "5 feet from the door", []),
    ("height", "170 euros", []),
    ("height", "height 320", []),
    ("weight", "120 lbs", ["54 kg"]),
    ("weight", "55 kg", ["55 kg"]),
    ("weight", "100 pounds for the hour", []),
    ("weight", "9 stone 4", ["59 kg"]),
    ("weight", "I am 9 stone 5ft 4", ["57 kg"]),
    ("height", "I am 9 stone 5ft 4", ["163 cm"]),
    ("weight", "I am tall and weigh one hundred twenty pounds", ["54 kg"]),
    ("weight", "one hundred twenty pounds for the hour", []),
    ("price", "$15O half, 2oo hr", ["150 USD 30min", "200 60min"]),
    ("price", "the 2o floor, hr", []),
    ("price", "100 for 30, 180 for 60, 240 for 90 minutes", ["100 30min", "180 60min", "240 90min"]),
    ("price", "$100 for 30", ["100 USD 30min"]),
    ("price", "100 for 30 photos, 150 for 60 photos", []),
    ("price", "room 100 for 30", []),
    ("hours", "Mon-Fri 9 to 5 by appointment", ["Mo-Fr 09:00-17:00"]),
    ("hours", "сб-вс с 11 до 21 звоните", ["Sa-Su 11:00-21:00"]),
    ("hours", "Fri 9 to 5 friends", []),
    ("hours", "ages 20 to 30 Mon-Fri", []),
    ("weight", "5 kg of rice", []),
    ("weight", "9 St James", []),
    ("hair", "long blonde hair", ["blonde"]),
    ("hair", "pelo negro", ["black"]),
    ("hair", "a black car", []),
    ("hair", "green eyes, hair up", []),
    ("hair", "brunette with brown eyes", ["brown"]),
    ("eyes", "Eyes - hazel", ["hazel"]),
    ("eyes", "blue skies", []),
    ("eyes", "blonde with blue eyes", ["blue"]),
    ("hair", "blonde with blue eyes", ["blonde"]),
    ("eyes", "red hair, green eyes", ["green"]),
    ("eyes", "black hair; my eyes", []),
    ("venue", "in/out calls", ["incall", "outcall"]),
    ("venue", "no outcall", []),
    ("venue", "car date", ["carcall"]),
    ("hours", "9am-10pm", ["Mo-Su 09:00-22:00"]),
    ("hours", "mon-fri 10:00 to 18:30", ["Mo-Fr 10:00-18:30"]),
    ("hours", "24/7", ["Mo-Su 00:00-24:00"]),
    ("hours", "24 hours notice", []),
    ("hours", "ages 20-30", []),
    ("hours", "Atendo das 9h às 21h", ["Mo-Su 09:00-21:00"]),
    ("hours", "de 10h a 20h", ["Mo-Su 10:00-20:00"]),
    ("hours", "von 9 bis 21 Uhr", ["Mo-Su 09:00-21:00"]),
    ("hours", "Mo-Fr 10-20 Uhr", ["Mo-Fr 10:00-20:00"]),
    ("hours", "с 10 до 22, пишите", ["Mo-Su 10:00-22:00"]),
    ("hours", "с понедельника по пятницу с 10 до 20", ["Mo-Fr 10:00-20:00"]),
    ("hours", "ouvert de 10h à 20h", ["Mo-Su 10:00-20:00"]),
    ("hours", "L-V de 10h a 20h", ["Mo-Fr 10:00-20:00"]),
    ("hours", "de 9 de la mañana a 9 de la noche", ["Mo-Su 09:00-21:00"]),
    ("hours", "de 10 a 20 personas", []),
    ("hours", "с 18 до 60 лет", []),
    ("hours", "de 1 a 2 horas", []),
    ("hours", "von 10 bis 12.", []),
    ("language", "Hola soy nueva aqui y estoy con mi amiga para ti", ["es"]),
    ("language", "ok 12", []),
]


@pytest.mark.parametrize(("kind", "text", "expected"), CASES)
def test_each_reader_keeps_its_rule(kind, text, expected):
    assert values(kind, text) == expected


@pytest.mark.parametrize(
    ("text", "names", "places"),
    [
        ("Dallas incall, free parking", [], ["Dallas, TX, US"]),
        ("we are in Dallas. 25 yrs of work", [], ["Dallas, TX, US"]),
        ("my name is Dallas", ["Dallas"], []),
        ("mein Name ist Tracy", ["Tracy"], []),
    ],
)
def test_a_name_that_is_a_city_too_is_read_as_one_of_them(text, names, places):
    found = {kind: values(kind, text, country="US", region="TX", city="Dallas") for kind in ("name", "place")}
    assert found == {"name": names, "place": places}


def test_a_bare_price_takes_the_currency_of_the_country():
    assert values("price", "100 half hour", country="GB") == ["100 GBP 30min"]


def test_of_two_cities_of_one_name_the_one_near_the_ad_is_meant():
    assert values("place", "in London", country="CA", region="ON") == ["London, ON, CA"]
    assert values("place", "in London", country="GB") == ["London, GB"]


@pytest.mark.parametrize(
    ("text", "country", "kind", "values"),
    [
        ("rates: 160/30 220/60", "US", "price", ["160 USD 30min", "220 USD 60min"]),
        ("come 3/30 or 4/60", "US", "price", []),
        ("60 € / h", "FR", "price", ["60 EUR 60min"]),
        ("250€ mezz'ora, 300€ un'ora", "IT", "price", ["250 EUR 30min", "300 EUR 60min"]),
        ("1 Std. 80,- €", "DE", "price", ["80 EUR 60min"]),
        ("150 pounds an hour", "GB", "price", ["150 GBP 60min"]),
        ("I weigh 150 pounds", "US", "price", []),
        (
            "Outcall, $40 gas Rates: 1/2 hour 100$ - 1 hour 320$",
            "US",
            "price",
            ["40 USD", "100 USD 30min", "320 USD 60min"],
        ),
        ("费用: 1小时 $320 / 30分钟 $175", "US", "price", ["320 USD 60min", "175 USD 30min"]),
        ("id 54j1r29 and d7eu3x", "US", "price", []),
        ("22,90 €", "DE", "price", ["22.90 EUR"]),
        ("EUR 1.200,50 or £1,234.56", "DE", "price", ["1200.50 EUR", "1234.56 GBP"]),
        ("from $39.95, not $80,90,120", "US", "price", ["39.95 USD", "80 USD"]),
        ("我今年23岁", "CN", "age", ["23"]),
        ("my age is 42, call", "US", "age", ["42"]),
        ("28/F/Reno", "US", "age", ["28"]),
        ("más de 15 años de experiencia", "ES", "age", []),
        ("15 Jahre Erfahrung", "DE", "age", []),
        ("I am five foot nine", "US", "height", ["175 cm"]),
        ("a 5-foot-6 blonde", "US", "height", ["168 cm"]),
        ("tenho 1,68 de altura", "BR", "height", ["168 cm"]),
        ("py -3.6' or so", "US", "height", []),
        ("5'6, 113 pounds, 34C $120 hr", "US", "weight", ["51 kg"]),
        ("Bella, Sara available", "US", "name", ["Bella", "Sara"]),
        ("ask for Sofia or Tiffany", "US", "name", ["Sofia", "Tiffany"]),
        ("Summer's heat, Love, Elena", "US", "name", ["Elena"]),
        ("visiting Paris", "US", "place", ["Paris, FR"]),
    ],
)
def test_values_are_read_as_ads_of_many_places_write_them(text, country, kind, values):
    assert [m.value for m in read_text(text, country=country) if m.kind == kind] == values


@pytest.mark.parametrize(
    "text",
    [
        "l u n a _ v i p . d e m o @ l e t t e r s . t e s t",
        "luna_vip{dot}demo{at}letters{dot}test",
        "luna_vip.demo <at> letters <dot> test",
    ],
)
def test_an_address_of_mail_in_pieces_is_put_together(text):
    assert [m.value for m in read_text(text) if m.kind == "email"] == ["luna_vip.demo@letters.test"]


def test_digits_parted_by_dots_behind_an_at_sign_are_no_address_of_mail():
    assert [m.kind for m in read_text("hit me up @ five . one . two . five . one") if m.kind == "email"] == []
