"""The statute as pure arithmetic: lawful transitions, quorum and majority, completeness, deadlines.

Nothing here imports Django or reads a database, so a lawyer can read it and a test needs no services.
"""
