"""What an actor of a document is called, and which state and sector it belongs to.

Names are those of an encyclopaedia where the lexicons know the actor beyond doubt, else its fullest own name, else a
short description with the state (``Pakistani soldiers``).
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.lexicon import fold
from kg.records import Link
from kg.resolve.agents import sector_of_agents, sector_of_organisations
from kg.resolve.bodies import bare_noun, body
from kg.resolve.countries import evidence, is_of_no_state, is_of_states_together
from kg.resolve.dictionaries import no_lexicon
from kg.resolve.in_office import in_office
from kg.resolve.known_actors import identify, name_of, sector_of_nouns
from kg.resolve.links import DOUBTFUL, FAIR, LIKELY, SURE
from kg.resolve.names import (
    is_quantity,
    key,
    kind_of,
    titled,
    uncapitalised,
    without_possessive,
    without_quantity,
    without_tail,
    words,
)
from kg.resolve.organisations import FoundOrganisation, organisations
from kg.resolve.people import people
from kg.resolve.sectors import fitting_sector, may_have
from kg.resolve.spelling import skeleton
from kg.resolve.states import states

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from kg.lexicon import Gazetteer, GazetteerEntry
    from kg.records import ActorType
    from kg.resolve.countries import Evidence
    from kg.resolve.dictionaries import Lexicon, LexiconOfDay
    from kg.resolve.names import MentionText, TitledName
    from kg.resolve.organisations import Organisation

_GOVERNMENT: Final = "GOV"
# The least ratio of difflib: that of names of seven letters of which one lacks.
_MISSPELT: Final = 0.92
_CALLED_AFTER_LEADERS: Final[frozenset[ActorType]] = frozenset({"GOVERNMENT_BODY", "STATE"})
_BRANCHES: Final = ("LEG", "OPP")
_STATELESS: Final[frozenset[ActorType]] = frozenset({"IGO"})
_GUESTS: Final[frozenset[ActorType]] = frozenset({"PERSON", "ARMED_GROUP"})
_NEVER_OF_SETTING: Final[frozenset[ActorType]] = frozenset({"IGO", "NGO", "OTHER"})
_NEVER_OF_SETTING_NAMED: Final[frozenset[ActorType]] = frozenset({"IGO", "OTHER", "PERSON"})
# Words that set others apart from any state, as foreign or Arab, tell of parties and peoples only what they stand for.
_AT_HOME: Final[frozenset[ActorType]] = frozenset({"ETHNIC_RELIGIOUS", "PARTY"})
_OF_ONLY_STATE_NAMED: Final[frozenset[ActorType]] = frozenset({"PERSON", "OTHER"})
_OF_ONLY_STATE: Final[frozenset[ActorType]] = frozenset({"OTHER"})
# Sectors that say no more than that an actor is of some state or people; whom it acts for tells more.
VAGUE_SECTORS: Final = ("", "GOV", "CVL")
_PLACE_AFTER: Final = re.compile(r",\s+([A-Z][^,.;:]*)")
_NO_ORGANISATION: Final[frozenset[ActorType]] = frozenset({"PERSON", "STATE", "CIVILIANS"})


class Description(NamedTuple):
    """The name, state (ISO 3166-1 alpha-3, empty where none) and sector of an actor; ``same_as`` are IRIs.

    ``link`` says why it was taken for an actor of the lexicons, None where it is none that they know.
    """

    name: str
    country: str
    sector: str
    same_as: tuple[str, ...] = ()
    link: Link | None = None


def describe(
    mentions: Sequence[MentionText],
    actor_type: ActorType,
    sector: str,
    *,
    published: date | None = None,
    ties: Sequence[str] = (),
    setting: str = "",
    only: bool = False,
    named: Sequence[str] = (),
    stateless: bool = False,
    lexicon: Lexicon | None = None,
) -> Description:
    """Return the canonical name, state and sector of the actor that ``mentions`` speak of.

    Args:
        mentions: Its mentions in document order.
        actor_type: Its type.
        sector: Its sector as far as the text tells, empty where unknown; the lexicons may know better.
        published: The day of the document.
        ties: Codes of the states that it leads, represents or is part of, by the same document.
        setting: Code of the state that the document is about (see :func:`kg.resolve.countries.subject`).
        only: Whether it names no other state.
        named: Codes of all states that it names, the most named first.
        stateless: Whether it acts for an actor of no state, as the United Nations, by the same document.
        lexicon: The user's own, which goes before ours.
    """
    own = (lexicon or no_lexicon()).on(published)
    told = evidence(mentions, actor_type, own.places)
    sector = fitting_sector(actor_type, sector)
    told_sector = sector_of_nouns(mentions, own) or sector_of_agents(mentions, actor_type)
    sector = told_sector or sector_of_organisations(mentions, actor_type) or sector
    known = identify(mentions, actor_type, own, (*told.own, *ties))
    if known is None:
        if stateless and not ties:
            told, setting = told.without_after(), ""
        return _described(mentions, actor_type, sector, told, own, ties, setting, only=only, named=named)
    # Ours tell what the user's leave open; where the text is about says nothing of an actor that is known.
    rest = _described(mentions, actor_type, sector, told, own, ties, "", only=False)
    name, term = name_of(known, own), known.term
    link = Link("lexicon", known.mention, LIKELY if term is None else SURE)
    if term is None:
        return rest._replace(name=name, same_as=known.entry.same_as, link=link)
    sector = term.sector or (sector if published else rest.sector) or (_GOVERNMENT if actor_type == "STATE" else "")
    return Description(name, term.country or rest.country, sector, known.entry.same_as, link)


def _described(
    mentions: Sequence[MentionText],
    actor_type: ActorType,
    sector: str,
    told: Evidence,
    own: LexiconOfDay,
    ties: Sequence[str],
    setting: str,
    *,
    only: bool,
    named: Sequence[str] = (),
) -> Description:
    """Describe an actor that the user's lexicon does not know."""
    places, published = own.places, own.day
    if actor_type == "STATE":
        return _state(mentions, sector, told, ties, setting, own)
    if actor_type == "PERSON":
        found = _known_person(mentions, sector, told, ties, setting, own)
    else:
        found = _known_organisation(mentions, actor_type, sector, told, ties, setting, published)
    if found:
        return found
    if led := _state_led_by(mentions, actor_type, published):
        return Description(_own_name(mentions, actor_type, "", places, told=False), led, sector)
    country = _country(mentions, actor_type, told, ties, setting, places, only=only)
    found = _body(mentions, actor_type, country, places)
    if found is None and not (told.own or ties):
        found = _known_elsewhere(mentions, actor_type, sector, named, published)
    if found:
        return found
    known = country in (*told.own, *ties)
    return Description(_own_name(mentions, actor_type, country, places, told=known), country, sector)


