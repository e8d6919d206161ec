"""Every number that joining and ranking turn on, in one place, each with its reasoning.

Weights are log-likelihood ratios in nats: 0 says nothing, 3 is about twenty to one, 7 a thousand to one.
Where a number was measured, the note says on what; all measuring was on invented ads.
"""

from __future__ import annotations

# --- Wording (signature.py, templates.py) -------------------------------------------------------------

# Two words keep more of a heavily edited text than three (half of the shingles survive changing three
# words in ten, against a third), and rarity weights make up for their being commoner.
WORD_SHINGLE = 2
# In scripts without spaces five characters say about as much as two words do.
CHARACTER_SHINGLE = 5
# Words of a body from which the title is signed beside it: titles of short ads ("hi", a city) say nothing of
# the wording below them.
TITLE_BESIDE = 16
# 16 bands of 3 rows propose a pair with probability .88 at half of the shingles shared, .998 at 70 %.
BANDS = 16
BAND_ROWS = 3
# In a bucket, a wording is held against the first few (whom a leader is among) and its neighbours, so a
# bucket of k costs 6 k pairs and never k².
BUCKET_FIRST = 4
BUCKET_NEAR = 2
# Besides bands, each wording proposes partners through its rarest shingles: a heavy edit leaves few
# shingles, and the rare ones among them are what tells.
RARE_SHINGLES = 6
RARE_MOST = 400  # wordings; a commoner shingle tells nothing and costs much
# A shingle is a site's footer if this share of the site's wordings have it, at least so many, and so many
# times the share of all other sites' wordings: its own text may be half of what a small site has.
FOOTER_SHARE = 0.25
FOOTER_LEAST = 40
FOOTER_LIFT = 2.0
# No shingle says more than this (nats): else, the more ads there are, the more the odd words of an edit
# would outweigh the words that it left, and wide families would fall apart as the workspace grows.
MOST_RARITY = 6.0
# Shingles are counted within the language of their ads: what is common in a language that few ads are in is
# rare among all ads. A language is taken to have each shingle as often as all of them together have it, until
# its own wordings say otherwise: that counts as so many wordings. Of many languages these are told apart.
AS_EVERYWHERE = 30.0
MOST_LANGUAGES = 15
# Average likeness (rarity-weighted, cosine form) at which wordings are one template, and the levels on the
# way there: what is nearly the same is together before averages of looser groups are taken.
ALIKE = 0.42
ALIKE_LEVELS = (0.85, 0.7, 0.55)
# Two groups of many copies must be this much as alike as the looser of them is within (times 1 - EDITED/n
# for n copies of the smaller): drift keeps seven sentences in ten, texts of one trade share about half.
APART, EDITED = 0.75, 0.35
# A wording is thin if its shingles, each counting up to MOST_SUBSTANCE nats, hold less than this: eight rare
# shingles. Thin wordings are short and generic; they are one template only if they are the same but for
# fillings and footers, and no template of theirs is evidence.
MOST_SUBSTANCE = 4.0
LEAST_SUBSTANCE = 32.0
# A short wording is a variant of a common one (this many copies), if it comes this many times more rarely,
# differs in one place where so many others differ too, and more than so many shingles are the same.
VARIANT_OF, VARIANT_RARER, VARIANTS, VARIANT_KEEPS = 20, 8, 3, 1
VARIANT_LONGEST = 12  # shingles
# What is left alone goes to the group it is most like: at least this much, and by so much more (and by such a
# share of it) than the next best group. Texts of common phrases resemble many groups about equally.
FRAGMENT, FRAGMENT_LEAD, FRAGMENT_LEAD_SHARE = 0.2, 0.12, 0.5
# A group agrees on a shingle that this share of its copies has; one that more groups than PHRASE_CORES agree
# on is a phrase, and proposes no group.
AGREED = 0.34
PHRASE_CORES = 100
CORES_TRIED = 6  # groups that each fragment is held against

# --- Facts (facts.py) ---------------------------------------------------------------------------------

# A reading that is right less often than this joins nothing; it stays visible and searchable.
LEAST_CONFIDENCE = 0.5

# --- Evidence (evidence.py) ---------------------------------------------------------------------------

