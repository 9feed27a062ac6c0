"""Measuring: `service`, `indicator`, `evidence` and `availability`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from uphold.agreement.phrases.error import PhraseError
from uphold.agreement.phrases.lengths import Duration, parse_duration
from uphold.agreement.phrases.measures import (
    Agreed,
    AtLeast,
    Attempts,
    Counts,
    CutOff,
    DownWhen,
    Frame,
    PartsRule,
    Source,
    WindowOf,
    parse_agreed,
    parse_at_least,
    parse_attempts,
    parse_counts,
    parse_cut_off,
    parse_down_when,
    parse_frame,
    parse_parts_rule,
    parse_source,
    parse_window,
)
from uphold.agreement.phrases.numbers import Percent, parse_percent
from uphold.agreement.phrases.targets import Alert, parse_alert
from uphold.agreement.terms.base import YES_NO, ListOf, Name, Names, Phrase, Term, one_of

EXCLUDABLE = (
    "planned maintenance",
    "unplanned maintenance",
    "emergency maintenance",
    "requested maintenance",
    "standing windows",
)
YesNo = Annotated[bool, YES_NO]


def _excluded(text: str) -> str:
    """A kind of maintenance, the standing windows, or `cause NAME`."""
    if text not in EXCLUDABLE and not text.startswith("cause "):
        raise PhraseError(
            "word-unknown", found=text, what="exclusion", words=", ".join((*EXCLUDABLE, "cause …"))
        )
    return text


class SourcesOf:
    """Annotates the sources of evidence: checks, logs and reports, each with what it is."""

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda sources: {source.kind: str(source) for source in sources}
            ),
        )

    def __get_pydantic_json_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        each = _SOURCE.__get_pydantic_json_schema__(source, handler)
        kinds = dict.fromkeys(("checks", "logs", "reports"), each)
        return {"type": "object", "properties": kinds, "additionalProperties": False}

    def read(self, value: Any) -> tuple[Source, ...]:
        """The sources; an error carries the kind that leads to its place."""
        if not isinstance(value, dict) or not value:
            raise PhraseError("rows-expected", found="list" if isinstance(value, list) else "text")
        found = []
        for kind, text in value.items():
            try:
                source = _SOURCE.read(text)
                if source.kind != kind:
                    raise PhraseError("source-kind", found=kind, kind=source.kind)
            except PhraseError as error:
                error.add_note(kind)
                raise
            found.append(source)
        return tuple(found)


_SOURCE = Phrase(parse_source, "A source.", ("every 1 minute", "component logs"))


class ServiceTerm(Term):
    """A service that is promised, its parts, and when it is down."""

    kind: ClassVar[str] = "service"
    example: ClassVar[str] = """\
service: calling
parts: [sign-in, place-call]
down when: any part is down
quotes: [can sign in and place calls]
"""

    title: str | None = Field(None, description="The service's full name.")
    parts: Names = Field((), description="The checks or services it is made of.")
    down_when: Annotated[
        PartsRule | None, Phrase(parse_parts_rule, "A rule.", ("any part is down",))
    ] = Field(None, alias="down when", description="How many parts must be down.")
    chargeable: YesNo = Field(False, description="Delivered at extra cost.")


class IndicatorTerm(Term):
    """What counts as down, or slow, for one check."""

    kind: ClassVar[str] = "indicator"
    example: ClassVar[str] = """\
indicator: place-call
of: calling
down when: failed at least 10 % of attempts in 5 minutes
at least: 20 attempts
quotes: [at least 10% of at least 20 attempts fail in 5 minutes]
"""

    of: Name = Field(description="The service it belongs to.")
    down_when: Annotated[
        DownWhen,
        Phrase(parse_down_when, "A rule.", ("failed at least 10 % of attempts in 5 minutes",)),
    ] = Field(alias="down when", description="What counts as down.")
    at_least: Annotated[Attempts | None, Phrase(parse_attempts, "A number.", ("20 attempts",))] = (
        Field(None, alias="at least", description="Slices with fewer attempts do not count.")
    )


class EvidenceTerm(Term):
    """The sources of evidence and how they are reconciled into outages."""

    kind: ClassVar[str] = "evidence"
    example: ClassVar[str] = """\