def _state(
    mentions: Sequence[MentionText],
    sector: str,
    told: Evidence,
    ties: Sequence[str],
    setting: str,
    own: LexiconOfDay,
) -> Description:
    places = own.places
    spoken = [mention for mention in mentions if mention.kind != "pronoun" and not _is_elsewhere(mention, places)]
    if named := _state_named(spoken, places):
        code, link = named
        if own.day and code in states() and not states()[code].exists(own.day):
            link = link._replace(confidence=DOUBTFUL)
        return Description(places.country_name(code) or code, code, sector or _GOVERNMENT, link=link)
    for mention in spoken:
        if found := places.place(mention.text):
            link = Link("name", mention.text, LIKELY if found.iso3 else FAIR)
            return Description(found.name, found.iso3, sector, link=link)
        if region := _region_of_government(mention.text, places):
            return Description(region.name, region.iso3, sector or _GOVERNMENT, link=Link("name", mention.text, FAIR))
    nouns = {bare_noun(mention.text, places) for mention in spoken}
    at_hand = (*told.own, *ties, *told.after, setting) if nouns & words("state") else told.own
    if any(_last_word(noun) in words("state") for noun in nouns) and (code := next(iter(at_hand), "")):
        return Description(places.country_name(code) or code, code, sector or _GOVERNMENT)
    led = _state_led_by(spoken, "STATE", own.day)
    if code := led or _state_misspelt(spoken, places):
        link = Link("surname" if led else "spelling", spoken[0].text, FAIR)
        return Description(places.country_name(code) or code, code, sector or _GOVERNMENT, link=link)
    return Description(_own_name(mentions, "STATE", "", places, told=False), "", sector)


