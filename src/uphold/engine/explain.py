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

_READING = "reason.interpretation"


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
    return Story(
        verdict,
        agreement,
        tuple(_words(agreement, verdict)),
        tuple(reason for reason in verdict.because if reason.id != _READING),
        tuple(reason for reason in verdict.because if reason.id == _READING),
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


def _words(agreement: Agreement, verdict: Verdict) -> Iterator[Words]:
    """The clause of the verdict's own term first, then those of terms that its reasons name."""
    named = [verdict.clock.partition(".")[0], verdict.clock]
    named += [str(reason.data["term"]) for reason in verdict.because if "term" in reason.data]
    terms = [term for name in dict.fromkeys(named) if (term := agreement.term(name)) is not None]
    for anchor in dict.fromkeys((verdict.clause, *(term.clause for term in terms))):
        clause = agreement.clause(anchor)
        if clause is None:
            continue
        here = [term for term in terms if term.clause == anchor]
        yield Words(
            anchor,
            clause.heading.text,
            clause.text,
            tuple(term.name for term in here),
            tuple(dict.fromkeys(quote for term in here for quote in term.quotes)),
        )
