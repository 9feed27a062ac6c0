"""The server: a service desk, its ledger and its API, on SQLite or PostgreSQL.

Views translate, services act, the engine decides. An app may import another app's `services`,
never its models or views.
"""