# Contacts: who answers one is one poster, unless the value is generic or was handed on.
CONTACTS = ("phone", "email", "handle", "onion", "crypto", "pgp")
# A contact silent for this many days, with nothing else in common before and after, is taken to have been
# given to somebody else: carriers may reissue a number no sooner than 45 days after its last owner gave it up
# (US: 47 CFR 52.15), so that a shorter silence is one owner's. Who posts seldom is silent for long. Handles
# and addresses are not given to somebody else.
TENURE_DAYS = 45.0
# A contact is generic (a site's desk, an agency line, a number written on strangers' ads) if the ads that
# carry it, seen without it, fall into at least this many unrelated posters.
GENERIC_POSTERS = 6
# … and at least this share of them stay unrelated when ads of one wording or photo are taken together: an
# operator's own main number stands beside many numbers too, but under few wordings.
GENERIC_SHARE = 0.5
# … or this many of them do, however many of the others are clients of one ad-writing service.
GENERIC_MANY = 20
# … or if this many wordings, names and cities meet under it at once.
GENERIC_WORDINGS, GENERIC_NAMES, GENERIC_CITIES = 25, 25, 12
# A number with so many last digits of a generic one is that one, read with another country's prefix. Hardly a
# country's numbers are longer without it; numbers that only end alike stay two.
NATIONAL = 10
# A photo shown by this many posters who share nothing else is a stock picture; a wording used by this many
# is sold, copied or sent in bulk.
STOCK_POSTERS = 8
BULK_POSTERS = 40
# A wording of this many groups who share nothing else is sold or copied: whoever uses it too has bought it
# too. On worlds of 6,000 ads, pairs with such a wording and a name in common were right in under half.
SOLD_POSTERS, SOLD_WEIGHT = 8, 2.0
# A wording this rare or rarer (nats) says so much more where one side gives no contact and no names clash.
# With every contact, photo and city taken away from worlds of 4,000 ads, pair F1 rises from .38 to .54 at a
# precision of .98; twice as much joins strangers (precision .37).
BARE_LEAST, BARE_WORDING = 4.0, 1.0
# A stray ad's home are the other ads with its wording or picture; more than this many are everybody's.
STRAY_MOST = 60
# A contact of more ads than this has a home of its own, and a strange ad under it is nobody's second number.
# Of ads that were taken for strays on five sparse worlds, 142 of 147 were the operator's own.
STRAY_FEW = 3
# A name in this share of the posters who use a wording is part of it, and both are one thing said once. Of
# pairs that shared a rare wording and a name alone, one in five was right: the rest was "hope to see you".
# Of two posters nobody can tell.
NAME_OF_WORDING, NAME_OF_LEAST = 0.6, 3

# How likely one operator is to show the same value twice, by kind (the numerator of each weight), and the
# most that one shared value of the kind may say: a wording or a picture can be stolen, a name is chosen
# from a short list, a city is shared with everybody there. No kind reaches LINK alone; two that are rare do.
SAME_OPERATOR = {
    "photo": 0.3,
    "template": 0.3,
    "name": 0.3,
    "city": 0.4,
    "area": 0.4,
    "age": 0.4,
    "price": 0.3,
    "url": 0.3,
}
MOST_WEIGHT = {
    "photo": 4.5,
    "template": 5.0,
    "name": 3.5,
    "city": 2.0,
    "area": 2.0,
    "age": 1.0,
    "price": 1.0,
    "url": 6.0,
}
# What many strangers share: no number of such kinds links two posters, unless something telling agrees.
WEAK = ("name", "city", "area", "age", "price")
# Kinds that tell besides pictures; whoever shares pictures, and none of these, with this many posters who are
# unrelated to each other has borrowed them.
TELLING = ("template", "url", "contact")
BORROWED_FROM = 3
# Two posters with this many ads each would share a wording or a contact if one operator wrote them; each
# doubling of the ads takes as much off again, up to so many times.
APART_ADS, APART_WEIGHT, APART_MOST = 5, -1.5, 3.0
# Two posters are linked from this weight on: about a thousand to one, since most pairs are strangers.
LINK = 7.0
# Both hold for this many posters. Among more, a chance meeting of two strangers is likelier in proportion,
# so LINK and what a wording, a picture, an address or a contact may say rise by the log of it; names, cities
# and ages do not, since their shares stay as they are however many ads there are.
POSTERS = 2500
RISING = ("photo", "template", "url")
# A shared contact: what remains after the chance of a misreading or a handed-on number.
CONTACT_WEIGHT = 9.0
# Numbers of one area say less where the city is the same too (whoever lives there has such a number) and
# beside a picture, which is taken from people nearby: on a sparse world a picture and an area alone were
# right in two of three pairs, a rare wording and an area in all.
AREA_BESIDE = 0.5
# Of two wholes that share a picture, all of whose ads were looked at, it says this share: on sparse worlds
# 41 and 42 all 12 pairs of wholes that shared a picture and an area were one operator's.
AREA_OF_WHOLES = 1.0
# One picture may be stolen from anybody; a second one shared by the same two posters adds this share of it.
SECOND_PHOTO = 0.7
# However much is shared of one kind, it stays this short of a link: two kinds must agree.
SHORT_OF_LINK = 0.5
# A contact that stands in one ad of another poster may be a rival's trick or a misreading, in two perhaps;
# from the third on, if it is not rare among the poster's ads, it is hers too. One such ad and a name are not
# enough (right in 6 of 10 on worlds); with a city, a picture or a wording it is.
TIE_WEIGHTS = (3.2, 5.5)
TIE_SHARE = 0.3
# A handle or address of this many characters is made up by its owner; a shorter one may be a word that was
# read for a handle ("snap: now"), and says what two ads with one number say.
CHOSEN_LEAST = 7
# Evidence of time: posters active in the same weeks gain a little, those months apart lose.
NEAR_DAYS, FAR_DAYS = 14.0, 120.0
NEAR_WEIGHT, FAR_WEIGHT = 0.2, -1.5
# Values of one kind through which a poster proposes pairs in an agreement of two kinds.
MOST_CROSSED = 12

