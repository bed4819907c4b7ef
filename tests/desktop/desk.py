# desk.py: a person at the real window, by what a screen reader is told
#
# SPDX-License-Identifier: GPL-3.0-or-later
import base64, json, os, re, signal, sqlite3, subprocess, time, urllib.request

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

PATIENCE_SECONDS = 60


CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"


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


def walk(node, needs=Atspi.StateType.SHOWING):
    """What is there to be read below a node. A page has all of it, also what one would have to scroll to."""
    if node is None:
        return
    if node.get_role() == Atspi.Role.DOCUMENT_WEB:
        needs = Atspi.StateType.VISIBLE
    if node.get_state_set().contains(needs):
        yield node
    for index in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(index), needs)


def expect_said(statements, wanted, place):
    """That each of cmi5's own verbs was said so often, and no other. A film is initialized too, and is none of them."""
    count = {}
    for statement in statements:
        categories = statement.get("context", {}).get("contextActivities", {}).get("category", [])
        if CMI5 in [category["id"] for category in categories]:
            verb = statement["verb"]["id"].rsplit("/", 1)[-1]
            count[verb] = count.get(verb, 0) + 1
    assert count == wanted, f"{place} there is {count}, and not {wanted}"


class Server:
    """The real server, with the demo organisation, in a folder that outlives its processes."""

    arguments = ["--demo", "--demo-folder", os.environ["BELAY_DEMO"]]

    def __init__(self, folder):
        self.folder, self.listen, self.process = folder, "127.0.0.1:0", None
        self.environment = dict(os.environ, BELAY_DATABASE=f"sqlite:{folder}/belay.sqlite",
                                BELAY_CONTENT=f"{folder}/content", BELAY_KEYS=f"{folder}/keys")
        os.makedirs(folder)

    def start(self):
        self.process = subprocess.Popen(
            [os.environ["BELAY_SERVER_PROGRAM"], "serve", *self.arguments, "--ready-json", "--listen", self.listen],
            env=self.environment, stdout=subprocess.PIPE, text=True)
        ready = json.loads(self.process.stdout.readline())
        self.url = ready["url"]
        self.listen = self.url.removeprefix("http://")
        self.welcome(ready)

    def welcome(self, ready):
        self.people = {person["name"]: person for person in ready["people"]}

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.communicate()
            self.process = None


class OwnServer(Server):
    """The real server with one learner, Ana, and her manager, Max, and a programme of the courses it is given."""

    arguments = []
    PASSWORD = "summit-and-rope"

    def __init__(self, folder, courses):
        super().__init__(folder)
        self.people = {name: {"email": f"{name.lower()}@example.org", "password": self.PASSWORD} for name in ("Ana", "Max")}
        programme = os.path.join(folder, "programme.yaml")
        with open(programme, "w") as file:
            file.write("programme: own\ntitle: Own\nterms:\n  - key: term\n    title: Term\n    weeks:\n"
                       "      - key: week\n        title: Week\n        modules:\n")
            for key in courses:
                file.write(f"          - {{key: {key}, title: {key}, minutes: 5, course: {key}}}\n")
        self.run("init", "--name", "Granit")
        for key, course in courses.items():
            self.run("course", "import", course, "--key", key)
        self.run("programme", "apply", programme)
        yesterday = GLib.DateTime.new_now_utc().add_days(-1).format("%Y-%m-%d")
        self.run("cohort", "add", "first", "--programme", "own", "--starts", yesterday, "--time-zone", "UTC")
        self.run("person", "add", "Max", "max@example.org", "--password-file", "-")
        self.run("person", "add", "Ana", "ana@example.org", "--roles", "learner", "--manager", "max@example.org",
                 "--cohort", "first", "--password-file", "-")

    def run(self, *command):
        return subprocess.run([os.environ["BELAY_SERVER_PROGRAM"], *command], env=self.environment, check=True, text=True,
                              input=self.PASSWORD + "\n", stdout=subprocess.PIPE).stdout

    def welcome(self, ready):
        pass

    def statements(self):
        """All that the server's record store has, as any reporting tool would ask for it."""
        if not hasattr(self, "key"):
            self.key = json.loads(self.run("key", "create", "report"))
        pair = base64.b64encode(f"{self.key['key']}:{self.key['secret']}".encode()).decode()
        found, more = [], "/xapi/statements"
        while more:
            request = urllib.request.Request(self.url + more, headers={
                "Authorization": "Basic " + pair, "X-Experience-API-Version": "2.0.0"})
            with urllib.request.urlopen(request) as reply:
                page = json.load(reply)
            found += page["statements"]
            more = page.get("more")
        return found


