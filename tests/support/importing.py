"""Runs ``neo4j-admin database import`` on a folder of CSV files, as somebody would who follows what stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

from tests.support import runtime
from tests.support.server import ProcessServer, ServerFailed, class_archive

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT_SECONDS = 180


def import_csv(folder: Path, home: Path) -> ProcessServer:
    """Fill the database of a new server home by the call that the folder tells; return the server, started.

    Raises NoServer where there is no Java or no Neo4j, and ServerFailed where the import does not succeed.
    """
    run_import(folder, home)
    return server_on(home)


def server_on(home: Path, *, quick: bool = True) -> ProcessServer:
    """Start a server on a home that has its database already; ``quick`` as for ``start_server``."""
    java, jars = runtime.find_java(), runtime.resolve_jars()
    return ProcessServer(java, jars, home=home, options=class_archive(java, jars), quick=quick)


def run_import(folder: Path, home: Path, *, quick: bool = True) -> None:
    """Fill the database of a new server home by the call that the folder tells; no server runs on it yet.

    Raises NoServer where there is no Java or no Neo4j, and ServerFailed where the import does not succeed.
    """
    java, jars = runtime.find_java(), runtime.resolve_jars()
    archive = class_archive(java, jars)
    for name in ("conf", "logs", "plugins"):
        (home / name).mkdir(parents=True)
    (home / "conf" / "neo4j.conf").touch()
    # What the script `neo4j-admin` starts another Java for, with the options that the machine's size suggests.
    command: list[str | Path] = [
        java,
        *archive,
        *runtime.java_options(quick=quick),
        "-Xmx1g",
        "-cp",
        f"{jars}/*",
        "org.neo4j.cli.AdminTool",
    ]
    folders = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(
        [*command, *call(folder)],
        cwd=folder,
        env={**os.environ, **folders},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_IMPORT_SECONDS,
        check=False,
    )
    if done.returncode:
        raise ServerFailed(f"The import failed:\n{done.stdout}\n{done.stderr}")


def statements(folder: Path) -> list[str]:
    """Return the statements that the folder says to run once the server is there."""
    return (folder / "after-import.cypher").read_text(encoding="utf-8").removesuffix(";\n").split(";\n")


def call(folder: Path) -> list[str]:
    """Return the arguments that the folder says to call ``neo4j-admin`` with."""
    (line,) = re.findall(r"^#   neo4j-admin (.*)$", (folder / "import.args").read_text(encoding="utf-8"), re.MULTILINE)
    return shlex.split(line)
