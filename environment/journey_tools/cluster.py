"""environment/cluster: a master and workers of Apache Spark, as processes of this machine."""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from journey_tools import console, lock, maven, project, setup, tool
from journey_tools.project import Problem

_SECONDS_TO_START = 60
_SECONDS_TO_END = 10
_MAIN = "org.apache.spark.deploy."


@dataclass(frozen=True)
class Cluster:
    """What was started here: each process by its id, which is that of a group of processes."""

    master: str
    page: str
    processes: dict[str, int]

    def running(self) -> list[str]:
        """The names of the processes that are still there."""
        groups = _groups()
        return [
            name for name, process in self.processes.items() if process in groups.get(process, [])
        ]

    def leftovers(self) -> list[int]:
        """The groups in which anything is left, such as the executors of a worker."""
        return [process for process in self.processes.values() if process in _groups()]


def main(options: argparse.Namespace) -> int:
    """Starts it, stops it, or says whether it runs; then 1 if it does not."""
    project.require_work()
    with lock.held(_folder() / "lock", "Another environment/cluster is at work"):
        return {"start": _start, "stop": _stop, "status": _status}[options.action](options)


def _folder() -> Path:
    return project.BUILD / "cluster"


def _state() -> Path:
    return _folder() / "cluster.json"


def _known() -> Cluster | None:
    if not _state().exists():
        return None
    return Cluster(**json.loads(_state().read_text(encoding="utf-8")))


def _start(options: argparse.Namespace) -> int:
    known = _known()
    if known and known.leftovers():
        raise Problem(
            f"A cluster runs already: {known.master}. environment/cluster stop ends it.", status=2
        )
    setup.ensure()
    variables = _variables(options.host)
    memory = options.memory or f"{options.cores}g"
    shutil.rmtree(_folder() / "work", ignore_errors=True)
    processes: dict[str, int] = {}
    try:
        if options.join:
            master, page = options.join, ""
            _await_port(master, processes)
        else:
            port, page_port = options.port or _free_port(), _free_port()
            master = f"spark://{options.host}:{port}"
            page = f"http://{options.host}:{page_port}"
            where = ["--host", options.host, "--port", str(port), "--webui-port", str(page_port)]
            processes["master"] = _launch("master", variables, "master.Master", *where)
            _await_port(master, processes)
        for number in range(1, options.workers + 1):
            offer = ["--cores", str(options.cores), "--memory", memory]
            place = ["--host", options.host, "--work-dir", str(_folder() / "work")]
            name = f"worker {number}"
            arguments = [*place, *offer, "--webui-port", "0", master]
            processes[name] = _launch(name, variables, "worker.Worker", *arguments)
        started = Cluster(master, page, processes)
        _await_workers(started, options.workers)
    except BaseException:
        _end(Cluster("", "", processes))
        raise
    project.write(_state(), json.dumps(asdict(started), indent=1) + "\n")
    what = "" if options.join else "A master and "
    console.say(
        f"{what}{_count(options.workers, 'worker')} run; each worker has"
        f" {_count(options.cores, 'core')} and {memory} of heap."
    )
    console.say(f"  {master}")
    if page:
        console.say(f"  {page} shows what they do")
    console.say("  environment/cluster stop ends them")
    return 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _variables(host: str) -> dict[str, str]:
    """What Spark's processes ask for. Its home is empty, as all jars are on the class path."""
    found = re.search(r"spark-core_([\d.]+)-", maven.LIBRARY.class_path())
    if not found:
        raise Problem("Apache Spark is not here: run environment/setup --spark first.", status=2)
    home = _folder() / "home"
    (home / "jars").mkdir(parents=True, exist_ok=True)
    return {"SPARK_HOME": str(home), "SPARK_SCALA_VERSION": found[1], "SPARK_LOCAL_IP": host}