# --- Grouping (identities.py) -------------------------------------------------------------------------

# Nats that each pair of posters inside a network must earn on average (see communities.py): low, since
# only few of a network's pairs are ever compared; measured on standard and hard worlds.
RESOLUTION = 0.25

# --- Wholes (wholes.py) -------------------------------------------------------------------------------

# Groups are compared as wholes this often: once joined, they may say together what agrees with another.
WHOLE_ROUNDS = 2
# What joins a single ad to the group that it agrees with most (on seven kinds of world nine in ten at this
# weight were right, and they are few), and how much more each doubling of the smaller of two groups asks:
# of groups of four or more, hardly one pair under 8 was right.
WHOLE_LINK, WHOLE_DOUBLING = 6.4, 1.0
# A whole says many names and cities, so meeting one of them by chance is likelier: this share of the log of
# the wider side's number comes off too. All of it costs as many right joins as wrong ones.
WIDE_SIDE = 0.5

# --- Personas (personas.py) ---------------------------------------------------------------------------

# A name that stands beside more than this many others, in more than this share of a network's named ads, is
# a desk's or a misreading, and nobody's own.
DESK_NAMES, DESK_SHARE = 3, 0.5
# So is one in nearly all of them, if this share names somebody else beside it.
DESK_ALL, DESK_BESIDE = 0.9, 0.25
# A wording or picture is somebody's own if this share of its named ads name her; an ad without a name needs
# this many points: own picture 1, stated age 1, own wording 1, or 2 if no picture speaks. Measured on pairs
# inside networks: one such clue alone is right in half of them, two in nine of ten or more.
MOSTLY = 0.8
CLUES = 2
# Two people of one operator bear one name if ads state ages this many years apart (one may age a year and be
# told two younger), or if wordings and pictures have nothing in common; each must be told by so many ads.
AGE_SPLIT, OWN_PICTURES = 3, 2

# --- Indicators (indicators/) -------------------------------------------------------------------------

