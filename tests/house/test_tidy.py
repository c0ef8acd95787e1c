"""What keeps the tree readable: small files, telling names, one clock, no chatter, no strangers' addresses."""

import ast
import re
from pathlib import PurePosixPath

from tests.house.tree import Offence, called_name, files, numbered_lines, read, report, search

LINES_MAX = 400
LONG_FILES: dict[str, tuple[int, str]] = {}
"""Files that may be longer: path -> (lines at most, the reason). This list and its numbers may only shrink."""

WRITTEN_BY_MACHINES = re.compile(
    r"(^|/)generated/|\.generated\.|-lock\.json$|^infra/migrations/versions/|^[^/]+/src/gql/"
)
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "shared", "lib"}
PYTHON = files(".py")
SERVED = files(".py", under=("gateway/", "services/"))
TYPED = files(".py", ".ts", ".tsx", ".css", ".mjs", ".js")
TEXTS = files(
    *(
        ".py",
        ".ts",
        ".tsx",
        ".css",
        ".mjs",
        ".js",
        ".json",
        ".toml",
        ".lock",
        ".md",
        ".yml",
        ".yaml",
        ".html",
    ),
    *(".cfg", ".ini", ".sh", ".graphql", ".svg", "Makefile", "Dockerfile", "Containerfile", "run", ".npmrc"),
)


class TestFiles:
    def test_are_short_enough_to_hold_one_thing(self) -> None:
        offences = []
        for path in TYPED:
            if WRITTEN_BY_MACHINES.search(path):
                continue
            lines = read(path).count("\n")
            if lines > LONG_FILES.get(path, (LINES_MAX, ""))[0]:
                offences.append(
                    Offence(
                        path,
                        lines,
                        f"{lines} lines. Ask which two things it is and make it a folder of the same name, one file"
                        " per noun or act; if it truly is one thing, enter it in LONG_FILES with the reason.",
                    )
                )

        assert not offences, report(offences)

    def test_on_the_list_of_long_files_still_need_it(self) -> None:
        offences = [
            Offence("tests/house/test_tidy.py", 1, f"{path} is short enough or gone: take it off LONG_FILES.")
            for path in LONG_FILES
            if path not in TYPED or read(path).count("\n") <= LINES_MAX
        ]

        assert not offences, report(offences)

    def test_are_named_by_what_they_hold(self) -> None:
        offences = [
            Offence(
                path, 1, "Names nothing. Call it by the noun it owns, or put its parts where they are used."
            )
            for path in TYPED
            if FORBIDDEN_NAMES & {part.split(".")[0].lower() for part in PurePosixPath(path).parts}
        ]

        assert not offences, report(offences)

    def test_name_no_registry_and_no_place_on_one_machine(self) -> None:
        strangers = re.compile(
            r"registry\.(npmjs|yarnpkg)|(files\.)?python"
            r"hosted\.org|\bpypi\.org|proxy\.golang|(?<![\w./-])/(work|root|home/\w+|Users/\w+|tmp/\w+)/"
        )
        advice = (
            "Names a download address or a folder of one machine. Locks hold names, versions and hashes only."
        )
        offences = [
            Offence(path, line, advice)
            for path in TEXTS
            if path != "tests/house/test_tidy.py"
            for line, text in numbered_lines(path)
            if strangers.search(text)
        ]

        assert not offences, report(offences)

    def test_end_every_todo_with_a_condition(self) -> None:
        bare = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?! until \w)")
        offences = [
            Offence(path, line, "Name what ends it: `TODO until <condition>: <what then>`, or do it now.")
            for path in TYPED
            if path != "tests/house/test_tidy.py"
            for line, text in numbered_lines(path)
            if bare.search(text)
        ]

        assert not offences, report(offences)


class TestServices:
    def test_never_print(self) -> None:
        speakers = {"gateway/cli.py"}

        offences = search(
            tuple(path for path in SERVED if path not in speakers and not path.startswith("gateway/cli/")),
            lambda node: called_name(node) == "print",
            "Log an event with ids and codes (services.kit.logs), or return what happened.",
        )

        assert not offences, report(offences)

    def test_ask_one_clock(self) -> None:
        clocks = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today)$|^time\.time$")

        offences = search(
            tuple(path for path in SERVED if path != "services/kit/clock.py"),
            lambda node: bool(clocks.search(called_name(node))),
            "Ask services.kit.clock (now, today), so that tests and demos can move the time.",
        )

        assert not offences, report(offences)

    def test_declare_no_relationships_between_tables(self) -> None:
        offences = search(
            SERVED,
            lambda node: called_name(node).split(".")[-1] in {"Relationship", "relationship", "backref"},
            "Keep the other record's id with a foreign key by table name; reads join in queries.py.",
        )

        assert not offences, report(offences)

    def test_leave_the_commit_to_the_one_transaction(self) -> None:
        offences = search(
            tuple(path for path in SERVED if not path.startswith("services/kit/")),
            lambda node: called_name(node).endswith((".commit", ".rollback")),
            "db.write() commits at its end and rolls back on any exception; an act only writes rows.",
        )

        assert not offences, report(offences)

    def test_keep_sql_out_of_schema_files(self) -> None:
        schema_files = tuple(
            path for path in SERVED if re.search(r"/schema(\.py|/)", path) and "/services/" in f"/{path}"
        )

        def imports_sql(node: ast.AST) -> bool:
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            return any(name.split(".")[0] in {"sqlalchemy", "sqlmodel", "asyncpg"} for name in names)

        offences = search(
            schema_files, imports_sql, "A field's source is an expression in the module's queries.py."
        )

        assert not offences, report(offences)

    def test_never_hold_money_in_a_float(self) -> None:
        money = re.compile(r"amount|total|balance|price|debit|credit|vat|fee|salary", re.IGNORECASE)

        def declares_float(node: ast.AST) -> bool:
            return (
                isinstance(node, ast.AnnAssign)
                and bool(money.search(ast.unparse(node.target)))
                and "float" in ast.unparse(node.annotation)
            )

        offences = search(
            SERVED, declares_float, "Money is Decimal (services.kit.money), in Python as in the database."
        )

        assert not offences, report(offences)
