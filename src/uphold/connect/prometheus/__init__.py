"""Looks out of Prometheus: the samples of `probe_success`, or of any query that gives 0 or 1.

There are two ways to ask, and they are not alike:

- `samples` (the default) asks `/api/v1/query` for a range selector, `probe_success[3h]`, which
  gives the raw samples with the very times at which they were scraped. Silence stays silence.
- `range` (where a `step` is given) asks `/api/v1/query_range`, which evaluates the query at every
  step and there repeats the last sample for as long as the server looks back, 5 minutes unless it
  is set otherwise. A Prometheus that was itself dead for 18 seconds so shows no gap at all. It is
  the only way for a query that is no plain selector, such as `avg by (instance)
  (probe_success)`. We ask for a look-back of one step (`lookback_delta`), which only newer
  servers heed, and a note says so.

A sample is up when its value is at least `up_from`, else down. Samples that are NaN, and points
that are not there, are no looks. Stale markers never come out of a range selector. Times are
Prometheus's own, whole milliseconds. Source: the HTTP API and querying pages of Prometheus's
documentation, and answers recorded from Prometheus 2.42.
"""

from uphold.connect.prometheus.client import Credentials, credentials_from
from uphold.connect.prometheus.options import Options, options_of_address
from uphold.connect.prometheus.series import looks

__all__ = ["Credentials", "Options", "credentials_from", "looks", "options_of_address"]