evidence: calling-evidence
of: calling
sources: {checks: every 1 minute, logs: component logs, reports: customer reports}
agreed when: checks from 2 places, or checks and logs, or logs and reports
frame: component log if there is one, else first failed to next good check
silent after: 3 minutes
otherwise: a person judges
interpretation: [Silence of more than three minutes is unknown time.]
quotes: ['every 1 minute from two places', 'our own logs and with what customers report']
"""

    of: Names = Field(description="The services it is evidence for.")
    sources: Annotated[tuple[Source, ...], SourcesOf()] = Field(
        description="checks, logs and reports, each with what it is."
    )
    agreed_when: Annotated[
        Agreed | None, Phrase(parse_agreed, "Sets of sources.", ("checks and logs",))
    ] = Field(None, alias="agreed when", description="Which sources together settle an outage.")
    frame: Annotated[
        Frame | None, Phrase(parse_frame, "A frame.", ("component log", "overlap"))
    ] = Field(None, description="Which of them says when it began and ended.")
    silent_after: Annotated[
        Duration | None, Phrase(parse_duration, "A duration.", ("3 minutes",))
    ] = Field(None, alias="silent after", description="A longer silence is unknown time.")
    log_holds: Annotated[Duration | None, Phrase(parse_duration, "A duration.", ("26 hours",))] = (
        Field(None, alias="log holds", description="How long a change log's last state holds.")
    )
    degraded: Annotated[str, one_of("reading", "up", "down")] = Field(
        "up", description="What a degraded state counts as."
    )
    otherwise: Annotated[str, one_of("otherwise", "a person judges", "unknown")] = Field(
        "a person judges", description="What happens where sources disagree."
    )


class AvailabilityTerm(Term):
    """The share of a window during which a service must be up."""

    kind: ClassVar[str] = "availability"
    example: ClassVar[str] = """\
availability: account-uptime
of: calling
per: account
window: calendar month
target: at least 99.9 %
counts: outages of at least 5 minutes
excludes: [planned maintenance, emergency maintenance]
figure: cut off after 3 decimals
quotes: ['99.9% of every calendar month', 5 minutes or more without a break]
"""

    of: Names = Field(description="The services it is for.")
    per: Annotated[str, one_of("per", "account", "service", "mean of parts")] = Field(
        "service", description="What each figure is for."
    )
    window: Annotated[
        WindowOf, Phrase(parse_window, "A window.", ("calendar month", "12 months"))
    ] = Field(description="The stretch of time one figure is for.")
    zone: str = Field("", description="IANA zone of the windows; the agreement's when absent.")
    target: Annotated[AtLeast, Phrase(parse_at_least, "A share.", ("at least 99.9 %",))] = Field(
        description="The least share."
    )
    counts: Annotated[
        Counts, Phrase(parse_counts, "Which outages.", ("outages of at least 5 minutes",))
    ] = Field(Counts(text="all outages"), description="Which outages count.")
    excludes: Annotated[tuple[str, ...], ListOf(Phrase(_excluded, "A kind.", EXCLUDABLE))] = Field(
        (), description="Time that leaves the figure: kinds of maintenance, and causes."
    )
    late_notice: Annotated[str, one_of("late notice", "excluded all the same", "not excluded")] = (
        Field(
            "excluded all the same",
            alias="late notice",
            description="Whether maintenance announced too late is excluded.",
        )
    )
    unknown: Annotated[
        str, one_of("unknown time", "excluded", "counts as up", "counts as down")
    ] = Field("excluded", description="What time without evidence counts as.")
    least_coverage: Annotated[Percent | None, Phrase(parse_percent, "A share.", ("90 %",))] = Field(
        None, alias="least coverage", description="Below it the verdict is unknown."
    )
    standing: Annotated[str, one_of("standing", "promise", "endeavour", "guideline")] = Field(
        "promise", description="How binding it is."
    )
    after_credit: Annotated[
        str, one_of("after a credit", "begins behind the credited window", "overlaps")
    ] = Field(
        "begins behind the credited window",
        alias="after credit",
        description="Where the next window begins once one was credited.",
    )
    figure: Annotated[
        CutOff, Phrase(parse_cut_off, "How it prints.", ("cut off after 3 decimals",))
    ] = Field(CutOff(3, "cut off after 3 decimals"), description="A setting; needs no quote.")
    alerts: Annotated[tuple[Alert, ...], ListOf(Phrase(parse_alert, "A warning.", ("75 %",)))] = (
        Field((), description="Warn at a share of the budget; a setting that needs no quote.")
    )
