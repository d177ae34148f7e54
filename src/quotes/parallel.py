"""One function over many things in several processes, with the answers in the order of the things."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Generic, TypeVar

from quotes.errors import WorkerDied

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 8
"""How many things a worker are taken before the first one's answer is out."""


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def map_in_order(
    function: Callable[[T], R],
    things: Iterable[T],
    *,
    workers: int,
    skip: Callable[[T], bool] = lambda _: False,
    size: Callable[[T], int] = lambda _: 1,
    worthwhile: int = 0,
) -> Generator[tuple[T, R | None], None, None]:
    """Each thing with what `function` makes of it, in the order given; with None where `skip` says so.

    With more than one worker the function, the things and the answers are pickled, and a few things are taken ahead.
    Processes are started once the things taken, by `size`, come to more than `worthwhile`; fewer are done here.
    Closing the iterator, or an exception, ends the processes at once. Raises WorkerDied when one of them is killed.
    """
    pool: _Pool[T, R] = _Pool(function, workers)
    waiting: deque[_Task[T, R]] = deque()
    taken = 0
    try:
        for thing in things:
            task: _Task[T, R] = _Task(thing, skip(thing))
            waiting.append(task)
            taken += 0 if task.skipped else size(thing)
            if workers > 1 and taken > worthwhile:
                pool.submit(waiting)
            while waiting and (len(waiting) > (_AHEAD * workers if workers > 1 else 0) or waiting[0].is_done):
                yield pool.answer(waiting.popleft())
        while waiting:
            yield pool.answer(waiting.popleft())
    except BrokenProcessPool as error:
        raise WorkerDied(
            "A worker process was killed while it read articles, perhaps for want of memory: "
            "run the command again with fewer --workers; what was finished before is kept."
        ) from error
    except BaseException:
        pool.kill()
        raise
    finally:
        pool.close()


@dataclass(slots=True)
class _Task(Generic[T, R]):
    thing: T
    skipped: bool
    future: Future[R] | None = None

    @property
    def is_done(self) -> bool:
        return self.skipped or (self.future is not None and self.future.done())


class _Pool(Generic[T, R]):
    """The worker processes, started with the first thing that is given to them."""

    def __init__(self, function: Callable[[T], R], workers: int) -> None:
        self._function = function
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, tasks: Iterable[_Task[T, R]]) -> None:
        """Give the workers what they do not have yet."""
        if self._executor is None:
            # spawn: a forked child would share what other threads of this process hold locked
            self._executor = ProcessPoolExecutor(self._workers, get_context("spawn"), initializer=_prepare)
        for task in tasks:
            if not task.skipped and task.future is None:
                with _interrupts_held_back():
                    task.future = self._executor.submit(self._function, task.thing)

    def answer(self, task: _Task[T, R]) -> tuple[T, R | None]:
        """A thing with its answer, waited for where a worker has it and made here where none has."""
        if task.skipped:
            return task.thing, None
        return task.thing, self._function(task.thing) if task.future is None else task.future.result()

    def kill(self) -> None:
        """End the processes in the middle of their work; `close` is still to be called."""
        if self._executor is not None:
            # public only from Python 3.14 on, as terminate_workers
            for process in list(self._executor._processes.values()):  # noqa: SLF001
                process.terminate()

    def close(self) -> None:
        """Wait for the processes to end."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)


def _prepare() -> None:
    """In a worker: leave an interrupt to the parent, and end when the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None, "a worker has a parent"
    parent.join()
    os._exit(1)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Processes that are started inside never see Ctrl-C, not even while they load; this one does, a moment later."""
    if sys.platform == "win32":
        yield
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