def _launch(name: str, variables: dict[str, str], main: str, *arguments: str) -> int:
    """Starts a process that outlives this one, in a group of its own; its id."""
    command = maven.LIBRARY.java(f"{_MAIN}{main}", *arguments)
    with _log(name).open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            command,
            cwd=_folder(),
            env=tool.child_environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ).pid


def _log(name: str) -> Path:
    project.LOGS.mkdir(parents=True, exist_ok=True)
    return project.LOGS / f"cluster-{name.replace(' ', '-')}.log"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _await_port(master: str, processes: dict[str, int]) -> None:
    address = urlsplit(master)
    if address.scheme != "spark" or not address.hostname or not address.port:
        raise Problem(f'"{master}" is no master: expected spark://HOST:PORT.', status=2)

    def answers() -> bool:
        try:
            socket.create_connection((address.hostname, address.port), timeout=1).close()
        except OSError:
            return False
        return True

    _await(answers, f"No master answers at {master}", processes)


def _await_workers(cluster: Cluster, count: int) -> None:
    """The master's page knows who has come; of another machine's we see that ours still run."""

    def have_come() -> bool:
        if not cluster.page:
            return len(cluster.running()) == count
        return len(_workers(cluster)) == count

    _await(have_come, f"The workers do not come to {cluster.master}", cluster.processes)


def _await(condition: Callable[[], bool], otherwise: str, processes: dict[str, int]) -> None:
    """Raises Problem if it does not come true in time, or a process ends before."""
    end = time.monotonic() + _SECONDS_TO_START
    while not condition():
        running = Cluster("", "", processes).running()
        ended = next((name for name in processes if name not in running), None)
        if ended:
            log = _log(ended)
            raise Problem(
                f"{otherwise}: the {ended} has ended. The end of its log:\n\n{tool.tail(log)}\n\n"
                f"The whole log: {project.relative(log)}"
            )
        if time.monotonic() > end:
            raise Problem(f"{otherwise}, after {_SECONDS_TO_START} s.")
        time.sleep(0.1)


def _workers(cluster: Cluster) -> list[dict]:
    """The workers that the master has, as its page tells programs."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"{cluster.page}/json/", timeout=5
        ) as answer:
            told = json.load(answer)
    except OSError:
        return []
    return [worker for worker in told["workers"] if worker["state"] == "ALIVE"]


def _stop(options: argparse.Namespace) -> int:
    known = _known()
    if known is None or not known.leftovers():
        console.say("No cluster runs here.")
    else:
        _end(known)
        console.say("The cluster has ended.")
    _state().unlink(missing_ok=True)
    return 0


def _end(cluster: Cluster) -> None:
    """Ends workers before their master, and with each whatever it has started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        for group in reversed(cluster.leftovers()):
            os.killpg(group, how)
        end = time.monotonic() + _SECONDS_TO_END
        while cluster.leftovers() and time.monotonic() < end:
            time.sleep(0.1)


def _status(options: argparse.Namespace) -> int:
    known = _known()
    running = known.running() if known else []
    if not running:
        console.say("No cluster runs here.")
        return 1
    console.say(known.master)
    for name, process in known.processes.items():
        console.say(f"  {name:10} {f'process {process}' if name in running else 'has ended'}")
    if known.page:
        workers = _workers(known)
        used, cores = (sum(worker[key] for worker in workers) for key in ("coresused", "cores"))
        has = f"{_count(len(workers), 'worker')} with {_count(cores, 'core')}"
        console.say(f"  {has}, of which {used} {'is' if used == 1 else 'are'} taken: {known.page}")
    return 0


def _groups() -> dict[int, list[int]]:
    """The processes of Spark that run, by the group that each belongs to."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=", "-o", "pgid=", "-o", "args="],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    groups: dict[int, list[int]] = {}
    for process, group, command in re.findall(r"^ *(\d+) +(\d+) (.*)$", listed, re.MULTILINE):
        if "org.apache.spark." in command:
            groups.setdefault(int(group), []).append(int(process))
    return groups
