"""What every row that belongs to somebody bears, so that one place can decide who sees it."""

from __future__ import annotations

from django.db import models


class Owned(models.Model):
    """A row of one provider, and perhaps of one of its customers and of one person there.

    `customer` is the customer's key and `author` the person's, as facts name them; empty where the
    row is about no customer or nobody's own. `uphold.server.accounts.access` filters by these.
    """

    provider = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    customer = models.CharField(max_length=100, blank=True, default="")
    author = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        abstract = True
