"""Sets written by the rules of the field alone, before the readers' code was looked at, with what counts as right.

First look, on seed 20261126 (written down before the first run), F1: phones plain .978, hidden .910, hidden abroad
.955; texts without a phone that got one 4.9 %; prices .716, by amount .906; ages .895; heights .943; weights .934;
e-mail .880; names .965; places .946; handles .940; payment .997; hours .901; hotels .916; vehicles .929; whole ads es
.982, fr .940, pt .960, de .992, ru .971; look-alike letters .994, words .980.
"""
