"""One remembered fact: how it was said, how it is asked for, and the answer that restates it.

An answer is the sentence itself turned to "you". That is one skill for every template, known or not, and an answer
that the app can hold against its source word by word.
"""
import random
import re
from dataclasses import dataclass

from . import words
from .relations import SEEN, UNSEEN

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Relation:
    statements: tuple[str, ...]
    questions: tuple[str, ...]
    held_statements: tuple[str, ...]
    held_questions: tuple[str, ...]
    seen: bool

    @property
    def asked(self) -> frozenset[str]:
        """Slots that the questions name."""
        return frozenset(slot for question in self.questions + self.held_questions for slot in _SLOT.findall(question))


def _read(text: str, seen: bool) -> list[Relation]:
    relations = []
    for line in text.strip().splitlines():
        told, asked = line.split(" // ")
        forms = [[form.strip() for form in side.split("|")] for side in (told, asked)]
        plain = [tuple(form for form in side if not form.startswith("*")) for side in forms]
        held = [tuple(form[1:] for form in side if form.startswith("*")) for side in forms]
        relations.append(Relation(plain[0], plain[1], held[0], held[1], seen))
    return relations


RELATIONS = _read(SEEN, True)
UNSEEN_RELATIONS = _read(UNSEEN, False)


@dataclass(frozen=True)
class Fact:
    relation: Relation
    slots: dict[str, str]
    statement: str
    value: str

    @property
    def key(self) -> tuple:
        """Facts of one key are about one and the same thing: only one of them can be asked for, or the newest."""
        return (self.relation.statements[0], *(self.slots[slot] for slot in sorted(self.relation.asked)))

    def question(self, rng: random.Random, heldout_form: bool = False) -> str:
        forms = self.relation.held_questions if heldout_form and self.relation.held_questions else self.relation.questions
        usable = [form for form in forms if set(_SLOT.findall(form)) <= set(self.slots)]
        return _filled(rng.choice(usable or [form for form in self.relation.questions if set(_SLOT.findall(form)) <= set(self.slots)]), self.slots)

    @property
    def answer(self) -> str:
        return to_you(self.statement)

    def changed(self, rng: random.Random, heldout: bool = False) -> "Fact":
        """The same thing with another value, as told later."""
        for _ in range(20):
            other = draw(rng, heldout, relation=self.relation, keep={slot: self.slots[slot] for slot in self.relation.asked if slot in self.slots})
            if other.value != self.value:
                return other
        return other


def draw(rng: random.Random, heldout: bool = False, *, relation: Relation | None = None, forms: bool = False, keep: dict[str, str] | None = None) -> Fact:
    """`heldout`: values never trained on. `forms`: wording never trained on."""
    if relation is None:
        relation = rng.choice(UNSEEN_RELATIONS if forms and rng.random() < 0.4 else RELATIONS)
    statements = relation.held_statements if forms and relation.held_statements else relation.statements
    form = rng.choice(statements)
    names = set(_SLOT.findall(form)) | relation.asked
    slots = dict(keep or {})
    for name in sorted(names):
        if name not in slots:
            slots[name] = words.fill(name, rng, heldout)
    told = [slot for slot in _SLOT.findall(form) if slot not in relation.asked]
    statement = _filled(form, slots)
    return Fact(relation, slots, statement, slots[told[0]] if told else "")


def _filled(form: str, slots: dict[str, str]) -> str:
    text = _SLOT.sub(lambda match: slots[match.group(1)], form)
    text = re.sub(r"\b([Aa]) (?=[aeiouAEIOU])", r"\1n ", text)
    return text[0].upper() + text[1:]


_YOU = [
    (r"(?:^|(?<=[,.;!?]\s)|(?<=\b(?:and|but)\s))i(?=(?:'(?:m|ve|ll|d))?\s)", "I"),
    (r"\bI'm\b", "you're"),
    (r"\bI am\b", "you are"),
    (r"\bam I\b", "are you"),
    (r"\bI was\b", "you were"),
    (r"\bI'(ve|ll|d)\b", r"you'\1"),
    (r"\b(?:I|me|we|us)\b", "you"),
    (r"\bWe are\b", "You are"),
    (r"\bWe\b", "You"),
    (r"\b(?:my|our)\b", "your"),
    (r"\b(?:My|Our)\b", "Your"),
    (r"\bmine\b", "yours"),
    (r"\bmyself\b", "yourself"),
]


def to_you(sentence: str) -> str:
    """My sister lives in Porto. -> Your sister lives in Porto."""
    for pattern, said in _YOU:
        sentence = re.sub(pattern, said, sentence)
    return sentence[0].upper() + sentence[1:]
