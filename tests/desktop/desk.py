# desk.py: a person at the real window, by what a screen reader is told
#
# SPDX-License-Identifier: GPL-3.0-or-later
import json, os, re, signal, subprocess, time

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

PATIENCE_SECONDS = 60


class Lost(Exception):
    """What was waited for did not come."""


def until(question, what):
    """The first answer of question() that is true; the desk's events are taken meanwhile."""
    end = time.monotonic() + PATIENCE_SECONDS
    context = GLib.MainContext.default()
    while time.monotonic() < end:
        try:
            answer = question()
        except GLib.Error:
            answer = None  # What was looked at went away
        if answer:
            return answer
        # Not everything that changes is told, so it is also looked at now and then
        GLib.timeout_add(50, lambda: GLib.SOURCE_REMOVE)
        context.iteration(True)
    raise Lost(f"there was no {what}")


def walk(node):
    if node is None:
        return
    yield node
    for index in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(index))


class Server:
    """The real server, with the demo organisation, in a folder that outlives its processes."""

    def __init__(self, folder):
        self.folder, self.listen, self.process = folder, "127.0.0.1:0", None
        os.makedirs(folder)

    def start(self):
        environment = dict(os.environ, BELAY_DATABASE=f"sqlite:{self.folder}/belay.sqlite",
                           BELAY_CONTENT=f"{self.folder}/content", BELAY_KEYS=f"{self.folder}/keys")
        self.process = subprocess.Popen(
            [os.environ["BELAY_SERVER_PROGRAM"], "serve", "--demo", "--demo-folder", os.environ["BELAY_DEMO"],
             "--ready-json", "--listen", self.listen], env=environment, stdout=subprocess.PIPE, text=True)
        ready = json.loads(self.process.stdout.readline())
        self.url, self.people = ready["url"], {person["name"]: person for person in ready["people"]}
        self.listen = self.url.removeprefix("http://")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.communicate()
            self.process = None


class Desk:
    """The application, on a laptop of its own, signed in as somebody."""

    def __init__(self, folder, server, name):
        self.server, self.process = server, None
        self.environment = dict(os.environ, BELAY_SERVER=server.url, GSETTINGS_BACKEND="memory")
        for kind in "DATA", "CONFIG", "CACHE":
            self.environment[f"XDG_{kind}_HOME"] = path = os.path.join(folder, kind.lower())
            os.makedirs(path)
        person = server.people[name]
        subprocess.run([os.environ["BELAY_SIGN_IN"], os.path.join(self.environment["XDG_DATA_HOME"], "belay"),
                        server.url, person["email"]], input=person["password"] + "\n", text=True, check=True,
                       env=dict(os.environ, DBUS_SESSION_BUS_ADDRESS="disabled:"))

    def open(self):
        self.process = subprocess.Popen([os.environ["BELAY_PROGRAM"]], env=self.environment)
        until(lambda: self.frame(), "window")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None
        until(lambda: self.frame() is None, "end of the window")

    def close(self):
        if self.process:
            self.process.terminate()
            status = self.process.wait()
            self.process = None
            until(lambda: self.frame() is None, "end of the window")
            return status

    def frame(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_name() == "belay" and application.get_child_count() > 0:
                return application.get_child_at_index(0)
        return None

    def nodes(self):
        return [node for node in walk(self.frame()) if node.get_state_set().contains(Atspi.StateType.SHOWING)]

    def find(self, role, name):
        return next((node for node in self.nodes()
                     if node.get_role_name() == role and re.search(name, node.get_name() or "")), None)

    def see(self, role, name):
        return until(lambda: self.find(role, name), f"{role} “{name}”")

    def press(self, role, name):
        self.see(role, name).do_action(0)

    def act(self, name):
        """One of the window's own actions, as a key would start it."""
        frame = until(self.frame, "window")
        names = [Atspi.Action.get_action_name(frame, index) for index in range(frame.get_n_actions())]
        frame.do_action(names.index(name))

    def key(self, keys):
        window = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "^Belay"],
                                capture_output=True, text=True, check=True).stdout.split()[0]
        subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "--clearmodifiers", keys], check=True)

    def told(self):
        """All that can be read, a line each."""
        return "\n".join(f"{node.get_role_name()}\t{node.get_name()}" for node in self.nodes())