# Every weight is log-odds. The tested family may say this much, and no other family may say more: evidence
# that nobody has tested never outweighs evidence that somebody has.
# Where no study gives a size, sizes were chosen on 14 invented worlds of six kinds, for all kinds together
# (average precision of leads), and kept away from what one kind alone asked for.
MOST_FAMILY = 2.0
# The least that a share must differ by, and wordings it must be over, before it is told.
LEAST_WORDINGS = 2
# Odds of an obscured number in a controlled group over the odds among its neighbours (NIJ 2024 found such
# numbers clearly more often in the ads of confirmed cases; we take a cautious factor of two).
OBSCURED_ODDS = 2.0
# Wordings of one operator resemble each other: more than this many add nothing to a share's weight.
MOST_COUNTED_WORDINGS = 6
# One number spelled out here and plain there tells of several hands (Portnoff 2017 tells authors apart by
# their habits); each further wording of the rarer way adds a little.
TWO_WAYS, MORE_WAYS = 1.9, 0.1
# Neighbours (wordings of the same site, city and language) below which the next wider baseline is used.
LEAST_NEIGHBOURS = 30
# Each further name under one contact, and how far it goes.
PER_NAME, MOST_NAMES = 0.3, 1.0
# One wording for several people is what an operator leaves and friends do not: the second name says most.
PER_WORDING_NAME, MOST_WORDING_NAMES = 0.8, 1.2
# A wording used by more groups than this is bought, copied or common, and says nothing about the group.
OWN_WORDING = 2
PER_NUMBER, MOST_NUMBERS = 1.0, 1.9
# One person's second number within so many days: few change it so soon, and some do for good reasons.
TURNOVER_DAYS, SECOND_NUMBER = 60.0, 1.2
# Words that assure trust were found clearly more often in confirmed cases (NIJ 2024), words of a third party
# by experts only; our lists stand in for theirs, so the factors are smaller than that of hidden numbers.
TRUST_ODDS = 2.0
THIRD_PARTY_ODDS, MOST_THIRD_PARTY = 4.0, 1.5
# A baseline is held this far from nothing and everything; a share that tells less than this is not told.
LEAST_BASE, LEAST_TOLD = 0.02, 0.05
# Names that return on another day must account for this share of the ads that name somebody before names
# that do not return are taken for misreadings.
RETURNING_NAMES = 0.8
# Where one name alone returns, another one is a second person's if this share of the named ads give it and no
# other: a misreading mostly stands beside the name it was read with. On two sparse worlds 12 groups that were
# told as one person's had such an ad, and every one of them was an operator's.
OTHER_NAME = 0.1
# Travel together: so many people at least; of a group those so many with most stays are tested (28 pairs), by
# so many reorderings (the finest p-value, 1 in 2,000, is below the strictest step of 28 tests, 1 in 560).
CO_TRAVEL_PERSONAS, CO_TRAVEL_TESTED, CO_TRAVEL_ROUNDS = 2, 8, (199, 1_999)
PER_TRAVELLER, MOST_TRAVEL = 0.4, 1.4
# A group of two names says no more than this by its pictures: two people may show one picture of both, each
# in her own ads and without the other's name.
DUO_PHOTOS = 1.8
PER_PHOTO, MOST_PHOTOS = 1.8, 2.0
AGE_APART = 4  # years between two ages told under one name, photo or number, in one half year
AGE_WEIGHT = 0.4
BURST_NAMES, BURST_DAYS, BURST = 3, 3, 0.4
PRICE_RATIO, PRICE = 1.6, 0.2
YOUTH = 1.0
MOVEMENT_SHARE, MOVEMENT = 0.3, -0.6
SPAM_NETWORKS, SPAM_CITIES, SPAM = 12, 12, -4.0
BLAST_CITIES_A_DAY = 2.0  # more cities a day than anybody travels
SCAM_SHARE, SCAM = 0.3, -2.5
STEADY_DAYS, STEADY_ONE = 14.0, -2.5
ONE_NAME = -1.7
BORROWED_SHARE, BORROWED = 0.5, -1.5
# This many cities, on city-days that are hardly more: whoever travels stays some days and posts again. Each
# city says so much, up to so much.
SCATTERED_CITIES, SCATTERED_SHARE, SCATTERED, MOST_SCATTERED = 5, 0.6, -0.8, -6.0
# Friends and touring pairs: so few people, each with this many ads (or all in the same cities).
FEW_PEOPLE, OWN_ADS, PAIR = 3, 3, -2.5
# Friends who work together say so: they stand in an ad together. Where no ad names two, less is taken off,
# since who is put beside whom by somebody else writes no wording of her own for it either.
PAIR_APART = -1.0
# One plain number says more against, the longer it lasts: a month this much, and this at most.
STEADY_MONTH, MOST_STEADY, STEADY_SHARE = -2.5, -4.0, 0.8

# --- Venue types (venues.py), a filter and never evidence -----------------------------------------------

# The share of a group's wordings that must speak of it; an agency has several names on few numbers.
VENUE_SHARE, AGENCY_NAMES, AGENCY_NUMBERS = 0.5, 3, 2

# --- Ranking (rank.py) --------------------------------------------------------------------------------

# The log-odds a group starts from: most groups in any set of ads are nobody's victims. Half a nat lower
# halves what agencies and friends are told "more" by, and costs networks next to nothing (20,000-ad worlds).
START = -2.5
# From these scores on, a lead says "more" or "some"; measured on standard worlds (bench/quality).
WORD_MORE, WORD_SOME = -0.1, -1.8
# Families that must speak for before a lead says more: a single one is base-rate noise (Giommoni & Ikwu).
LEAST_FAMILIES = 2
