"""The one process that speaks HTTP: composes the modules into one schema and serves every surface."""
