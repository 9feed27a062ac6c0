"""Judging things by the million, with the same verdicts as one by one."""
