"""The same figures in DuckDB's SQL, worked out from the rules of the page and not from our code."""

from __future__ import annotations

import pyarrow as pa

from bulk_checks.data import Case

# Sorted files: each look beside the one before it, in the order of the file; a file that is not
# sorted is refused. Random files: each instant once, the worst state first, then sorted.
_SORTED = """
create temp table looks as
select * from (
    select check_name, t, state, lag(check_name) over () as before, lag(t) over () as prev,
           lag(state) over () as prev_state
    from (select "check" as check_name, epoch_us(checked_at) as t,
                 case state when 'down' then 'd' when 'unknown' then 'u' else 'g' end as state
          from read_parquet('{path}'))
)
where before is null or before <> check_name or prev_state <> state
   or t - prev > {allowed} or t <= prev;
create temp table ends as
    select "check" as check_name, epoch_us(max(checked_at)) as t
    from read_parquet('{path}') group by all;
"""
_RANDOM = """
create temp table looks as
select * from (
    select check_name, t, state, lag(t) over w as prev, lag(state) over w as prev_state
    from (select check_name, t, case worst when 3 then 'd' when 0 then 'u' else 'g' end as state
          from (select "check" as check_name, epoch_us(checked_at) as t,
                       max(case state when 'down' then 3 when 'degraded' then 2
                                      when 'up' then 1 else 0 end) as worst
                from read_parquet('{path}') group by all))
    window w as (partition by check_name order by t)
)
where prev is null or prev_state <> state or t - prev > {allowed};
create temp table ends as
    select "check" as check_name, epoch_us(max(checked_at)) as t
    from read_parquet('{path}') group by all;
"""
_RUNS = """
create temp table runs as
select check_name, first, last, state, next,
       case when next - last <= {allowed} then next else last + {interval} end as until
from (
    select check_name, looks.t as first, state,
           coalesce(lead(prev) over w, ends.t) as last, lead(looks.t) over w as next
    from looks join ends using (check_name)
    window w as (partition by check_name order by looks.t)
);
"""
_ISLANDS = """
create temp table {name} as
select check_name, min(s) as s, max(e) as e {more}
from (select *, sum(fresh) over (partition by check_name order by s, e, fresh desc
                                 rows unbounded preceding) as island
      from (select *, case when s {touch} max(e) over (partition by check_name order by s, e
                                rows between unbounded preceding and 1 preceding)
                           then 0 else 1 end as fresh
            from ({source}) where s < e))
group by check_name, island;
"""
_UNKNOWN = """
create temp table blank as
select check_name, s, e from (
    select check_name, e as s, lead(s, 1, {late}) over w as e from known
    window w as (partition by check_name order by s)
    union all
    select check_name, {early} as s, min(s) as e from known group by all
    union all
    select check_name, {early}, {late} from ends
    where check_name not in (select check_name from known)
) where s < e;
create temp table wide as
select check_name, 2 * coalesce(before, first) as s, 2 * coalesce(after, until) as e from (
    select *, max(case when state = 'g' then last end)
                  over (partition by check_name, silence order by first
                        rows between unbounded preceding and 1 preceding) as before,
           min(case when state = 'g' then first end)
                  over (partition by check_name, silence order by first
                        rows between 1 following and unbounded following) as after
    from (
        select *, count(*) filter (next - last > {allowed})
                  over (partition by check_name order by first
                        rows between unbounded preceding and 1 preceding) as silence
        from runs))
where state = 'd'
union all select check_name, 2 * s - 1, 2 * e + 1 from blank
union all select check_name, 2 * s - 1, 2 * e + 1 from down;
"""
_FIGURES = """
create temp table spans as
    select 'down' as kind, check_name, s, e from down where e - s >= {least}
    union all select 'known', check_name, s, e from known
    union all select 'least', check_name, s, failed from down
              where failed - s >= {least} and failed > s
    union all select 'most', check_name, s, e from most where e - s >= {least}
    union all select 'short', b.check_name, b.s, b.e from blank b join most m
              on b.check_name = m.check_name and b.s >= m.s and b.e <= m.e
              where m.e - m.s < {least};
create temp table cut as
    select row_number() over () as id, * from (
        select kind, check_name, label, greatest(s, ws) as s, least(e, we) as e
        from spans join windows on s < we and e > ws);
create temp table net as
    select cut.kind, cut.check_name, cut.label, cut.e - cut.s - coalesce(taken, 0) as length
    from cut left join (
        select id, sum(least(cut.e, x.e) - greatest(cut.s, x.s)) as taken
        from cut join excluded x
            on cut.check_name = x.check_name and x.s < cut.e and x.e > cut.s
        group by id) using (id);
create temp table sums as
    select check_name, label,
           coalesce(sum(length) filter (kind = 'down'), 0) as down,
           coalesce(sum(length) filter (kind = 'known'), 0) as known,
           coalesce(sum(length) filter (kind = 'least'), 0) as least,
           coalesce(sum(length) filter (kind = 'most'), 0) as most,
           coalesce(sum(length) filter (kind = 'short'), 0) as short,
           count(*) filter (kind = 'down' and length > 0) as outages,
           coalesce(max(length) filter (kind = 'down'), 0) as longest
    from net group by all;
create temp table owed as
    select check_name, label, we - ws - coalesce(taken, 0) as owed, coalesce(taken, 0) as excluded
    from ends cross join windows left join (
        select x.check_name, w.label, sum(least(w.we, x.e) - greatest(w.ws, x.s)) as taken
        from excluded x join windows w on x.s < w.we and x.e > w.ws group by all)
    using (check_name, label);
"""
_EXCLUDED = """
select ends.check_name, epoch_us(start) as s, epoch_us("end") as e
from given_exclusions x join ends on x."check" is null or x."check" = ends.check_name
"""
_ANSWER = """
select check_name as "check", label as "window", owed, coalesce(down, 0) as down,
       owed - coalesce(known, 0) as unknown, excluded, coalesce(most, 0) as down_lowest,
       coalesce(least, 0) as down_highest, coalesce(short, 0) as unknown_short,
       coalesce(outages, 0) as outages, coalesce(longest, 0) as longest
from owed left join sums using (check_name, label)
"""


