"""Names and a user's own actors → the names with them: what the user says holds before what is shipped."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import product
from pathlib import Path

from kg.names.actors import Actor, Service, read_actors
from kg.names.find import Forms, words_of
from kg.names.forms import with_variants
from kg.names.letters import latin
from kg.names.load import add_person, make_names, name_form
from kg.names.names import Names, Office, Pack
from kg.ontology import is_kind, kinds
from kg.values import Entity

_ID = re.compile(r"[A-Za-z0-9_-]+")
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_KINDS = ("Actor", "Place", "Agreement")
_ROLE = "-role"


def load_with_own(langs: tuple[str, ...], path: Path) -> Names:
    """Read the names of these languages, and add the actors of a file to them."""
    return add_own(make_names(langs), path)  # not the names that are shared: they change here


def add_own(names: Names, path: Path) -> Names:
    """Add the actors of a file to names, which it changes; raises DataError with file and line for its faults."""
    actors = list(read_actors(path))
    for actor in actors:
        names.entities[actor.id] = _entity(actor, names)
    for entity_id, named in _by_id(actors).items():
        _serve(names, entity_id, named)
    for pack in names.packs.values():
        _add_forms(pack, actors, names)
    return replace(names, own=sha256(repr(sorted(map(_content, actors))).encode("utf8")).hexdigest())


def _content(actor: Actor) -> str:
    names = (sorted(actor.names.items()), sorted(actor.forms.items()))
    return repr((actor.id, actor.kind, names, actor.services, actor.state, sorted(actor.identifiers)))


def _by_id(actors: Iterable[Actor]) -> dict[str, list[Actor]]:
    found: dict[str, list[Actor]] = {}
    for actor in actors:
        found.setdefault(actor.id, []).append(actor)
    return found


def _entity(actor: Actor, names: Names) -> Entity:
    """Return an actor as an entity: a new one, or the known one with the kind and the labels that are given."""
    if not _ID.fullmatch(actor.id):
        raise actor.fault(f"the id {actor.id!r} may only hold A-Z a-z 0-9 _ -")
    known = names.entities.get(actor.id)
    kind = actor.kind or (known.kind if known else "")
    if not any(is_kind(kind, allowed) for allowed in _KINDS) or is_kind(kind, "Group"):
        allowed = sorted(each for each in kinds() if any(is_kind(each, top) for top in _KINDS) and each != "Group")
        raise actor.fault(f"{kind!r} is no kind of actor; they are {', '.join(allowed)}")
    if known and (known.kind == "Person") != (kind == "Person"):
        raise actor.fault(f"{actor.id} is known as {known.kind}; choose another id")
    _check_languages(actor, names)
    labels = frozenset((lang, found[0]) for lang, found in actor.names.items() if found)
    aliases = frozenset((lang, name) for lang, found in actor.names.items() for name in found[1:])
    if known is None:
        if not labels:
            raise actor.fault(f"{actor.id} is new, and has no name in any language")
        return Entity(actor.id, kind, _key(labels, kind), labels, aliases, actor.identifiers)
    given = {lang for lang, _ in labels}
    former = frozenset((lang, text) for lang, text in known.labels if lang in given)
    return replace(
        known,
        kind=kind,
        labels=known.labels - former | labels,
        aliases=(known.aliases | former | aliases) - labels,
        identifiers=known.identifiers | actor.identifiers,
    )


def _key(labels: Iterable[tuple[str, str]], kind: str) -> str:
    """Return the short name in Latin letters; of a person, the last word."""
    by_lang = dict(labels)
    name = by_lang.get("en") or latin(min(by_lang.items())[1])
    return name.split()[-1] if kind == "Person" else name


def _check_languages(actor: Actor, names: Names) -> None:
    unknown = sorted({*actor.names, *actor.forms} - names.packs.keys())
    if unknown:
        raise actor.fault(f"{unknown[0]!r} is neither a column nor a language; languages are {', '.join(names.packs)}")


def _serve(names: Names, entity_id: str, named: list[Actor]) -> None:
    """Note whom an actor acts for; what is given replaces what is shipped."""
    entity = names.entities[entity_id]
    offices: list[Office] = []
    for actor in named:
        if actor.state:
            _find(actor, actor.state, "State", names)
            names.states_of_places[entity_id] = actor.state
        for service in actor.services:
            office = _office(actor, service, names)
            if entity.kind == "Person":
                offices.append(office)
                continue
            if service != Service(service.acts_for):
                raise actor.fault(f"only a Person has an office and dates, and {entity_id} is {entity.kind}")
            if is_kind(entity.kind, "Place") and not is_kind(entity.kind, "Actor"):
                names.actors[entity_id] = service.acts_for
            else:
                names.entities[entity_id] = replace(entity, acts_for=service.acts_for)
    if offices:
        names.offices[entity_id] = offices
        names.entities[entity_id] = replace(entity, acts_for=offices[-1].acts_for)


def _office(actor: Actor, service: Service, names: Names) -> Office:
    if not service.acts_for:
        raise actor.fault("an office and its dates need whom it is held for (acts_for)")
    _find(actor, service.acts_for, "Actor", names)
    office = service.office.replace(" ", "-").removesuffix(_ROLE)
    if office:
        _find(actor, office + _ROLE, "Role", names)
    for bound in (service.start, service.end):
        if bound and not _is_date(bound):
            raise actor.fault(f"{bound!r} is no date; write 2024, 2024-10 or 2024-10-31")
    if service.start and service.end and service.end < service.start[: len(service.end)]:
        raise actor.fault(f"the office ends ({service.end}) before it begins ({service.start})")
    return Office(service.acts_for, office and office + _ROLE, service.start, service.end)


def _find(actor: Actor, entity_id: str, kind: str, names: Names) -> None:
    found = names.entities.get(entity_id)
    if found is None or not is_kind(found.kind, kind):
        is_what = f"; it is {found.kind}" if found else ""
        raise actor.fault(f"there is no {kind} {entity_id}{is_what} (the ids stand in ontologies/actors.ttl)")


def _is_date(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _add_forms(pack: Pack, actors: Iterable[Actor], names: Names) -> None:
    """Add the forms of a language; where a form means something else, too, the user's actor is meant."""
    own = Pack(pack.lang, Forms(), pack.words, pack.grammar)
    for actor in actors:
        for name in (*actor.names.get(pack.lang, ()), *actor.forms.get(pack.lang, ())):
            if not words_of(name):
                raise actor.fault(f"{name!r} has no word to find")
            if names.entities[actor.id].kind == "Person":
                add_person(own, actor.id, name, names)
            else:
                inflected = product(*(pack.words.endings.inflect(word, "name") for word in name.split()))
                for form in with_variants(map(" ".join, inflected)):
                    own.forms.add(form, actor.id, name_form(name))
        for form, meant in own.forms.ambiguous().items():
            raise actor.fault(f"{form!r} names both {' and '.join(meant)}; leave it out of one")
    for form, meanings in own.forms.meanings.items():
        for entity_id, kind in meanings.items():
            pack.forms.add(form, entity_id, kind)
            if len(pack.forms.meanings[form]) > 1:
                pack.forms.preferred[form] = entity_id
    for surname, bearers in own.surnames.items():
        pack.surnames[surname].update(bearers)
