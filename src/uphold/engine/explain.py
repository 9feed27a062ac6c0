"""The story of a verdict: the words it rests on, the facts, and the reasons, in order.

Nothing is worked out here. A story only gathers what the agreement, the facts and the verdict's
own reasons already say, so that the command line and the server tell it alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uphold.agreement.agreement import Agreement
from uphold.engine.evaluate import Evaluation
from uphold.engine.verdict import Verdict
from uphold.facts.fact import Fact, fact_order
from uphold.messages import Message

READING = "reason.interpretation"


@dataclass(frozen=True, slots=True)
class Words:
    """A clause that a verdict rests on, and the words of it that the terms repeat.

    `text` is the clause's prose as plain words; `quotes` are those of the terms concerned.
    """

    anchor: str
    heading: str
    text: str
    terms: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One verdict with all that it rests on.

    `reasons` come in the order in which they led to the verdict, without the `readings`: what
    the text leaves open and the agreement's author has settled.
    """

    verdict: Verdict
    agreement: Agreement
    words: tuple[Words, ...]
    reasons: tuple[Message, ...]
    readings: tuple[Message, ...]

    @property
    def named_facts(self) -> frozenset[str]:
        """The ids of the facts that the reasons name."""
        return frozenset(
            fact for reason in self.reasons if isinstance(fact := reason.data.get("fact"), str)
        )


def story_of(evaluation: Evaluation, verdict: Verdict) -> Story:
    """The story of one of the evaluation's verdicts."""
    agreement = next(
        each
        for each in evaluation.agreements
        if (each.name, each.revision) == (verdict.agreement, verdict.revision)
    )
    names = (verdict.clock.partition(".")[0], verdict.clock)
    return Story(
        verdict,
        agreement,
        tuple(words_of(agreement, verdict.clause, names, verdict.because)),
        tuple(reason for reason in verdict.because if reason.id != READING),
        tuple(reason for reason in verdict.because if reason.id == READING),
    )


def facts_of(evaluation: Evaluation, stories: Iterable[Story]) -> tuple[Fact, ...]:
    """The facts that counted about the things of some stories, in order.

    A register has none of its own: then those that its verdicts name, of the things kept in it.
    """
    told = tuple(stories)
    subjects = tuple(dict.fromkeys(story.verdict.subject for story in told))
    own = tuple(fact for subject in subjects for fact in _counting(evaluation, subject))
    if own:
        return own
    named = frozenset(fact for story in told for fact in story.named_facts)
    every = (
        fact for subject in evaluation.facts.subjects for fact in _counting(evaluation, subject)
    )
    return tuple(sorted((fact for fact in every if fact.id in named), key=fact_order))


def _counting(evaluation: Evaluation, subject: str) -> tuple[Fact, ...]:
    return evaluation.facts.of_subject(subject, evaluation.now, evaluation.known)


def words_of(
    agreement: Agreement, clause: str, names: Iterable[str], because: Iterable[Message]
) -> Iterator[Words]:
    """The clause given first, then those of the terms named and of terms that reasons name."""
    named = [*names, *(str(each.data["term"]) for each in because if "term" in each.data)]
    terms = [term for name in dict.fromkeys(named) if (term := agreement.term(name)) is not None]
    for anchor in dict.fromkeys((clause, *(term.clause for term in terms))):
        found = agreement.clause(anchor)
        if found is None:
            continue
        here = [term for term in terms if term.clause == anchor]
        yield Words(
            anchor,
            found.heading.text,
            found.text,
            tuple(term.name for term in here),
            tuple(dict.fromkeys(quote for term in here for quote in term.quotes)),
        )
