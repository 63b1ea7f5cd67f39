"""The guarded processes, which work through the cases of a run ahead of its tests."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, islice
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

import pytest

from tests.badinput.case import Case
from tests.badinput.running import Runner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from tests.badinput.case import Outcome

PROCESSES: Final = 2
TOGETHER: Final = 10
"""Small cases that are loaded one after the other in one process."""


@pytest.fixture(scope="session")
def runners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleQueue[Runner]]:
    """Guarded processes, to be taken and put back."""
    if sys.platform != "linux":
        pytest.skip("the guard counts memory as Linux does")
    running = [Runner(tmp_path_factory.mktemp("guarded")) for _ in range(PROCESSES)]
    queue: SimpleQueue[Runner] = SimpleQueue()
    for each in running:
        queue.put(each)
    yield queue
    for each in running:
        each.close()


@pytest.fixture
def runner(runners: SimpleQueue[Runner]) -> Iterator[Runner]:
    """One guarded process."""
    taken = runners.get()
    yield taken
    runners.put(taken)


@pytest.fixture(scope="session")
def outcome_of(request: pytest.FixtureRequest, runners: SimpleQueue[Runner]) -> Iterator[Callable[[Case], Outcome]]:
    """What gives the outcome of a case; all cases of the run are worked through meanwhile, in their order."""

    def run(cases: list[Case]) -> list[Outcome]:
        taken = runners.get()
        try:
            found = taken.outcomes(cases)
            return found if len(found) == len(cases) else [taken.outcome(each) for each in cases]
        finally:
            runners.put(taken)

    called = [getattr(each, "callspec", None) for each in request.session.items]
    cases = [each.params["case"] for each in called if each and isinstance(each.params.get("case"), Case)]
    begun: dict[str, tuple[Future[list[Outcome]], int]] = {}
    with ThreadPoolExecutor(PROCESSES) as pool:
        for several in _together(cases):
            future = pool.submit(run, several)
            begun |= {each.name: (future, at) for at, each in enumerate(several)}

        def outcome(case: Case) -> Outcome:
            future, at = begun[case.name]
            return future.result()[at]

        yield outcome


def _together(cases: list[Case]) -> Iterator[list[Case]]:
    """Yield small cases several at a time, to be loaded in one process, and the others alone."""
    for is_small, several in groupby(cases, lambda each: each.is_small):
        while group := list(islice(several, TOGETHER if is_small else 1)):
            yield group
