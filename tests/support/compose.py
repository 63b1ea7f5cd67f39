"""How Docker Compose reads a file: by its own command, or by its parser in a small program of Go."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.support import runtime

SOURCE = Path(__file__).with_name("compose_check")
_SECONDS = 60
_BUILD_SECONDS = 300

Parser = tuple[str, ...]
"""A command that takes a Compose file and prints, as JSON, what Docker Compose makes of it."""


class NoParser(Exception):
    """This machine has nothing that reads a file as Docker Compose does; the message says what is missing."""


class Refused(Exception):
    """Docker Compose does not take a file; the message is its own."""


def find_parser(folder: Path) -> Parser:
    """Return the parser: Docker Compose, else the program, which is built into ``folder``. Raises NoParser."""
    docker = shutil.which("docker")
    if docker and is_plugin(docker):
        return (docker, "compose", "--env-file", os.devnull, "--file", "-", "config", "--format", "json")
    go = shutil.which("go")
    if go is None:
        raise NoParser("neither Docker Compose nor Go, which builds its parser, is installed")
    return build(go, folder)


def is_plugin(docker: str) -> bool:
    """Whether the command ``docker`` has Docker Compose; it needs no engine for that."""
    command = (docker, "compose", "version")
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def build(go: str, folder: Path) -> Parser:
    """Build the program with Go, which keeps what it downloads in its own cache. Raises NoParser."""
    program = folder / SOURCE.name
    try:
        subprocess.run(
            # The checkout may be somebody else's, and Debian's Go comes without a C compiler.
            (go, "build", "-buildvcs=false", "-o", program, "."),
            cwd=SOURCE,
            env={**os.environ, "CGO_ENABLED": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_BUILD_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise NoParser(f"{go} did not build Docker Compose's parser within {_BUILD_SECONDS} s") from None
    except subprocess.CalledProcessError as problem:
        raise NoParser(f"{go} could not build Docker Compose's parser: {problem.stderr.strip()[-500:]}") from problem
    return (str(program),)


def resolve(parser: Parser, text: str, **variables: str) -> dict[str, Any]:
    """Return the project that the text of a file describes where these variables are set, and no others.

    Raises Refused.
    """
    # What Docker needs to find its plug-in, and nothing that the file could take a value from.
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "DOCKER_CONFIG") if name in os.environ}
    done = subprocess.run(
        parser,
        input=text,
        env=environment | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise Refused(done.stderr.strip())
    project: dict[str, Any] = json.loads(done.stdout)
    return project


def without_parser(reason: NoParser) -> NoReturn:
    """Skip the calling test, or fail it where ``CI`` is set: a pipeline must not pass on tests that did not run."""
    if runtime.in_ci():
        pytest.fail(f"no parser of Docker Compose: {reason}", pytrace=False)
    pytest.skip(f"no parser of Docker Compose: {reason}")
