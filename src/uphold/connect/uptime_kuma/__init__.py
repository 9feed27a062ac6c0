"""Looks out of Uptime Kuma's SQLite file (`kuma.db`), of versions 1 and 2.

Each row of `heartbeat` is one look of a monitor, with its time in UTC. What the states mean:

- 0 is down and 1 up. A monitor that is upside down is stored as it counts, turned already.
- 2, pending, is a failed look whose retries are still to come. It is down by default: the look
  did fail, Kuma's own uptime counts it as down, and an agreement that forgives retries says so
  itself (`3 checks in a row fail`). `pending` "unknown" takes it for no answer instead.
- 3 is maintenance: Kuma did not look at all. It is unknown, and the report counts it; what
  maintenance excludes, the agreement and its facts say.

A pending look speaks for the monitor's retry interval, any other for its interval; both are as
set now, for Kuma keeps no history of them. `interval` overrides the latter.

Version 2 deletes what is older than a day and changed nothing (`important` = 0), but for each
monitor's last 100 looks: what is left is a log of changes. Such a stretch stays unknown, and a
note says so, unless `holds` says for how long a state holds at most. Two things are lost in it
for good: failed looks that were pending, and that Kuma was itself down between two changes.

The file is opened read-only and read in one transaction, while Kuma writes or not. Kuma's newest
looks stand in `kuma.db-wal` as long as it runs: copy both, or copy with SQLite's own `.backup`.
Source: `db/`, `server/model/monitor.js`, `server/jobs/clear-old-data.js` and
`server/uptime-calculator.js` of louislam/uptime-kuma.
"""

from uphold.connect.uptime_kuma.heartbeats import looks
from uphold.connect.uptime_kuma.options import Options

__all__ = ["Options", "looks"]
