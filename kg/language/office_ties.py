"""Who leads or represents whom, as far as it is known beside what the text says.

The reader mistakes ministers for leaders, and of two presidents in a sentence takes the one for the other. Somebody
whose offices the lexicon knows leads, or represents, the states of these offices and no other, and nobody leads two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.language.reading import likeliest
from kg.resolve.people import people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kg.language.inventory import EventInventory
    from kg.language.reading import Reading
    from kg.language.relations import StatedRelation
    from kg.resolve.actors import Description
    from kg.resolve.people import Person

_USERS: Final = "lexicon"


def settle_offices(
    reading: Reading,
    inventory: EventInventory,
    described: Sequence[Description],
    called: Sequence[frozenset[str]],
    day: date | None,
) -> Reading:
    """Return the reading with the relations of office that agree with what is known, and without faint ones.

    ``described`` tells who the actors are, ``called`` the words of their mentions in small letters, ``day`` when the
    text was published.
    """
    offices = _Offices(reading, inventory, described, called, day)
    return replace(reading, relations=offices.settled(), faint=())


class _Offices:
    def __init__(
        self,
        reading: Reading,
        inventory: EventInventory,
        described: Sequence[Description],
        called: Sequence[frozenset[str]],
        day: date | None,
    ) -> None:
        self._reading, self._described, self._called, self._day = reading, described, called, day
        self._types = [inventory.actors[actor.type] for actor in reading.actors]
        self._leads, self._represents = (inventory.relations.index(name) for name in ("leads", "represents"))
        self._persons = {k: person for k in range(len(self._types)) if (person := self._person(k))}
        self._states = {k: d.country for k, d in enumerate(described) if self._types[k] == "STATE" and d.country}

    def settled(self) -> tuple[StatedRelation, ...]:
        stated = [*self._agreeing(self._reading.relations), *self._confirmed()]
        return likeliest(self._of_one_state(sorted(stated, key=lambda r: r.sentence)))

    def _person(self, actor: int) -> Person | None:
        """Return whom of the lexicon the actor is, if all the states that the person has acted for are known."""
        link = self._described[actor].link
        if self._types[actor] != "PERSON" or link is None or link.rule == _USERS:
            return None
        person = people().by_name.get(self._described[actor].name)
        return person if person and person.states else None

    def _agreeing(self, relations: Sequence[StatedRelation]) -> Iterator[StatedRelation]:
        """Give the relations, those of office with a known person's own state and rank."""
        for relation in relations:
            person = self._persons.get(relation.source) if self._is_of_office(relation) else None
            if person is None:
                yield relation
            elif relation.target not in self._states:
                yield self._ranked(relation, person)
            elif (state := self._own_state(relation, person)) is not None:
                yield self._ranked(replace(relation, target=state), person)

    def _confirmed(self) -> Iterator[StatedRelation]:
        """Give the faint relations to the state or organisation of a known person whose office the text names."""
        for relation in self._reading.faint:
            person = self._persons.get(relation.source)
            if person is None or not person.is_called(self._called[relation.source]):
                continue
            if person.leads(self._body(relation.target), self._day) is not None:
                yield self._ranked(relation, person)

    def _ranked(self, relation: StatedRelation, person: Person) -> StatedRelation:
        leads = person.leads(self._body(relation.target), self._day)
        return relation if leads is None else replace(relation, type=self._leads if leads else self._represents)

    def _own_state(self, relation: StatedRelation, person: Person) -> int | None:
        """Return the target if it may be a state of the person's, else the only actor of the text that is one."""
        if person.may_act_for(self._states[relation.target]):
            return relation.target
        own = [k for k, iso3 in self._states.items() if iso3 in person.states]
        return own[0] if len(own) == 1 else None

    def _body(self, actor: int) -> str:
        """Return what offices name the actor by: a state's code, or the organisation's name."""
        return self._states.get(actor) or self._described[actor].name

    def _of_one_state(self, relations: Sequence[StatedRelation]) -> list[StatedRelation]:
        """Leave out that somebody leads a state beside the one for which most speaks."""
        weights: dict[int, dict[int, float]] = {}
        for r in relations:
            if r.type == self._leads and r.target in self._states and self._types[r.source] == "PERSON":
                of_state = weights.setdefault(r.source, {})
                of_state[r.target] = of_state.get(r.target, 0.0) + r.probability
        best = {k: max(sorted(of_state), key=of_state.__getitem__) for k, of_state in weights.items()}
        return [
            r
            for r in relations
            if r.type != self._leads or r.target not in self._states or best.get(r.source, r.target) == r.target
        ]

    def _is_of_office(self, relation: StatedRelation) -> bool:
        return relation.type in {self._leads, self._represents}
