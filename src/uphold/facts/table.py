"""The one table of fact types: everything that can be said to have happened.

The order of the table settles ties: of two facts of one subject at one time and with one `seq`
the type that stands earlier here comes first (design, "Facts").
"""

from __future__ import annotations

from types import MappingProxyType

from uphold.facts.types import FactType, Field, Kind

CHANNELS = ("portal", "e-mail", "telephone", "chat", "video", "on-site", "api")
MAINTENANCE_KINDS = ("planned", "unplanned", "emergency", "requested")
CHECK_STATES = ("up", "degraded", "down", "unknown")
EVIDENCE_KINDS = ("checks", "logs")
CONTACT_ROLES = ("administrative", "technical", "representative")
PARTY_ROLES = ("customer", "partner", "reseller")

_SUPPLIED = ("request", "order", "outage", "maintenance", "complaint")
_TOLD = {*_SUPPLIED, "claim", "customer", "supplier"}  # may be told with words


def _text(name: str, doc: str, *, required: bool = False) -> Field:
    return Field(name, Kind.TEXT, doc, required)


def _word(name: str, doc: str, *words: str, required: bool = False) -> Field:
    return Field(name, Kind.WORD, doc, required, words)


def _person(name: str, doc: str, *, required: bool = False) -> Field:
    return Field(name, Kind.PERSON, doc, required)


def _time(name: str, doc: str, *, required: bool = False) -> Field:
    return Field(name, Kind.TIME, doc, required)


def _yes_no(name: str, doc: str) -> Field:
    return Field(name, Kind.YES_NO, doc)


def _words(name: str, doc: str, *, required: bool = False) -> Field:
    return Field(name, Kind.WORDS, doc, required)


_BY = _person("by", "who did it")
_CHANNEL = _word("channel", "the way it came or went", *CHANNELS)
_PRIORITY = _word("priority", "the priority, in the agreement's words")
_IMPACT = _word("impact", "how many are hit, in the agreement's words")
_URGENCY = _word("urgency", "how badly they are hit, in the agreement's words")
_KIND = _word("kind", "the kind of request, in the agreement's words")
_PART = _word("part", "the part of the service it concerns, in the agreement's words")
_SERVICE = _word("service", "the service it concerns")
_CAUSE = _word("cause", "whose or what fault it is: own, customer, third-party, …")
_HOLD = _word(
    "cause", "what is waited for: customer, representative, remote access, …", required=True
)
_RESUMED = _word("cause", "the cause that ends; without it all causes end")
_REASON = _text("reason", "why")
_AUTOMATIC = _yes_no("automatic", "sent by a machine, so no person answered")
_INTERNAL = _yes_no("internal", "not seen by the customer, so no answer to them")
_ACCOUNTS = _words("accounts", "the accounts concerned; without them all are")
_REGIONS = _words("regions", "the regions concerned; without them all are")
_SERVICES = _words("services", "the services concerned; without them all are")
_MAINTENANCE_KIND = _word("kind", "the kind of maintenance", *MAINTENANCE_KINDS)
_SUPPLIER = _word("supplier", "the supplier concerned")
_REFERENCE = _text("reference", "the supplier's own number for it")
_OFFICE = _word("office", "the office that serves the account")
_COMPLAINED = _person("author", "who complained")
_ABOUT = _text("about", "about what")
_OWNER = _person("owner", "the person named as in charge")
_REGION = _word("region", "the region the account is served in")
_GRANTED = Field("amount", Kind.MONEY, "the amount granted")
_INVOICE = _text("invoice", "the invoice it stands on")
_WRITTEN = _text("written", "the digest of what was written, kept apart so that it can be erased")
_CLAIMED = (
    _word("period", "the period claimed for, such as 2027-03"),
    _word("credit", "the credit claimed, by the name of its term"),
    _SERVICE,
)


def _type(
    name: str,
    doc: str,
    *fields: Field,
    things: tuple[str, ...] = (),
    periods: tuple[tuple[str, str], ...] = (),
) -> FactType:
    thing = name.partition(".")[0]
    own = (*fields, _WRITTEN) if thing in _TOLD else fields
    return FactType(name, things or (thing,), doc, own, periods)


