"""The same figures in Polars, for checks that are sorted by monitor and time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from bulk_checks.data import Case
from uphold.batch import Rule

if TYPE_CHECKING:
    import polars as pl

_EARLY, _LATE = -(10**17), 10**17


def polars_figures(case: Case) -> pa.Table:
    """The figures, as a table with the columns that ours has."""
    import polars as pl

    rule = case.rule
    least = rule.least or 0
    runs, checks = _runs(case)
    word = pl.col("state").cast(pl.String)
    failed = runs.filter(word == "down")
    down = _islands(failed.select("check", s="first", e="until", failed="last"), "failed")
    known = _islands(runs.filter(word != "unknown").select("check", s="first", e="until"))
    blank = _blank(known, checks)
    most = _hanging(pl.concat([down.select("check", "s", "e"), blank]), _wide(runs, word, rule))
    short = (
        blank.join_where(
            most.filter(pl.col("e") - pl.col("s") < least).rename(
                {"check": "of", "s": "ms", "e": "me"}
            ),
            pl.col("s") >= pl.col("ms"),
            pl.col("e") <= pl.col("me"),
        )
        .filter(pl.col("check") == pl.col("of"))
        .select("check", "s", "e")
    )
    long = pl.col("e") - pl.col("s") >= least
    spans = pl.concat(
        [
            frame.select("check", "s", "e", kind=pl.lit(kind))
            for kind, frame in (
                ("down", down.filter(long)),
                ("known", known),
                ("least", down.select("check", "s", e="failed").filter(long)),
                ("most", most.filter(long)),
                ("short", short),
            )
        ]
    )
    return _figures(spans, case, checks)


def _runs(case: Case) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Runs of equal looks; a file that is not sorted is refused."""
    import polars as pl

    rule = case.rule
    allowed = rule.allowed(None)
    looks = pl.scan_parquet(case.checks).select(
        "check",
        "state",
        at=pl.col("checked_at").to_physical(),
        c=pl.col("check").to_physical(),
        k=pl.col("state").to_physical(),
    )
    other = pl.col("c") != pl.col("c").shift()
    gap = pl.col("at") - pl.col("at").shift()
    begins = (
        other | (pl.col("k") != pl.col("k").shift()) | (gap > allowed) | (gap <= 0)
    ).fill_null(value=True)
    ends = (pl.col("c") != pl.col("c").shift(-1)).fill_null(value=True)
    found = (
        looks.with_columns(
            begins=begins, ends=ends, prev=pl.col("at").shift(), wrong=(gap <= 0) & ~other
        )
        .filter(pl.col("begins") | pl.col("ends"))
        .select("check", "state", "at", "begins", "ends", "prev", "wrong")
        .collect()
    ).with_columns(check=pl.col("check").cast(pl.String))
    if found["wrong"].any():
        raise SystemExit("the file is not sorted by monitor and time")
    lasts = found.filter("ends").select("check", end="at")
    runs = (
        found.filter("begins")
        .join(lasts, on="check", maintain_order="left")
        .with_columns(
            first="at",
            last=pl.col("prev").shift(-1).over("check").fill_null(pl.col("end")),
            next=pl.col("at").shift(-1).over("check"),
        )
        .with_columns(
            until=pl.when(pl.col("next") - pl.col("last") <= allowed)
            .then(pl.col("next"))
            .otherwise(pl.col("last") + (rule.interval or 0))
        )
    )
    return runs, lasts.select("check")


