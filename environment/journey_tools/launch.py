"""Starts a Java kernel where a Jupyter asks for one: launch.py CONNECTION_FILE JAVA ARGUMENT...

A kernel's spec names a copy of this file, and whatever Python that Jupyter has runs it. So it needs
the standard library only, of an old Python too, and over ipc pyzmq, which every Jupyter has.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pwd
import re
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping

_SOCKETS = ("shell", "control", "stdin", "hb", "iopub")


def main(connection_file: str, *command: str) -> None:
    """Becomes the kernel."""
    obstacle = _obstacle(*command)
    if obstacle:
        _apologise(connection_file, f"The Java kernel cannot start: {obstacle}")
        return
    with open(connection_file, encoding="utf-8") as file:
        connection = json.load(file)
    if connection["transport"] == "ipc":
        # JeroMQ, in both Java kernels, binds some TCP port instead, where nobody looks for it.
        inner = _serve(connection, os.path.dirname(connection_file))
        command = tuple(inner if each == connection_file else each for each in command)
    java, *arguments = command
    os.execv(java, [java, *home_options(os.environ), *arguments])


def home_options(variables: Mapping[str, str]) -> list[str]:
    """What Java must be told where it could not keep its files in the home folder by itself."""
    options = []
    # Java asks the system's list of users, and takes the folder "?" for one who isn't in it.
    try:
        home = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        home = ""
    if not os.access(home, os.W_OK) and "HOME" in variables:
        home = variables["HOME"]
        options.append(f"-Duser.home={home}")
    # JavaCPP unpacks its natives under a lock.
    if not has_locks(home):
        cache = os.path.join(tempfile.gettempdir(), f"javacpp-{os.getuid()}")
        options.append(f"-Dorg.bytedeco.javacpp.cachedir={cache}")
    return options


def has_locks(folder: str | os.PathLike) -> bool:
    """Whether files can be made there and locked; on some network drives they cannot."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _obstacle(java: str, options: str, *more: str) -> str | None:
    """Why this command cannot run here, although it could where the kernel was installed."""
    options = options[1:]  # Less the @ by which Java takes them from a file.
    needed = [java, options, *more[more.index("-cp") + 1].split(os.pathsep)]
    gone = next((file for file in needed if not os.path.exists(file)), None)
    if gone:
        return (
            f"{gone} is gone. If the folder of the notebooks was moved or cleaned, install the"
            " kernel again with environment/kernel, in its new place."
        )
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        flags = cpuinfo.read()
        with open(options, encoding="utf-8") as file:
            natives = re.search("-onednn-(avx[0-9]+)", file.read())
        if natives and natives[1] not in flags:
            return (
                f"it was set up on a processor with {natives[1].upper()}, which this one lacks."
                " Run environment/setup and environment/kernel on this machine."
            )
    return None


def _apologise(connection_file: str, words: str) -> None:
    """Answers every cell with what is wrong, where Jupyter has the means; a log gets it anyway."""
    print(words, file=sys.stderr)
    try:
        from ipykernel.kernelapp import IPKernelApp
        from ipykernel.kernelbase import Kernel
    except ImportError:
        sys.exit(1)

    class Apology(Kernel):
        implementation, implementation_version, banner = "apology", "1", words
        language_info = {
            "name": "java",
            "mimetype": "text/x-java-source",
            "file_extension": ".java",
        }

        async def do_execute(self, *_: object, **__: object) -> dict:
            error = {"ename": "KernelCannotStart", "evalue": words, "traceback": [words]}
            self.send_response(self.iopub_socket, "error", error)
            return {"status": "error", "execution_count": self.execution_count, **error}

    IPKernelApp.launch_instance(argv=["-f", connection_file], kernel_class=Apology)


def _serve(connection: dict, folder: str) -> str:
    """Serves the sockets asked for, from those of a kernel on TCP; returns its connection file.

    This process is going to be that kernel, so that signals, exit status and memory are its own. A
    child passes the messages on. A pipe between the two tells it when the kernel is gone, however
    that went.
    """
    inner = {**connection, "transport": "tcp", "ip": "127.0.0.1", **_free_ports()}
    descriptor, file = tempfile.mkstemp(".json", "kernel-tcp-", folder)
    with open(descriptor, "w", encoding="utf-8") as out:
        json.dump(inner, out)
    ours, childs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # Sent to the group, they are for the kernel.
        try:
            connected = _pass_on(connection, inner)
            threading.Thread(target=_forget, args=(file, connected), daemon=True).start()
            childs.send(b"!")
            childs.recv(1)  # Nothing comes but the end.
        except BaseException:
            traceback.print_exc()
        _forget(file)
        # At once: ZeroMQ would delete its sockets, which may be those of the next kernel already.
        os._exit(0)
    childs.close()
    if not ours.recv(1):
        sys.exit("The kernel's sockets cannot be served; the reason stands above.")
    ours.set_inheritable(True)
    ours.detach()
    return file


def _free_ports() -> dict[str, int]:
    with contextlib.ExitStack() as opened:
        probes = {f"{name}_port": opened.enter_context(socket.socket()) for name in _SOCKETS}
        for probe in probes.values():
            probe.bind(("127.0.0.1", 0))
        return {name: probe.getsockname()[1] for name, probe in probes.items()}


def _forget(file: str, when: Callable[[], object] = lambda: None) -> None:
    """Deletes the connection file, which holds a key."""
    when()
    with contextlib.suppress(FileNotFoundError):
        os.unlink(file)


def _pass_on(outer: dict, inner: dict) -> Callable[[], object]:
    """Passes messages between the sockets of two connections, in threads of their own.

    What it returns waits until the kernel has bound the first of its sockets.
    """
    import zmq

    context = zmq.Context()
    for name in _SOCKETS:
        kinds = (zmq.XPUB, zmq.XSUB) if name == "iopub" else (zmq.ROUTER, zmq.DEALER)
        front, back = (context.socket(kind) for kind in kinds)
        for each in (front, back):
            each.set_hwm(0)  # What the kernel says is never dropped.
        if name != "iopub":
            # A kernel asks on stdin whoever it was on shell that sent the cell.
            back.identity = b"journey"
        if name == _SOCKETS[0]:
            connected = back.get_monitor_socket(zmq.EVENT_CONNECTED).recv_multipart
        front.bind(f"ipc://{outer['ip']}-{outer[f'{name}_port']}")
        back.connect(f"tcp://{inner['ip']}:{inner[f'{name}_port']}")
        threading.Thread(target=zmq.proxy, args=(front, back), daemon=True).start()
    return connected


if __name__ == "__main__":
    main(*sys.argv[1:])