def _state_named(mentions: Sequence[MentionText], places: Gazetteer) -> tuple[str, Link] | None:
    """Return the code of the state that most of ``mentions`` stand for, and the surest link to it, or None.

    A name of the state counts double.
    """
    codes: Counter[str] = Counter()
    links: dict[str, Link] = {}
    for mention in mentions:
        if code := _code_of_state(mention.text, places):
            found = places.place(mention.text)
            codes[code] += 2 if found and found.is_own_name else 1
            link = _link_to_state(mention, found)
            links[code] = max(links.get(code, link), link, key=lambda one: one.confidence)
    if not codes:
        return None
    code = codes.most_common(1)[0][0]
    return code, links[code]


def _state_misspelt(mentions: Iterable[MentionText], places: Gazetteer) -> str:
    """Return the code of the one state whose name a mention has but for a letter or so, empty where there is none."""
    known = {fold(name): code for code, name in places.names.items()}
    for mention in mentions:
        form = fold(_bare(mention.text))
        near = [name for name in get_close_matches(form, known, cutoff=_MISSPELT) if skeleton(name) == skeleton(form)]
        if mention.kind == "name" and len(near) == 1:
            return known[near[0]]
    return ""


def _link_to_state(mention: MentionText, found: GazetteerEntry | None) -> Link:
    if found is not None and found.kind in ("capital", "seat"):
        return Link("metonym", mention.text, FAIR if found.kind == "capital" else LIKELY)
    return Link("state", mention.text, SURE if found is not None and found.is_own_name else LIKELY)


def _code_of_state(text: str, places: Gazetteer) -> str:
    if found := places.place(text):
        return found.iso3 if found.kind != "region" else ""
    codes = places.countries_in(text)
    national = len(codes) == 1 and bare_noun(text, places) in words("state") and not _region_in(text, places)
    return codes[0] if national else ""


def _region_of_government(text: str, places: Gazetteer) -> GazetteerEntry | None:
    """Return the region of one state whose government a mention is: ``Catalan government``."""
    region = _region_in(text, places)
    return region if region and region.iso3 and bare_noun(text, places) in words("state") else None


def _region_in(text: str, places: Gazetteer) -> GazetteerEntry | None:
    """Return the first region that a text names."""
    return next((match.entry for match in places.matches(text) if match.entry.kind == "region"), None)


def _is_elsewhere(mention: MentionText, places: Gazetteer) -> bool:
    """Say whether the place after a mention makes it a town of that place: ``Moscow, Idaho``."""
    found, after = places.place(mention.text), _PLACE_AFTER.match(mention.right)
    if found is None or after is None:
        return False
    match = next(places.matches(after[1]), None)
    return match is not None and match.begin == 0 and match.entry.kind == "region" and found.name != match.entry.name


def _known_person(
    mentions: Sequence[MentionText],
    sector: str,
    told: Evidence,
    ties: Sequence[str],
    setting: str,
    own: LexiconOfDay,
) -> Description | None:
    names = list(_titled_names(mentions))
    near = (*told.after, *filter(None, [setting]))
    found = people().find(names, (*told.own, *ties), own.day, within=told.within, near=near)
    if found is None and not names:
        found = in_office(mentions, own.day, own.places)
    if found is None:
        return None
    country, role = found.person.role(own.day)
    if own.day is None:
        country, role = _role_told(mentions, country, role, ties)
    return Description(found.person.name, country, role or sector, link=found.link)


