"""Looks out of Upptime, the status page that is kept in a git repository.

Upptime looks at each site about every five minutes, and twice again where that failed (a failed
look whose retry is answered is up). It records a look when the state differs from the last one
recorded, and once a day besides: by rewriting `history/<slug>.yml` and committing it. What it
saw in between stands nowhere, so its records are a log of changes. Three shapes are read:

- a git repository: every version of every `history/<slug>.yml` in it, which is the whole record;
- a folder of such files, or one of them: the last look of each alone;
- a CSV file with the columns `checked_at, service, state, http_status, response_ms`, as made from
  such a history, one row for each look recorded: a plain table, which `uphold.facts.evidence`
  reads. Several files of one log have to be given to that together.

The check is the file's slug, or the service. With `holds` a record stands until the next, at most
for that long; then it is unknown. Without it records are single looks and all else is unknown.
Upptime's own schedules (uptime every 5 minutes, response times at 23:00 UTC) suggest an interval of
5 minutes and a hold of 26 hours, but a repository may have others, so that nothing is assumed.
The response time of a failed look measures nothing and is left out. Source: `src/update.ts` and
`src/helpers/constants.ts` of upptime/uptime-monitor, and histories of upptime/upptime, whose
first version of 2020 wrote each line as an item of a list.
"""

from uphold.connect.upptime.options import Options
from uphold.connect.upptime.reading import looks

__all__ = ["Options", "looks"]
