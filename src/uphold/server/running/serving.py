"""Serving pages: the WSGI server, the worker beside it, and how both stop.

The first process makes everything ready and then only watches. It starts the process that serves
(several, where so many are set), which has threads for requests and one for the work that is due.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import sleep
from typing import Any

from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from uphold.cli.running import FINE, UNUSABLE
from uphold.cli.screen import Screen
from uphold.messages import Message, message
from uphold.server.environment import Environment
from uphold.server.running import logs
from uphold.server.running.address import address_of, free_port
from uphold.server.running.preparing import alone, migrate

Greeting = Callable[[str], Sequence[Message]]
"""What to print behind the address, which is given; it may prepare what it tells of."""

GRACE_SECONDS = 30
"""How long requests under way and a row in hand may take to end once told to stop."""


def serve(screen: Screen, environment: Environment, greeting: Greeting | None = None) -> int:
    """Serves until told to stop; gives the exit code. Raises `Refusal` where it cannot begin."""
    logs.configure(environment)
    with alone(environment):
        port = free_port(environment)
        migrate()
        address = address_of(environment, port)
        screen.result(screen.say(message("running.serving", address=f"{address}/")))
        for line in (greeting or first_steps)(address):
            screen.result(screen.say(line))
        sys.stdout.flush()
        connections.close_all()
        with _counting_together(environment):
            return _serve(environment, port)


def first_steps(address: str) -> Sequence[Message]:
    """The set-up link, while nobody administers the installation."""
    from uphold.server.accounts import services as accounts

    link = accounts.setup_link()
    return () if link is None else (message("running.setup-link", link=f"{address}{link}"),)


@contextmanager
def _counting_together(environment: Environment) -> Iterator[None]:
    """A folder in which several processes count their requests, gone when they are."""
    if environment.processes == 1:
        yield
        return
    with TemporaryDirectory(prefix="uphold-figures-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def _serve(environment: Environment, port: int) -> int:
    server = Granian(
        "uphold.server.wsgi:application",
        address=environment.host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=environment.processes,
        blocking_threads=environment.threads,
        backpressure=environment.threads * 16,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        log_level=logs.server_level(environment),
        log_dictconfig=logs.configuration(environment),
    )
    loader = _application_and_worker if environment.worker else _application
    _keep_shared()
    try:
        server.serve(target_loader=loader, wrap_loader=False)
    except SystemExit:
        return FINE if server.interrupt_signal else UNUSABLE
    return FINE


def _keep_shared() -> None:
    """Lets the processes to come share all that is loaded: no collection of theirs touches it."""
    gc.collect()
    gc.freeze()


def _application() -> Any:
    """The application, in a process that ends with the one that started it."""
    Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    from uphold.server.wsgi import application

    return application


def _application_and_worker() -> Any:
    """The application, with a thread that does what is due until the process ends."""
    application = _application()
    _work_beside()
    return application


def _work_beside() -> None:
    from multiprocessing.util import Finalize

    from uphold.server.worker.services import poke, run_worker

    stopping = Event()
    thread = Thread(target=run_worker, args=(stopping,), name="worker", daemon=True)

    def stop() -> None:
        stopping.set()
        poke()
        thread.join(GRACE_SECONDS)

    thread.start()
    Finalize(None, stop, exitpriority=10)


def _end_with(parent: int) -> None:
    """Ends this process as if it were told to, once its parent is gone: nobody else would."""
    import signal

    while os.getppid() == parent:
        sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