def _role_told(mentions: Sequence[MentionText], country: str, role: str, ties: Sequence[str]) -> tuple[str, str]:
    """Return state and sector of a known person in a text without a day, where the text may tell an earlier office.

    These are by the title before the name (``Senator``), by a description where that is of another branch (``opposition
    candidate``), and by the state that somebody acts for who later, or before, acted for none, but for an organisation.
    """
    told = sector_of_agents([mention for mention in mentions if mention.kind == "name"], "PERSON")
    described = sector_of_agents([mention for mention in mentions if mention.kind == "nominal"], "PERSON")
    told = told or (described if described in _BRANCHES else "")
    if ties and not country:
        return ties[0], told or (_GOVERNMENT if role == "IGO" else role)
    return country, told or role


def _known_organisation(
    mentions: Sequence[MentionText],
    actor_type: ActorType,
    sector: str,
    told: Evidence,
    ties: Sequence[str],
    setting: str,
    day: date | None,
) -> Description | None:
    if actor_type in _NO_ORGANISATION:
        return None
    return _organisation_of(mentions, actor_type, sector, {*told.own, *ties} or {setting}, day)


def _known_elsewhere(
    mentions: Sequence[MentionText], actor_type: ActorType, sector: str, named: Iterable[str], day: date | None
) -> Description | None:
    """Return the organisation that the news calls so in a state named in the text: ``Congress`` where the U.S. is."""
    if actor_type in _NO_ORGANISATION:
        return None
    each = (_organisation_of(mentions, actor_type, sector, {code}, day) for code in named)
    return next(filter(None, each), None)


def _organisation_of(
    mentions: Sequence[MentionText],
    actor_type: ActorType,
    sector: str,
    countries: Collection[str],
    day: date | None,
) -> Description | None:
    hits: Counter[Organisation] = Counter()
    links: dict[Organisation, Link] = {}
    for mention in mentions:
        if mention.kind != "pronoun" and (found := _organisation(mention.text, actor_type, countries, day)):
            hits[found.organisation] += 1
            links.setdefault(found.organisation, found.link)
    if not hits:
        return None
    one = hits.most_common(1)[0][0]
    known = one.sector if may_have(actor_type, one.sector) else ""
    return Description(one.name, one.iso3, known or sector, link=links[one])


def _organisation(
    text: str, actor_type: ActorType, countries: Collection[str], day: date | None
) -> FoundOrganisation | None:
    known = organisations()
    for form in (text, without_tail(text)):
        if found := known.match(form, countries, day):
            return found
    articled = known.articled.get(key(text)) if actor_type == "MEDIA" else None
    return FoundOrganisation(articled, Link("name", text, FAIR)) if articled else None


def _body(
    mentions: Sequence[MentionText], actor_type: ActorType, country: str, places: Gazetteer
) -> Description | None:
    for mention in mentions:
        if mention.kind == "pronoun" or _region_in(mention.text, places):
            continue
        if found := body(mention.text, actor_type, country, places):
            return Description(found.name, country, found.sector, link=Link("body", mention.text, LIKELY))
    return None


def _country(
    mentions: Sequence[MentionText],
    actor_type: ActorType,
    told: Evidence,
    ties: Sequence[str],
    setting: str,
    places: Gazetteer,
    *,
    only: bool,
) -> str:
    if actor_type in _STATELESS or (actor_type != "PERSON" and not told.own and len(set(ties)) > 1):
        return ""
    spoken = [mention.text for mention in mentions if mention.kind != "pronoun"]
    if actor_type == "PERSON" and any(map(is_of_states_together, spoken)):
        return next(iter(told.own), "")
    stateless = actor_type not in _AT_HOME and any(is_of_no_state(text, places) for text in spoken)
    background = setting if not stateless and _may_be_of_setting(mentions, actor_type, only=only) else ""
    after = () if stateless else told.after
    return next(iter((*told.own, *ties, *after, background)), "")


