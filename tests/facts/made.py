"""Facts for tests: sound ones drawn from the table of types, and short ways to say one."""

import io
import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from uphold.facts import BY_NAME, FACT_TYPES, Fact, FactType, Field, Kind, Reading, read_facts
from uphold.messages import Reader

NAMES = st.sampled_from(["1", "2", "acme", "INC0000045", "två"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    lambda text: text.strip(" ")
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-5))])
# Few hours, so that facts meet at one time and order is put to the test.
MOMENTS = st.builds(
    lambda hours, zone: (datetime(2027, 2, 1, tzinfo=UTC) + timedelta(hours=hours)).astimezone(
        zone
    ),
    st.integers(0, 5),
    ZONES,
)
TIMES = MOMENTS.map(datetime.isoformat)


def values(named: Field) -> st.SearchStrategy[object]:
    """JSON values that the field allows."""
    if named.words:
        return st.sampled_from(named.words)
    return {
        Kind.YES_NO: st.booleans(),
        Kind.WHOLE: st.integers(0, 2**53 - 1),
        Kind.TIME: TIMES,
        Kind.DECIMAL: st.sampled_from(["0", "-1.50", "99.95"]),
        Kind.MONEY: st.sampled_from(["12.50 EUR", "0.01 NOK", "1000 USD"]),
        Kind.DURATION: st.sampled_from(["45 minutes", "1 hour 30 minutes", "PT1H30M", "2 h 5 s"]),
        Kind.SUBJECT: NAMES.map("request:{}".format),
        Kind.WORDS: st.lists(TEXTS, min_size=1, max_size=3),
        Kind.TYPES: st.lists(st.sampled_from(list(BY_NAME)), min_size=1, max_size=3),
    }.get(named.kind, TEXTS)


@st.composite
def written_facts(draw: st.DrawFn, types: tuple[FactType, ...] = FACT_TYPES) -> dict[str, object]:
    """The JSON object of a sound fact, its keys in any order."""
    fact_type = draw(st.sampled_from(types))
    required = {each.name: values(each) for each in fact_type.fields if each.required}
    optional = {each.name: values(each) for each in fact_type.fields if not each.required}
    fields = draw(st.fixed_dictionaries(required, optional=optional))
    for first, last in fact_type.periods:
        if first in fields and last in fields:
            fields |= {first: "2027-02-01T10:00:00Z", last: "2027-02-01T12:00:00+01:00"}
    thing = draw(st.sampled_from(fact_type.things))
    common = draw(
        st.fixed_dictionaries(
            {
                "type": st.just(fact_type.name),
                "at": TIMES,
                "subject": NAMES.map(lambda name: f"{thing}:{name}"),
            },
            optional={
                "customer": NAMES,
                "account": NAMES,
                "source": NAMES,
                "recorded": TIMES,
                "seq": st.integers(0, 3),
                "v": st.just(1),
            },
        )
    )
    items = draw(st.permutations(list((common | fields).items())))
    return dict(items)


def lines_of(*written: object) -> bytes:
    """JSON Lines of these objects."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in written)


def read(*lines: bytes) -> Reading:
    """What reading these lines gives."""
    return read_facts(io.BytesIO(b"\n".join(lines)))


def english(reading: Reading) -> list[str]:
    """The problems as a person reads them."""
    return [problem.text(Reader("en")) for problem in reading.problems]


def facts_of(*written: dict[str, object]) -> tuple[Fact, ...]:
    """The facts of these objects, all of which are sound."""
    facts, problems = read(lines_of(*written))
    assert not problems, problems
    return facts
