"""An operation compiled once: limits, permissions, one SQL statement.

    bindings    the schema's declarations, checked at start-up
    selection   which fields an operation asks for, after fragments and directives
    parameters  bind parameters: from arguments, viewer and clock, and their values at run time
    domains     row sets: where a reach is joined and where rows below inherit it
    listings    filters and the order of a list, each with the guard of the field it reveals
    pages       a page by key
    compiler    selection + role -> one SELECT that lets PostgreSQL write the JSON
    plan        running a compiled operation; explaining what the rows refused
    general     the same compiler behind graphql-core, for what a plan does not cover

An operation is planned per role and per shape of its variables (which are given; the values of enums, booleans and
page sizes); everything else is a bind parameter. Grants are joined inside the statement, so nothing about access is
cached and a revocation holds at the next request.
"""
