"""Words of origin, ethnicity and religion: all of them are one word to whatever compares wordings.

They count in no form. Were they ordinary words, two ads could be told apart, or held together, by nothing
else. The list is ours, of common words in the languages we read; what it lacks is an ordinary word.
"""

from __future__ import annotations

# What stands for each of them; a letter of private use, so that no text holds it.
ORIGIN = "\ue000"

_WORDS = """
african albanian algerian american arab arabian arabic argentine argentinian armenian asian australian
austrian bangladeshi basque belarusian belgian black bolivian bosnian brazilian british bulgarian burmese
cambodian cameroonian canadian caribbean catalan caucasian chilean chinese colombian congolese croatian
cuban cypriot czech danish dominican dutch ecuadorian egyptian english ethiopian eurasian european filipina
filipino finnish french georgian german ghanaian greek guatemalan gypsy haitian hispanic honduran hungarian
indian indonesian iranian iraqi irish israeli italian jamaican japanese jordanian kazakh kenyan korean
kurdish laotian latin latina latino latvian lebanese lithuanian macedonian malay malaysian mediterranean
mestiza mexican moldovan mongolian moroccan native nepalese nicaraguan nigerian nordic norwegian oriental
pakistani palestinian panamanian paraguayan persian peruvian polish portuguese romani romanian russian
salvadoran saudi scandinavian scottish senegalese serbian sicilian slavic slovak slovenian somali spanish
swedish swiss syrian taiwanese thai tunisian turkish ugandan ukrainian uruguayan uzbek venezuelan vietnamese
welsh yugoslav zimbabwean buddhist catholic christian hindu jewish mormon muslim orthodox protestant sikh
africana africano asiática asiatica asiático brasileña brasileira brasileiro colombiana colombiano cubana
cubano dominicana dominicano ecuatoriana española espanola español europea europeo latinoamericana mexicana
mexicano peruana peruano portuguesa rumana rusa ruso ucraniana venezolana venezolano mulata negra negro
morena africaine africain asiatique arabe brésilienne chinoise colombienne espagnole européenne française
italienne japonaise marocaine métisse noire polonaise portugaise roumaine russe thaïlandaise tunisienne
ukrainienne afrikanerin afrikanisch asiatin asiatisch brasilianerin brasilianisch chinesin deutsche
europäerin europäisch französin italienerin kolumbianerin latinas polin polnisch rumänin rumänisch russin
russisch thailänderin tschechin türkin ukrainerin ukrainisch ungarin ungarisch brasiliana cinese giapponese
italiana orientale polacca rumena russa spagnola ucraina venezuelana русская украинка азиатка татарка
славянка европейка
"""
WORDS = frozenset(_WORDS.split())


def without_origin(word: str) -> str:
    """Return a folded word, or the one word that stands for every word of origin."""
    return ORIGIN if word in WORDS else word
