"""ServiceNow's incident log to facts.

The log is an audit trail: a row for each change of an incident, with all columns as they were
after it. Facts are what changed from one row to the next, dated by `sys_updated_at`:

- `request.opened` at `opened_at`, with the first row's priority, impact, urgency, channel, caller;
- `request.classified` when the priority, impact or urgency changes, by whoever updated the row;
  the log has no reasons and no news to the customer, and `request.unrecorded` says so;
- `request.assigned` when the person or the group changes;
- `request.answered` and `request.started` at the first row that is neither New nor unassigned;
  where there is none, `request.unrecorded` says that the log does not tell when they were;
- Awaiting User Info is waiting for "customer", Awaiting Problem for "problem", Awaiting Evidence
  for "evidence" (`request.awaiting`, `request.resumed`); an agreement says which it honours;
- Awaiting Vendor is the cause "third-party" until the state is left, when the cause is "own"
  again; whether the supplier and the customer were told is unrecorded;
- `request.resolved` at each row that enters Resolved: `resolved_at` is the last resolution's
  alone, the same in all rows, and moves when a resolved incident is saved again;
- `request.reopened` where the state comes back from Resolved or Closed, or `reopen_count` rises;
- `request.closed`, and `request.cancelled` for Canceled.

Rows are walked in the file's order, which `seq` keeps for what falls on one minute.
"""

from uphold.connect.servicenow.conversion import Conversion, convert
from uphold.connect.servicenow.log import ConversionError
from uphold.connect.servicenow.options import Options
from uphold.connect.servicenow.report import Finding, Report

__all__ = ["Conversion", "ConversionError", "Finding", "Options", "Report", "convert"]