FACT_TYPES: tuple[FactType, ...] = (
    # -- the agreement and its parties: first, so that what happens at one instant finds them known
    _type(
        "agreement.posted",
        "A revision of an agreement was posted.",
        _word("agreement", "the agreement's name", required=True),
        _word("revision", "the revision's number", required=True),
        _time("in_force", "when it takes effect"),
        _words("to", "who was told: customers, resellers, …"),
    ),
    _type(
        "customer.agreed",
        "A customer agreed to a provider's agreement.",
        _word("provider", "who promises"),
        _word("agreement", "the agreement's name"),
        _word("plan", "the plan taken"),
        _REGION,
        _OFFICE,
        Field("fee", Kind.MONEY, "the monthly fee"),
        _time("from", "when the account's life begins; without it at the fact's time"),
        _time("until", "when the account's life ends"),
        _word("reseller", "who sold it on"),
        _word("role", "the party's role", *PARTY_ROLES),
        periods=(("from", "until"),),
    ),
    _type(
        "customer.renewed",
        "A customer renewed.",
        _word("plan", "the plan from now on"),
        _time("until", "when the account's life now ends"),
    ),
    _type(
        "customer.trained",
        "A person of the customer was trained.",
        _person("person", "who was trained", required=True),
        _BY,
    ),
    _type(
        "customer.added",
        "An addition, such as 24x7 support, was connected.",
        _word("addition", "the addition's name", required=True),
        _word("service", "the service it is connected to; without it all"),
        _time("from", "when it begins; without it at the fact's time"),
        _time("until", "when it ends"),
        periods=(("from", "until"),),
    ),
    _type(
        "customer.infrastructure changed",
        "The customer reported a change to its own infrastructure.",
        _text("what", "what changed"),
        _BY,
    ),
    _type(
        "customer.fee",
        "The monthly fee changed.",
        Field("amount", Kind.MONEY, "the monthly fee from now on", required=True),
        _word("service", "the service the fee is for; without it all"),
    ),
    _type(
        "customer.office",
        "Another office or region serves the account from now on.",
        _OFFICE,
        _REGION,
    ),
    _type(
        "customer.contact",
        "A person was named as the customer's contact.",
        _person("person", "who is named", required=True),
        _word("role", "what for", *CONTACT_ROLES, required=True),
    ),
    # -- requests
    _type(
        "request.opened",
        "A request was made.",
        _person("author", "who made it"),
        _word("author_role", "the author's role: user, super user, …"),
        _CHANNEL,
        _text("channel_reason", "why this channel, such as the portal being down"),
        _KIND,
        _PART,
        _PRIORITY,
        _IMPACT,
        _URGENCY,
        _SERVICE,
        _CAUSE,
    ),
    _type("request.forwarded", "The request was passed on to the provider.", _BY),
    _type(
        "request.classified",
        "The request's priority or kind was set or changed.",
        _PRIORITY,
        _IMPACT,
        _URGENCY,
        _KIND,
        _PART,
        _REASON,
        _person("decided_by", "who decided"),
        _text("unmet", "what was asked of the customer and not supplied"),
        _BY,
    ),
    _type(
        "request.assigned",
        "The request was given to a person or team.",
        _person("to", "who has it now"),
        _word("team", "the team that has it now"),
        _BY,
    ),
    _type("request.answered", "The provider answered.", _BY, _AUTOMATIC, _INTERNAL),
    _type("request.started", "Work on the request started.", _BY),
    _type("request.replied", "The customer wrote again.", _BY),
    _type(
        "request.awaiting",
        "Something must come before work can go on.",
        _HOLD,
        _text("what", "what is waited for, in words"),
        _BY,
    ),
    _type("request.resumed", "What was waited for came, or is no longer needed.", _RESUMED, _BY),
    _type("request.updated", "The provider told of progress.", _BY, _AUTOMATIC, _INTERNAL),
    _type(
        "request.escalated",
        "The request was taken further, for example to a manufacturer.",
        _word("to", "to whom"),
        _yes_no("billable", "billed to the customer"),
        Field("spent", Kind.DURATION, "the time spent"),
        _BY,
    ),
    _type(
        "request.resolved",
        "The request was resolved.",
        _BY,
        _word("release", "the release that resolves it"),
    ),
    _type("request.reopened", "The request was not resolved after all.", _BY),
    _type("request.closed", "The request's record was closed; it proves no resolution.", _BY),
    _type(
        "request.merged",
        "The request goes on as part of another.",
        Field("into", Kind.SUBJECT, "the other request", required=True),
        _BY,
    ),
    _type("request.cancelled", "The request was withdrawn.", _REASON, _BY),
    _type(
        "request.cause",
        "The cause became known or changed.",
        _word("cause", "whose or what fault it is: own, customer, third-party, …", required=True),
        _BY,
    ),
    _type(
        "request.session arranged",
        "A session was arranged, perhaps outside hours.",
        _time("start", "when it begins", required=True),
        _time("end", "when it ends", required=True),
        _BY,
        periods=(("start", "end"),),
    ),
    _type(
        "request.unrecorded",
        "The source does not record whether or when these happened, or what they should tell.",
        Field("what", Kind.TYPES, "the types of fact that are not recorded", required=True),
        _words("fields", "if given, the fields that facts of these types are recorded without"),
        _REASON,
    ),
    # -- complaints and orders
    _type("complaint.received", "A complaint came in.", _COMPLAINED, _CHANNEL, _ABOUT),
    _type("complaint.confirmed", "The complaint's receipt was confirmed.", _OWNER, _BY),
    _type("complaint.contacted", "Contact was made about the complaint.", _BY),
    _type("complaint.answered", "The outcome was told.", _BY),
    _type(
        "order.placed",
        "Something was ordered.",
        _word("item", "what was ordered", required=True),
        _time("wanted", "when it is wanted"),
        _CHANNEL,
        Field("quantity", Kind.WHOLE, "how many"),
        _person("author", "who ordered"),
    ),
    _type("order.held", "The order waits for something.", _HOLD, _BY),
    _type("order.resumed", "What the order waited for came.", _RESUMED, _BY),
    _type("order.delivered", "The order was delivered.", _BY),
    _type("order.cancelled", "The order was withdrawn.", _REASON, _BY),
    # -- maintenance, backups, releases
    _type(
        "maintenance.planned",
        "Maintenance was scheduled.",
        _word("kind", "the kind of maintenance", *MAINTENANCE_KINDS, required=True),
        _time("start", "the planned start", required=True),
        _time("end", "the planned end", required=True),
        _SERVICES,
        _word("site", "the site concerned"),
        _REGIONS,
        _ACCOUNTS,
        _person("requested_by", "the customer or person that asked for it"),
        periods=(("start", "end"),),
    ),
    _type(
        "maintenance.announced",
        "The maintenance was announced.",
        _words("to", "to whom: customers, partners, resellers, …", required=True),
        _CHANNEL,
    ),
    _type(
        "maintenance.changed",
        "The plan was changed.",
        _time("start", "the new planned start"),
        _time("end", "the new planned end"),
        periods=(("start", "end"),),
    ),
    _type("maintenance.started", "The maintenance began.", _MAINTENANCE_KIND, _SERVICES),
    _type("maintenance.ended", "The maintenance ended.", _MAINTENANCE_KIND, _SERVICES),
    _type("maintenance.cancelled", "The maintenance was called off.", _REASON),
    _type("backup.taken", "A backup was taken.", _word("set", "the set of backups it belongs to")),
    _type("backup.deleted", "A backup was deleted.", _REASON),
    _type(
        "release.planned",
        "A release was planned, or its date moved.",
        _time("planned", "when it shall ship", required=True),
        _word("product", "the product"),
    ),
    _type("release.shipped", "A release shipped.", _word("product", "the product")),
    # -- outages and claims
    _type(
        "outage.reported",
        "An outage was reported.",
        _SERVICE,
        _time("start", "when it began, as far as known"),
        _time("end", "when it ended, as far as known"),
        _CAUSE,
        _ACCOUNTS,
        _REGIONS,
        Field("users", Kind.WHOLE, "how many users are hit"),
        _word("kind", "the kind of failure, in the agreement's words"),
        periods=(("start", "end"),),
    ),
    _type(
        "outage.judged",
        "A person settled an outage's time frame or cause.",
        _time("start", "when it began"),
        _time("end", "when it ended"),
        _SERVICE,
        _CAUSE,
        _ACCOUNTS,
        _REGIONS,
        _yes_no("counted", "whether it was an outage; without it, it was"),
        _REASON,
        _BY,
        periods=(("start", "end"),),
    ),
    _type(
        "outage.announced",
        "The outage was announced.",
        _words("to", "to whom: customers, partners, resellers, …", required=True),
        _CHANNEL,
    ),
    _type("outage.ended", "The outage ended."),
    _type(
        "claim.filed",
        "A customer demanded a credit.",
        Field("amount", Kind.MONEY, "the amount demanded"),
        *_CLAIMED,
        _words("holds", "what the claim holds, in the words that the agreement asks for"),
    ),
    _type("claim.accepted", "The claim was accepted.", _GRANTED, *_CLAIMED),
    _type("claim.rejected", "The claim was rejected.", _REASON, *_CLAIMED),
    _type("claim.applied", "The credit was given.", _INVOICE, *_CLAIMED),
    # -- checks, and suppliers: their facts are about a service, a request, an order, …
    _type(
        "check.observed",
        "A check saw a service in a state.",
        _word("check", "the check's name", required=True),
        _word("state", "what it saw", *CHECK_STATES, required=True),
        _word("place", "where it looked from"),
        _word("kind", "looks from outside, or the component's own log", *EVIDENCE_KINDS),
        Field("milliseconds", Kind.WHOLE, "how long the answer took"),
        Field("attempts", Kind.WHOLE, "how many attempts it sums up"),
        Field("failed", Kind.WHOLE, "how many of them failed"),
        Field("loss", Kind.DECIMAL, "the packets lost, in percent"),
        things=("service", "check"),
    ),
    _type(
        "supplier.reported",
        "The fault was reported to a supplier.",
        *(_SUPPLIER, _REFERENCE, _BY),
        things=_SUPPLIED,
    ),
    _type("supplier.answered", "The supplier answered.", _SUPPLIER, _REFERENCE, things=_SUPPLIED),
    _type(
        "supplier.updated",
        "The supplier told of progress.",
        *(_SUPPLIER, _REFERENCE, _BY),
        things=_SUPPLIED,
    ),
    _type(
        "supplier.resolved",
        "The supplier resolved its part.",
        *(_SUPPLIER, _REFERENCE),
        things=_SUPPLIED,
    ),
)
BY_NAME = MappingProxyType({fact_type.name: fact_type for fact_type in FACT_TYPES})
ORDER = MappingProxyType({name: place for place, name in enumerate(BY_NAME)})
THINGS: tuple[str, ...] = tuple(dict.fromkeys(thing for one in FACT_TYPES for thing in one.things))
