"""The kernel: Arrow tables in, Arrow tables out, and no word of files, threads or clusters.

`runs_of` turns a chunk of checks into runs, `join` puts runs of any chunks together in any
grouping, `figures` measures them. A cluster engine can call the three unchanged.
"""