class Desk:
    """The application, on a laptop of its own, signed in as somebody."""

    def __init__(self, folder, server, name):
        self.server, self.process = server, None
        self.environment = dict(os.environ, BELAY_SERVER=server.url, GSETTINGS_BACKEND="memory")
        self.data = self.make_folders(folder)
        person = server.people[name]
        subprocess.run([os.environ["BELAY_SIGN_IN"], os.path.join(self.data, "belay"),
                        server.url, person["email"]], input=person["password"] + "\n", text=True, check=True,
                       env=dict(os.environ, DBUS_SESSION_BUS_ADDRESS="disabled:"))

    def make_folders(self, folder):
        """Where the application keeps its data"""
        for kind in "DATA", "CONFIG", "CACHE":
            self.environment[f"XDG_{kind}_HOME"] = path = os.path.join(folder, kind.lower())
            os.makedirs(path)
        return self.environment["XDG_DATA_HOME"]

    def program(self):
        return [os.environ["BELAY_PROGRAM"]]

    def open(self):
        self.process = subprocess.Popen(self.program(), env=self.environment)
        until(lambda: self.frame(), "window")

    def kill(self):
        if self.process is None:
            return
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

    def statements(self):
        """All that the laptop's own record store has; the application is closed."""
        path = os.path.join(self.data, "belay", "account", "belay.db")
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return [json.loads(text) for (text,) in database.execute("SELECT text FROM xapi_statement")]

    def frame(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_name() == "belay" and application.get_child_count() > 0:
                return application.get_child_at_index(0)
        return None

    def nodes(self):
        return list(walk(self.frame()))

    def find(self, role, name):
        return next((node for node in self.nodes()
                     if node.get_role_name() == role and re.search(name, node.get_name() or "")), None)

    def see(self, role, name):
        return until(lambda: self.find(role, name), f"{role} “{name}”")

    def press(self, role, name):
        def ready():
            node = self.find(role, name)
            return node if node is not None and node.get_state_set().contains(Atspi.StateType.SENSITIVE) else None

        until(ready, f"{role} “{name}” to press").do_action(0)

    def has_focus(self, role, name):
        node = self.find(role, name)
        return node is not None and node.get_state_set().contains(Atspi.StateType.FOCUSED)

    def see_focus(self, role, name):
        until(lambda: self.has_focus(role, name), f"focus on {role} “{name}”")

    def walk_to(self, role, name):
        """By the keyboard, as far as it takes."""
        self.see(role, name)
        for _ in range(30):
            if self.has_focus(role, name):
                return
            self.key("Tab")
        raise Lost(f"the keyboard does not come to {role} “{name}”")

    def click(self, role, name):
        """As a mouse would: content may listen for nothing else. Only what is in a page says where it is."""
        def place():
            node = self.find(role, name)
            if node is None:
                return None
            node.scroll_to(Atspi.ScrollType.ANYWHERE)
            box = node.get_extents(Atspi.CoordType.SCREEN)
            return box if box.width > 0 and box.height > 0 else None

        box = until(place, f"{role} “{name}” to click")
        subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1"],
                       check=True)

    def has_loaded(self, library):
        with open(f"/proc/{self.process.pid}/maps") as maps:
            return library in maps.read()

    def act(self, name):
        """One of the window's own actions, as a key would start it."""
        frame = until(self.frame, "window")
        names = [Atspi.Action.get_action_name(frame, index) for index in range(frame.get_n_actions())]
        frame.do_action(names.index(name))

    def key(self, keys):
        window = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "^Belay"],
                                capture_output=True, text=True, check=True).stdout.split()[0]
        subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "--clearmodifiers", keys], check=True)

    def tell(self):
        """For who reads why a test failed"""
        if self.process:
            print("# " + self.told().replace("\n", "\n# "), flush=True)

    def told(self):
        """All that can be read, a line each."""
        return "\n".join(f"{node.get_role_name()}\t{node.get_name()}" for node in self.nodes())