def _hanging(firm: pl.DataFrame, edged: pl.DataFrame) -> pl.DataFrame:
    """What hangs together: firm stretches by touching too, edged ones not by an edge alone."""
    import polars as pl

    doubled = pl.concat(
        [
            firm.select("check", pl.col("s") * 2 - 1, pl.col("e") * 2 + 1),
            edged.select("check", pl.col("s") * 2, pl.col("e") * 2),
        ]
    )
    # Neighbours a place apart would be joined by touching, and are not to be.
    apart = doubled.with_columns(pl.col("e") - 1)
    return _islands(apart).with_columns((pl.col("s") + 1) // 2, (pl.col("e") + 1) // 2)


def _islands(frame: pl.DataFrame, more: str | None = None) -> pl.DataFrame:
    """The union of stretches by check; those that touch are joined."""
    import polars as pl

    kept = [pl.col(more).max()] if more else []
    return (
        frame.filter(pl.col("s") < pl.col("e"))
        .sort("check", "s", "e")
        .with_columns(
            fresh=(pl.col("s") > pl.col("e").cum_max().shift().over("check")).fill_null(value=True)
        )
        .with_columns(island=pl.col("fresh").cum_sum())
        .group_by("check", "island", maintain_order=True)
        .agg(pl.col("s").min(), pl.col("e").max(), *kept)
        .drop("island")
    )


def _blank(known: pl.DataFrame, checks: pl.DataFrame) -> pl.DataFrame:
    """What no look speaks for, from long before to long after."""
    import polars as pl

    behind = known.select(
        "check", s="e", e=pl.col("s").shift(-1).over("check").fill_null(pl.lit(_LATE))
    )
    before = checks.join(known.group_by("check").agg(e=pl.col("s").min()), on="check", how="left")
    first = before.select("check", s=pl.lit(_EARLY, pl.Int64), e=pl.col("e").fill_null(_LATE))
    return pl.concat([behind, first])


def _wide(runs: pl.DataFrame, word: Any, rule: Rule) -> pl.DataFrame:
    """From the last good look to the next, no further than a silence, for each failed run."""
    import polars as pl

    good = ~word.is_in(["down", "unknown"])
    silent = (pl.col("next") - pl.col("last") > rule.allowed(None)).fill_null(value=False)
    parts = ["check", "silence"]
    before = pl.when(good).then(pl.col("last")).forward_fill().over(parts)
    after = pl.when(good).then(pl.col("first")).backward_fill().over(parts)
    return (
        runs.with_columns(silence=silent.shift(fill_value=False).cum_sum())
        .with_columns(s=before, e=after)
        .filter(word == "down")
        .select(
            "check", pl.col("s").fill_null(pl.col("first")), pl.col("e").fill_null(pl.col("until"))
        )
    )


def _figures(spans: pl.DataFrame, case: Case, checks: pl.DataFrame) -> pa.Table:
    """What lies in the windows and outside the exclusions, summed up."""
    import polars as pl

    def physical(name: str) -> pl.Expr:
        return pl.col(name).dt.epoch("us")

    given_windows, given = pl.from_arrow(case.windows), pl.from_arrow(case.exclusions)
    assert isinstance(given_windows, pl.DataFrame) and isinstance(given, pl.DataFrame)
    windows = given_windows.select("label", ws=physical("start"), we=physical("end"))
    own = given.select("check", s=physical("start"), e=physical("end"))
    common = own.filter(pl.col("check").is_null()).drop("check")
    excluded = _islands(
        pl.concat(
            [
                own.join(checks, on="check", how="semi"),
                checks.join(common, how="cross"),
            ]
        )
    )

    def inside(frame: pl.DataFrame) -> pl.DataFrame:
        return (
            frame.join(windows, how="cross")
            .with_columns(s=pl.max_horizontal("s", "ws"), e=pl.min_horizontal("e", "we"))
            .filter(pl.col("s") < pl.col("e"))
        )

    cut = inside(spans).with_row_index("id")
    taken = (
        cut.join(excluded.rename({"s": "xs", "e": "xe"}), on="check")
        .with_columns(length=pl.min_horizontal("e", "xe") - pl.max_horizontal("s", "xs"))
        .filter(pl.col("length") > 0)
        .group_by("id")
        .agg(taken=pl.col("length").sum())
    )
    net = cut.join(taken, on="id", how="left").with_columns(
        length=pl.col("e") - pl.col("s") - pl.col("taken").fill_null(0)
    )

    def total(kind: str) -> pl.Expr:
        return pl.col("length").filter(pl.col("kind") == kind).sum()

    outage = (pl.col("kind") == "down") & (pl.col("length") > 0)
    sums = net.group_by("check", "label").agg(
        down=total("down"),
        known=total("known"),
        down_highest=total("least"),
        down_lowest=total("most"),
        unknown_short=total("short"),
        outages=outage.sum().cast(pl.Int64),
        longest=pl.col("length").filter(outage).max(),
    )
    out = (
        inside(excluded).group_by("check", "label").agg(excluded=(pl.col("e") - pl.col("s")).sum())
    )
    found = (
        checks.join(windows, how="cross")
        .join(out, on=["check", "label"], how="left")
        .join(sums, on=["check", "label"], how="left")
        .with_columns(pl.col(pl.Int64).fill_null(0))
        .with_columns(owed=pl.col("we") - pl.col("ws") - pl.col("excluded"))
        .with_columns(unknown=pl.col("owed") - pl.col("known"))
        .rename({"label": "window"})
    )
    table: pa.Table = found.to_arrow()
    return table
