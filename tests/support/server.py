"""A real Neo4j server for the tests: found, or started from a container or from the server's own jars.

The first that works of: the server that ``GRAPHKB_TEST_NEO4J_URI`` names (with ``GRAPHKB_TEST_NEO4J_USERNAME`` and
``GRAPHKB_TEST_NEO4J_PASSWORD``), a Docker container, a Java process on jars that Maven resolves once. ``NEO4J_URI`` is
never read: it is a user's database, and tests delete everything they find.

``python -m tests.support.server`` starts one for a person to work with.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

import neo4j
import pytest
from neo4j.exceptions import DriverError, Neo4jError
from testcontainers.core.container import DockerContainer

from tests.support import runtime
from tests.support.runtime import NEO4J_VERSION, NoServer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MARKER = "GraphKBTestDatabase"
"""Label of the one node that a test session leaves in the database of ``GRAPHKB_TEST_NEO4J_URI``."""

FEW_PLANS = {"dbms.cypher.min_replan_interval": "1h"}
"""Tests replace all data hundreds of times; planning every question anew each time would take most of their minutes."""

STANDARD_PORTS = (7687, 7474)  # of Bolt and HTTP

_REASON = re.compile(r" ERROR |^Caused by")
_STARTUP_SECONDS = 90
_SHUTDOWN_SECONDS = 120


class ServerFailed(RuntimeError):
    """A server was there to be started or used, and did not work; the message holds the end of its log."""


class Server(ABC):
    """A running Neo4j server whose data tests may delete. As a context manager it closes itself."""

    def __init__(self, uri: str, http_url: str | None, auth: tuple[str, str] | None, description: str) -> None:
        self.uri = uri
        self.http_url = http_url
        self.auth = auth
        self.username, self.password = auth or ("", "")
        self.description = description

    @abstractmethod
    def start(self) -> None:
        """Start the server on its addresses and its data, and wait until it answers. Raises ServerFailed."""

    @abstractmethod
    def stop(self) -> None:
        """Stop the server and keep its data; nothing where it is stopped already. Raises ServerFailed."""

    @abstractmethod
    def close(self) -> None:
        """Stop the server and let go of its data."""

    def driver(self) -> neo4j.Driver:
        """Return a new driver with the server's credentials, to be closed by the caller."""
        return neo4j.GraphDatabase.driver(self.uri, auth=self.auth, connection_timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wait_until_ready(self, is_alive: Callable[[], bool], log: Callable[[], str]) -> None:
        deadline = time.monotonic() + _STARTUP_SECONDS
        while True:
            try:
                with self.driver() as driver, driver.session(database="neo4j") as session:
                    session.run("RETURN 1").consume()
            except (DriverError, Neo4jError) as problem:
                if not is_alive():
                    raise ServerFailed(f"{self.description} ended while starting. Its log:\n{log()}") from problem
                if time.monotonic() > deadline:
                    message = f"{self.description} did not answer within {_STARTUP_SECONDS} s: {problem}\n{log()}"
                    raise ServerFailed(message) from problem
                time.sleep(0.1)
            else:
                return


class GivenServer(Server):
    """The server of ``GRAPHKB_TEST_NEO4J_URI``; tests neither start nor stop it."""

    def __init__(self, uri: str) -> None:
        username = os.environ.get("GRAPHKB_TEST_NEO4J_USERNAME", "neo4j")
        password = os.environ.get("GRAPHKB_TEST_NEO4J_PASSWORD", "")
        super().__init__(uri, None, (username, password) if password else None, f"Neo4j at {uri}")
        with self.driver() as driver:
            driver.verify_connectivity()
            records, _, _ = driver.execute_query(f"MATCH (n) WHERE NOT n:{MARKER} RETURN count(n) AS nodes")
        if nodes := records[0]["nodes"]:
            raise ServerFailed(
                f"The database at {uri} holds {nodes} nodes, and tests delete everything. Let GRAPHKB_TEST_NEO4J_URI "
                "name an empty one, or empty this one yourself: MATCH (n) DETACH DELETE n"
            )

    def start(self) -> None:
        """Do nothing: the server runs."""

    def stop(self) -> None:
        """Refuse: a test that stops its server starts one of its own by :func:`start_server`."""
        raise ServerFailed(f"{self.description} is not the tests' own to stop.")

    def close(self) -> None:
        """Delete what the tests left and mark the database as theirs."""
        with self.driver() as driver:
            empty(driver)
            driver.execute_query(f"CREATE (:{MARKER})")


class ContainerServer(Server):
    """A Docker container on free ports of 127.0.0.1."""

    def __init__(self, auth: tuple[str, str] | None, heap: str, further: Mapping[str, str]) -> None:
        bolt, http = runtime.free_port(), runtime.free_port()
        super().__init__(f"bolt://127.0.0.1:{bolt}", f"http://localhost:{http}", auth, f"container {runtime.IMAGE}")
        settings = {
            "server.memory.heap.max_size": heap,
            "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
            "server.http.advertised_address": f"localhost:{http}",
            **runtime.SHARED_SETTINGS,
            **further,
        }
        environment = {runtime.environment_name(key): value for key, value in settings.items()}
        environment["NEO4J_AUTH"] = "/".join(auth) if auth else "none"
        try:
            self._container = DockerContainer(runtime.IMAGE, env=environment)
            # Docker takes the host's address with the port; testcontainers declares and checks bare ports only.
            self._container.ports.update({"7687": ("127.0.0.1", bolt), "7474": ("127.0.0.1", http)})  # type: ignore[dict-item]
            self._container.start()
        except Exception as problem:
            raise NoServer(f"Docker cannot run {runtime.IMAGE} ({problem})") from problem
        try:
            self._answer()
        except BaseException:
            self.close()
            raise

    def _answer(self) -> None:
        container = self._container.get_wrapped_container()

        def is_alive() -> bool:
            container.reload()
            return bool(container.status == "running")

        self._wait_until_ready(is_alive, lambda: container.logs(tail=30).decode(errors="replace"))

    def start(self) -> None:
        """Start the container again and wait until it answers. Raises ServerFailed."""
        self._container.get_wrapped_container().start()
        self._answer()

    def stop(self) -> None:
        """Stop the container; its data stay in it."""
        self._container.get_wrapped_container().stop(timeout=_SHUTDOWN_SECONDS)

    def close(self) -> None:
        """Remove the container and its data."""
        self._container.stop()


class ProcessServer(Server):
    """A Java process on 127.0.0.1. ``home`` keeps configuration, data and logs; without one they end with the server.

    ``options`` are further options of Java, ``settings`` of Neo4j, and ``quick`` as for :func:`start_server`. Raises
    ServerFailed.
    """

    def __init__(  # noqa: PLR0913 - what a server is started with, each with a name of its own
        self,
        java: Path,
        jars: Path,
        *,
        home: Path | None = None,
        ports: tuple[int, int] | None = None,
        auth: tuple[str, str] | None = None,
        heap: str = "1g",
        options: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
        quick: bool = True,
    ) -> None:
        bolt, http = ports or (runtime.free_port(), runtime.free_port())
        super().__init__(
            f"bolt://127.0.0.1:{bolt}", f"http://localhost:{http}", auth, f"Neo4j {NEO4J_VERSION} on {java}"
        )
        self._temporary = None if home else tempfile.TemporaryDirectory(prefix="graphkb-neo4j-")
        self._home = (home or Path(self._temporary.name if self._temporary else "")).resolve()
        self._log = self._home / "logs" / "console.log"
        self._ports = (bolt, http)
        self._process: subprocess.Popen[bytes] | None = None
        java_command = [str(java), *options, *runtime.java_options(quick=quick), f"-Xmx{heap}", "-cp", f"{jars}/*"]
        folders = [f"--home-dir={self._home}", f"--config-dir={self._home / 'conf'}", "--console-mode"]
        main_class = "org.neo4j.server.CommunityEntryPoint"
        self._command = [*runtime.ended_with_parent(), *java_command, main_class, *folders]
        try:
            self._configure(heap, settings or {})
            if auth:
                self._set_password(auth, java_command)
            self.start()
        except BaseException:
            self.close()
            raise

    def _configure(self, heap: str, further: Mapping[str, str]) -> None:
        for folder in ("conf", "logs", "plugins", "import"):
            (self._home / folder).mkdir(parents=True, exist_ok=True)
        settings = runtime.process_settings(self._home, *self._ports, heap=heap, with_auth=self.auth is not None)
        settings |= further
        text = "".join(f"{key}={value}\n" for key, value in settings.items())
        (self._home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")

    def _set_password(self, auth: tuple[str, str], java_command: list[str]) -> None:
        user, password = auth
        if user != "neo4j":
            raise ValueError(f"The first user of a server is neo4j, not {user}.")
        folders = {"NEO4J_HOME": str(self._home), "NEO4J_CONF": str(self._home / "conf")}
        result = subprocess.run(
            (*java_command, "org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", password),
            env={**os.environ, **folders},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_STARTUP_SECONDS,
            check=False,
        )
        if result.returncode:
            raise ServerFailed(f"The password was not set:\n{result.stdout}{result.stderr}")

    def start(self) -> None:
        """Start the process on its ports and its data, and wait until it answers. Raises ServerFailed."""
        for port in self._ports:
            if runtime.is_taken(port):
                raise ServerFailed(f"Port {port} is taken, so {self.description} cannot start.")
        with self._log.open("ab") as log:
            process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._process = process
        try:
            self._wait_until_ready(lambda: process.poll() is None, self._log_tail)
        except BaseException:
            self.stop()
            raise

    def wait(self) -> NoReturn:
        """Wait until the process ends by itself, and raise ServerFailed then."""
        if self._process:
            self._process.wait()
        raise ServerFailed(f"{self.description} ended. Its log:\n{self._log_tail()}")

    def stop(self) -> None:
        """Stop the process and keep its data. Raises ServerFailed where it had to be killed."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_SHUTDOWN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise ServerFailed(
                f"{self.description} did not stop within {_SHUTDOWN_SECONDS} s and was killed."
            ) from None

    def close(self) -> None:
        """Stop the process and remove its data, unless they stand in a home that was given."""
        self.stop()
        if self._temporary:
            self._temporary.cleanup()

    def _log_tail(self) -> str:
        """Return the end of what the server printed, and the last errors of which it keeps the reasons elsewhere."""
        told = _lines(self._log)[-30:]
        reasons = [each for each in _lines(self._log.with_name("debug.log")) if _REASON.search(each)]
        return "\n".join([*told, *reasons[-20:]])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []


def find_server() -> Server:
    """Return a running server for a test session, to be closed at its end.

    Raises NoServer where this machine has nothing to run one with, and ends the session where the one that
    ``GRAPHKB_TEST_NEO4J_URI`` names is out of reach or holds data of somebody else.
    """
    uri = os.environ.get("GRAPHKB_TEST_NEO4J_URI")
    if not uri:
        return start_server(settings=FEW_PLANS)
    try:
        return GivenServer(uri)
    except (ServerFailed, DriverError, Neo4jError) as problem:
        pytest.exit(f"GRAPHKB_TEST_NEO4J_URI: {problem}", returncode=pytest.ExitCode.USAGE_ERROR)


def start_server(
    *,
    auth: tuple[str, str] | None = None,
    heap: str = "1g",
    settings: Mapping[str, str] | None = None,
    quick: bool = True,
) -> Server:
    """Start a server of the caller's own, with the credentials ``auth`` or without any.

    ``heap`` is the largest heap, as Java writes it; ``settings`` are further ones of Neo4j; ``quick`` starts soon
    rather than getting as fast as a server that stays, where it is a process. Raises NoServer where there is neither
    Docker nor Java and Maven, and ServerFailed where a server does not come up.
    """
    try:
        runtime.find_docker()
        return ContainerServer(auth, heap, settings or {})
    except NoServer as reason:
        no_container = str(reason)
    try:
        java, jars = runtime.find_java(), runtime.resolve_jars()
    except NoServer as reason:
        raise NoServer(f"{no_container}; {reason}") from None
    options = class_archive(java, jars)
    return ProcessServer(java, jars, auth=auth, heap=heap, options=options, settings=settings, quick=quick)


def report_header() -> str:
    """Return a line that says which Neo4j server the tests run on, or why on none; nothing is started for it."""
    if uri := os.environ.get("GRAPHKB_TEST_NEO4J_URI"):
        return f"neo4j: {uri} (GRAPHKB_TEST_NEO4J_URI)"
    try:
        return f"neo4j: {runtime.describe()}"
    except NoServer as reason:
        return f"neo4j: none, and tests that need it {'fail' if runtime.in_ci() else 'are skipped'} ({reason})"


def without_server(reason: NoServer) -> NoReturn:
    """Skip the calling test, or fail it where ``CI`` is set: a pipeline must not pass on tests that did not run."""
    if runtime.in_ci():
        pytest.fail(f"no Neo4j server: {reason}", pytrace=False)
    pytest.skip(f"no Neo4j server: {reason}")


def empty(driver: neo4j.Driver, chunk: int = 10_000) -> None:
    """Delete all nodes and relationships, ``chunk`` nodes a transaction; constraints and indexes stay."""
    deleted = chunk
    while deleted == chunk:
        text = "MATCH (n) WITH n LIMIT $chunk DETACH DELETE n"
        deleted = driver.execute_query(text, chunk=chunk).summary.counters.nodes_deleted


def class_archive(java: Path, jars: Path) -> tuple[str, ...]:
    """Return the Java options that load the server's classes from an archive, which halves the time to start.

    The archive is made once for each Java by starting a server on purpose; not in a pipeline, where making it costs
    more than it saves. An archive that does not fit is ignored by Java.
    """
    name = hashlib.sha256(f"{java} {runtime.java_version(java)}".encode()).hexdigest()[:12]
    archive = jars.with_name(f"classes-{name}.jsa")
    if not archive.exists() and not runtime.in_ci():
        with tempfile.TemporaryDirectory(prefix="archive-", dir=jars.parent) as folder:
            complete = Path(folder) / archive.name
            with ProcessServer(java, jars, options=(f"-XX:ArchiveClassesAtExit={complete}",)) as server:
                with server.driver() as driver:
                    empty(driver)
                server.stop()
            if complete.exists():
                complete.replace(archive)
    return (f"-XX:SharedArchiveFile={archive}", "-Xshare:auto") if archive.exists() else ()


def main() -> int:
    """Run a server with its data in ``.neo4j`` of the current folder until Ctrl-C; return an exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        java = runtime.find_java()
        if not runtime.jars_folder().exists():
            say("Downloading Neo4j with Maven, which takes a minute or two.")
        jars = runtime.resolve_jars()
        say(f"Starting Neo4j {NEO4J_VERSION}.")
        bolt, http = (runtime.free_port() if runtime.is_taken(port) else port for port in STANDARD_PORTS)
        options = class_archive(java, jars)
        with ProcessServer(
            java, jars, home=Path(".neo4j"), ports=(bolt, http), options=options, settings=runtime.BROWSER_SETTINGS
        ) as server:
            for port, standard in zip((bolt, http), STANDARD_PORTS, strict=True):
                if port != standard:
                    say(f"Port {standard} is taken; {port} is used instead.")
            say(f"Browser  {server.http_url}/browser/   (authentication type: No authentication)")
            say(f"Bolt     bolt://localhost:{bolt}")
            say("Guide    graphkb browser serves the one that the Browser opens.")
            say("Data     .neo4j/   Ctrl-C stops the server and keeps them.")
            server.wait()
    except KeyboardInterrupt:
        say("Stopped.")
        return 0
    except NoServer as reason:
        say(f"No server: {reason}. Where Docker is at hand, `docker compose up` starts one.")
    except ServerFailed as problem:
        say(str(problem))
    return 1


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)  # noqa: T201 - what this program has to say


if __name__ == "__main__":
    sys.exit(main())
