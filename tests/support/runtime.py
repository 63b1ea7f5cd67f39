"""What a Neo4j server is run with: Docker, a Java, the server's jars, its settings, free ports."""

from __future__ import annotations

import functools
import os
import re
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

NEO4J_VERSION = "5.26.29"
BROWSER_VERSION = "5.24.0"
IMAGE = f"neo4j:{NEO4J_VERSION}-community"
JAVA_VERSIONS = (17, 21)
_QUICK = ("-Xms128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_JAVA_OPTIONS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dfile.encoding=UTF-8",
)
_DOWNLOAD_SECONDS = 900

SHARED_SETTINGS = {
    "server.memory.pagecache.size": "64m",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.size": "16M",
    # The last two bring the time to stop from 6 s to 2 s.
    "db.shutdown_transaction_end_timeout": "0s",
    "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
}

BROWSER_SETTINGS = {
    "browser.post_connect_cmd": "style http://localhost:8474/graphkb.grass; guide http://localhost:8474/guide.html",
    "browser.remote_content_hostname_whitelist": "guides.neo4j.com,localhost",
}
"""Neo4j Browser opens the guide that ``graphkb browser`` serves; a person's server has them, a test's has not."""


class NoServer(Exception):
    """This machine has nothing to run a Neo4j server with; the message says what is missing."""


def java_options(*, quick: bool) -> tuple[str, ...]:
    """Return the options that Neo4j wants of Java.

    ``quick`` ones let a server that lives for minutes start sooner; one that stays gets faster without them.
    """
    return (*(_QUICK if quick else ()), *_JAVA_OPTIONS)


def in_ci() -> bool:
    """Whether the environment variable ``CI`` says that this is a pipeline."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def process_settings(home: Path, bolt: int, http: int, *, heap: str, with_auth: bool) -> dict[str, str]:
    """Return the settings that a server process is started with; the server refuses to start on an unknown one."""
    return {
        "server.directories.data": f"{home}/data",
        "server.directories.transaction.logs.root": f"{home}/data/transactions",
        "server.directories.logs": f"{home}/logs",
        "server.directories.run": f"{home}/run",
        "server.directories.plugins": f"{home}/plugins",
        "server.directories.import": f"{home}/import",
        "server.memory.heap.initial_size": "128m",
        "server.memory.heap.max_size": heap,
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.enabled": "true",
        "server.http.listen_address": f"127.0.0.1:{http}",
        "server.http.advertised_address": f"localhost:{http}",
        "dbms.security.auth_enabled": str(with_auth).lower(),
        **SHARED_SETTINGS,
    }


def environment_name(setting: str) -> str:
    """Return the environment variable by which the official image takes a setting."""
    return "NEO4J_" + setting.replace("_", "__").replace(".", "_")


@functools.cache
def find_docker() -> None:
    """Raise NoServer unless a Docker engine on this machine answers within seconds."""
    if os.environ.get("DOCKER_HOST", "").startswith(("tcp:", "ssh:")):
        raise NoServer("the Docker engine is on another machine")
    docker = shutil.which("docker")
    if docker is None:
        raise NoServer("Docker is not installed")
    try:
        subprocess.run((docker, "version"), stdin=subprocess.DEVNULL, capture_output=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):
        raise NoServer("no Docker engine answers") from None


@functools.cache
def find_java() -> Path:
    """Return a Java that Neo4j runs on: of JAVA_HOME, of the path, or of the usual folders. Raises NoServer."""
    on_path = shutil.which("java")
    candidates = [
        *(Path(home) / "bin" / "java" for home in [os.environ.get("JAVA_HOME")] if home),
        *([Path(on_path)] if on_path else []),
        *sorted(Path("/usr/lib/jvm").glob("*/bin/java")),
        *sorted(Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home/bin/java")),
    ]
    for java in candidates:
        version = re.search(r'version "(\d+)', java_version(java))
        if version and int(version[1]) in JAVA_VERSIONS:
            return java
    raise NoServer("there is no Java 17 or 21")


@functools.cache
def java_version(java: Path) -> str:
    """Return what a Java says of its version; nothing where it does not run."""
    try:
        return subprocess.run(
            (java, "-version"), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=True
        ).stderr
    except (OSError, subprocess.SubprocessError):
        return ""


def describe() -> str:
    """Return what :func:`~tests.support.server.start_server` would run, without running it. Raises NoServer."""
    try:
        find_docker()
    except NoServer as no_docker:
        try:
            java = find_java()
            jars = jars_folder()
            origin = str(jars) if jars.exists() else f"a download by {find_maven()}"
        except NoServer as reason:
            raise NoServer(f"{no_docker}; {reason}") from None
        return f"{NEO4J_VERSION} from {origin}, on {java}"
    return f"container {IMAGE}"


def find_maven() -> str:
    """Return the path of Maven. Raises NoServer."""
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServer("Maven, which downloads Neo4j, is not installed")
    return maven


def jars_folder() -> Path:
    """Return the folder that keeps the server's jars between runs, whether it is there yet or not."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "graphkb" / f"neo4j-{NEO4J_VERSION}" / "lib"


def resolve_jars() -> Path:
    """Return the folder with the server's jars, downloaded by Maven if this is the first time. Raises NoServer."""
    jars = jars_folder()
    if jars.exists():
        return jars
    maven = find_maven()
    jars.parent.mkdir(parents=True, exist_ok=True)
    # Renamed into place when complete, so that an interrupted download is no cache.
    with tempfile.TemporaryDirectory(prefix="download-", dir=jars.parent) as folder:
        pom = shutil.copy(Path(__file__).with_name("neo4j_pom.xml"), folder)
        complete = Path(folder) / "lib"
        command = (maven, "-q", "-B", "-f", pom, "dependency:copy-dependencies", "-DincludeScope=runtime")
        versions = (f"-Dneo4j.version={NEO4J_VERSION}", f"-Dbrowser.version={BROWSER_VERSION}")
        try:
            subprocess.run(
                (*command, *versions, f"-DoutputDirectory={complete}"),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_DOWNLOAD_SECONDS,
                check=True,
            )
        except subprocess.TimeoutExpired:
            raise NoServer(f"Maven did not download Neo4j within {_DOWNLOAD_SECONDS} s") from None
        except subprocess.CalledProcessError as problem:
            raise NoServer(f"Maven could not download Neo4j: {problem.stdout.strip()[:500]}") from problem
        try:
            complete.rename(jars)
        except OSError:
            # Where another session was faster, its folder stands.
            if not jars.exists():
                raise
    return jars


@functools.cache
def ended_with_parent() -> tuple[str, ...]:
    """Return the start of a command line that ends the process with its parent, however that one ends; Linux only."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    command = (setpriv, "--pdeathsig", "TERM")
    answer = subprocess.run((*command, "true"), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return command if answer.returncode == 0 else ()


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def is_taken(port: int) -> bool:
    """Whether somebody listens on that port of 127.0.0.1."""
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0
