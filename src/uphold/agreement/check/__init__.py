"""The checker: an agreement is tied to its own text, names what exists and leaves nothing open."""

from uphold.agreement.check.checking import check, check_source
from uphold.agreement.check.subject import FactKind

__all__ = ["FactKind", "check", "check_source"]