def duckdb_figures(case: Case) -> pa.Table:
    """The figures, as a table with the columns that ours has."""
    import duckdb

    rule = case.rule
    values = {
        "path": case.checks,
        "interval": rule.interval,
        "allowed": rule.allowed(None),
        "least": rule.least or 0,
        "early": -(10**17),
        "late": 10**17,
    }
    with duckdb.connect() as base:
        base.register("given_windows", case.windows)
        base.register("given_exclusions", case.exclusions)
        base.execute((_RANDOM if case.is_random else _SORTED).format(**values))
        if not case.is_random:
            wrong = base.execute(
                "select count(*) from looks where t <= prev and check_name = before"
            )
            if (wrong.fetchone() or (0,))[0]:
                raise SystemExit("the file is not sorted by monitor and time")
        base.execute(
            "create temp table windows as select label, epoch_us(start) as ws,"
            ' epoch_us("end") as we from given_windows'
        )
        base.execute(_RUNS.format(**values))
        for name, more, source in (
            (
                "down",
                ", max(last) as failed",
                "select check_name, first as s, until as e, last from runs where state = 'd'",
            ),
            ("known", "", "select check_name, first as s, until as e from runs where state <> 'u'"),
            (
                "excluded",
                "",
                _EXCLUDED,
            ),
        ):
            base.execute(_ISLANDS.format(name=name, more=more, source=source, touch="<="))
        base.execute(_UNKNOWN.format(**values))
        # Stretches from good look to good look do not hang together by a good look alone, all
        # others by touching: so places are doubled, and those others wider by half a place.
        hanging = _ISLANDS.format(name="doubled", more="", source="select * from wide", touch="<")
        base.execute(hanging)
        base.execute(
            "create temp table most as"
            " select check_name, (s + 1) // 2 as s, e // 2 as e from doubled"
        )
        base.execute(_FIGURES.format(**values))
        return base.sql(_ANSWER).to_arrow_table()
