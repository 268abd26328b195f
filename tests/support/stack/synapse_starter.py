"""Loads Synapse once, and makes a process of it for each homeserver that is asked for.

Listens at the socket that its argument names. Each connection sends one line of JSON, {"config", "folder", "log"}, gets
one with the id of the new process, which leads a group of its own, and is closed when that process ends. Ends with its
standard input.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys


def load():
    """Synapse, and the reactor that stands for the real one: that, made at the first import, would be everybody's."""
    from synapse.app.complement_fork_proxied_reactor import ProxiedReactor
    from twisted.internet.main import installReactor

    reactor = ProxiedReactor()
    installReactor(reactor)
    from synapse.app import homeserver

    gc.collect()
    gc.freeze()
    return homeserver, reactor


def become(loaded, connection, config, folder, log):
    """Does in the new process what a fresh one does; the connection stays open in it alone."""
    homeserver, reactor = loaded
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for here, there in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(here, there)
    connection.sendall(f"{os.getpid()}\n".encode())
    sys.argv = ["homeserver", "-c", config]
    from twisted.internet.epollreactor import EPollReactor

    reactor._install_real_reactor(EPollReactor())
    homeserver.main()
    os._exit(0)


def main():
    # Nobody waits for the processes: the system takes them away itself.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    loaded = None
    with socket.socket(socket.AF_UNIX) as listener, selectors.DefaultSelector() as waiting:
        listener.bind(sys.argv[1])
        listener.listen(64)
        print("listening", flush=True)
        waiting.register(listener, selectors.EVENT_READ)
        waiting.register(sys.stdin, selectors.EVENT_READ)
        while all(ready.fileobj is listener for ready, _ in waiting.select()):
            connection, _ = listener.accept()
            with connection:
                loaded = loaded or load()
                asked = connection.makefile().readline()
                if asked and os.fork() == 0:
                    listener.close()
                    become(loaded, connection, **json.loads(asked))


main()
