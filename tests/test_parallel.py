"""The functions are the standard library's: a spawned process cannot import this module."""

import operator
import os
import signal
import time
from multiprocessing import active_children

import pytest

from quotes.errors import WorkerDied
from quotes.parallel import map_in_order, usable_cores


@pytest.mark.parametrize("workers", [1, 2])
def test_map_in_order_answers_in_the_order_of_the_things(workers):
    assert list(map_in_order(operator.neg, range(40), workers=workers)) == [(i, -i) for i in range(40)]


@pytest.mark.parametrize("workers", [1, 2])
def test_map_in_order_gives_none_for_what_is_skipped(workers):
    answers = map_in_order(operator.neg, range(6), workers=workers, skip=lambda i: i % 2 == 0)
    assert list(answers) == [(0, None), (1, -1), (2, None), (3, -3), (4, None), (5, -5)]


def test_map_in_order_does_little_in_this_process():
    answers = map_in_order(lambda _: os.getpid(), range(3), workers=2, worthwhile=3)
    assert [pid for _, pid in answers] == [os.getpid()] * 3


def test_map_in_order_starts_processes_for_many_small_things():
    answers = [pid for _, pid in map_in_order(_pid, range(100), workers=2, worthwhile=50)]
    assert os.getpid() in answers[:1]
    assert os.getpid() not in answers[-40:]


def _pid(_: int) -> int:
    return os.getpid()


def test_map_in_order_starts_no_process_for_what_is_skipped():
    list(map_in_order(lambda i: i, range(100), workers=2, skip=lambda _: True))
    assert active_children() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_map_in_order_takes_a_bounded_number_of_things_ahead(workers):
    taken = []

    def things():
        for i in range(60):
            taken.append(i)
            yield 0.0

    ahead = [len(taken) - out for out, _ in enumerate(map_in_order(time.sleep, things(), workers=workers))]
    assert max(ahead) <= (17 if workers > 1 else 1)


def test_map_in_order_hands_out_what_is_skipped_at_once_where_nothing_waits_before_it():
    taken = []

    def things():
        for i in range(3):
            taken.append(i)
            yield i

    ahead = [len(taken) - out for out, _ in enumerate(map_in_order(abs, things(), workers=2, skip=lambda _: True))]
    assert ahead == [1, 1, 1]


@pytest.mark.parametrize("workers", [1, 2])
def test_map_in_order_raises_what_the_function_raises_after_what_came_before(workers):
    answers = map_in_order(int, ["1", "2", "three"], workers=workers)
    assert [next(answers), next(answers)] == [("1", 1), ("2", 2)]
    with pytest.raises(ValueError, match="three"):
        next(answers)
    assert active_children() == []


def test_map_in_order_ends_its_processes_when_it_is_closed():
    answers = map_in_order(time.sleep, [0, 600, 600], workers=2)
    next(answers)
    began = time.monotonic()
    answers.close()
    assert time.monotonic() - began < 60
    assert active_children() == []


def test_map_in_order_says_that_a_process_was_killed():
    answers = map_in_order(time.sleep, [0, 600, 600], workers=2)
    next(answers)
    os.kill(active_children()[0].pid, signal.SIGKILL)
    with pytest.raises(WorkerDied) as caught:
        next(answers)
    assert str(caught.value) == (
        "A worker process was killed while it read articles, perhaps for want of memory: "
        "run the command again with fewer --workers; what was finished before is kept."
    )
    assert active_children() == []


def test_usable_cores_are_at_least_one():
    assert usable_cores() >= 1