def _state_led_by(mentions: Iterable[MentionText], actor_type: ActorType, day: date | None) -> str:
    """Return the state of whom a government is called after: ``the Bush administration``, or ``Putin`` for Russia."""
    for mention in mentions if actor_type in _CALLED_AFTER_LEADERS else ():
        leader, _, noun = _bare(mention.text).rpartition(" ")
        if noun not in words("administration"):
            leader = _bare(mention.text) if actor_type == "STATE" else ""
        named = people().short.get(key(leader), ()) if leader[:1].isupper() else ()
        states = {one.iso3 for one in named if one.surname_suffices and one.active(day, 0)}
        if len(states) == 1:
            return states.pop()
    return ""


def _may_be_of_setting(mentions: Iterable[MentionText], actor_type: ActorType, *, only: bool) -> bool:
    """Say whether an actor without a word of its state is likely of the one that the document is about.

    Where that is the only one, somebody with a name is too, and elsewhere if it says what he or she is as well: who is
    known by a name alone is often a foreigner.
    """
    spoken = [mention for mention in mentions if mention.kind != "pronoun"]
    named = any(mention.kind == "name" for mention in spoken)
    if spoken and all(_description(mention) in words("unplaced") for mention in spoken):
        return False
    if actor_type == "PERSON" and named and _is_described(spoken):
        return True
    never = _NEVER_OF_SETTING_NAMED if named else _NEVER_OF_SETTING
    return actor_type not in never or (only and actor_type in (_OF_ONLY_STATE_NAMED if named else _OF_ONLY_STATE))


def _is_described(spoken: Sequence[MentionText]) -> bool:
    """Say whether mentions of a person tell more than a name: by a description, or a title such as ``Judge``."""
    names = list(_titled_names(spoken))
    titles = (word for name in names for word in name.title.split())
    return len(names) < len(spoken) or any(fold(word) not in words("honorific") for word in titles)


def _description(mention: MentionText) -> str:
    return fold(without_quantity(without_possessive(mention.text)))


def _last_word(text: str) -> str:
    return without_possessive(text).lower().rpartition(" ")[2]


def _own_name(
    mentions: Sequence[MentionText], actor_type: ActorType, country: str, places: Gazetteer, *, told: bool
) -> str:
    if actor_type == "PERSON":
        names = [name.name for name in _titled_names(mentions)]
    else:
        names = [bare for mention in mentions if kind_of(bare := without_tail(_bare(mention.text))) == "name"]
    if names:
        counts = Counter(names)
        return max(counts, key=lambda name: (len(name.split()), counts[name], name))
    return _phrase(mentions, actor_type, country, places, told=told)


def _phrase(
    mentions: Sequence[MentionText], actor_type: ActorType, country: str, places: Gazetteer, *, told: bool
) -> str:
    """Return the first description that has the state's word, or the first with a noun and that word before it."""
    described = [_bare(mention.text) for mention in mentions if mention.kind == "nominal"]
    phrases = [_spelt_out(uncapitalised(without_quantity(phrase))) for phrase in described]
    for phrase in phrases:
        if country in places.countries_in(phrase):
            return phrase
    phrase = next((phrase for phrase in phrases if not is_quantity(phrase)), "")
    if not phrase:
        return mentions[0].text if mentions else ""
    adjective = places.adjective(country)
    if adjective is None or places.countries_in(phrase):
        return phrase
    return f"{adjective} {phrase}" if told or actor_type not in _GUESTS else phrase


def _spelt_out(phrase: str) -> str:
    """Return a description with the full name of the organisation that it begins with: ``African Union officials``."""
    first, _, rest = phrase.partition(" ")
    found = organisations().find(first) if rest else None
    return f"{found.name} {rest}" if found and not found.iso3 else phrase


def _titled_names(mentions: Iterable[MentionText]) -> Iterator[TitledName]:
    for mention in mentions:
        name = titled(mention.text)
        role_of_other = name.title and is_quantity(name.title.split()[-1])
        if mention.kind == "name" and not role_of_other:
            yield name


def _bare(text: str) -> str:
    bare = without_possessive(text)
    return bare[4:] if bare[:4].lower() == "the " else bare
