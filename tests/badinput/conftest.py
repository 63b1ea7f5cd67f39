"""The guarded processes, which work through the cases of a run ahead of its tests."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
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

    def run(case: Case) -> Outcome:
        taken = runners.get()
        try:
            return taken.outcome(case)
        finally:
            runners.put(taken)

    called = [getattr(each, "callspec", None) for each in request.session.items]
    cases = [each.params["case"] for each in called if each and isinstance(each.params.get("case"), Case)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        begun: dict[str, Future[Outcome]] = {each.name: pool.submit(run, each) for each in cases}
        yield lambda case: begun[case.name].result()
