# host.py: one launch of belay-content-host, and content that speaks to it over HTTP
#
# SPDX-License-Identifier: GPL-3.0-or-later
import base64, datetime, json, os, subprocess, urllib.error, urllib.parse, urllib.request, uuid, zipfile

ADL = "http://adlnet.gov/expapi/verbs/"
W3ID = "https://w3id.org/xapi/adl/verbs/"
CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


def text(name):
    return f"<title><langstring>{name}</langstring></title><description><langstring>{name}</langstring></description>"


def unit(key, attributes="", children=""):
    return f'<au id="https://publisher.example/{key}" {attributes}>{text(key)}<url>index.html?unit={key}</url>{children}</au>'


def block(key, *units):
    return f'<block id="https://publisher.example/{key}">{text(key)}{"".join(units)}</block>'


def package(path, *members):
    """A cmi5 package with one page, which all of its units begin with."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("index.html", "<!doctype html><title>unit</title>")
        archive.writestr("cmi5.xml", f'<courseStructure xmlns="{NAMESPACE}"><course id="https://publisher.example/course">'
                                     f'{text("course")}</course>{"".join(members)}</courseStructure>')
    return path


class Launch:
    """A launch, from its process's start to its end. Where @folder is one of before, its registration goes on."""

    def __init__(self, course, folder, unit=0, mode="Normal"):
        self.said, self.token = [], None
        command = [os.environ["BELAY_CONTENT_HOST"], "--folder", folder, "--mode", mode]
        if unit:
            # Keys are the import's own: ask for them
            with Launch(course, folder + ".keys") as first:
                command += ["--activity", first.activities[unit]]
        self.process = subprocess.Popen(command + [course], stdout=subprocess.PIPE, text=True)
        while not (line := json.loads(self.process.stdout.readline())).get("url"):
            self.said.append(line)
        self.session, self.activities, self.return_url = line["session"], line["activities"], line["returnURL"]
        self.url = urllib.parse.urlsplit(line["url"])
        self.parameters = dict(urllib.parse.parse_qsl(self.url.query))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.process.poll() is None:
            self.end()

    def end(self):
        """As when the learner leaves; what is said until then and by the end itself is in @said."""
        self.process.terminate()
        self.said += [json.loads(line) for line in self.process.communicate()[0].splitlines()]
        assert self.process.returncode == 0, f"the host ended with {self.process.returncode}"
        return self.said

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def ask(self, method, address, body=None, headers=None):
        """(status, JSON or text) of an answer"""
        request = urllib.request.Request(address, method=method, headers=headers or {},
                                         data=body.encode() if body is not None else None)
        try:
            reply = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            reply = error
        with reply:
            answer = reply.read().decode()
        try:
            return reply.status, json.loads(answer)
        except ValueError:
            return reply.status, answer

    def fetch(self, method="POST"):
        return self.ask(method, self.parameters["fetch"])

    def xapi(self, method, resource, body=None, **query):
        if self.token is None:
            self.token = self.fetch()[1]["auth-token"]
        address = f"{self.parameters['endpoint']}/{resource}?{urllib.parse.urlencode(query)}"
        return self.ask(method, address, json.dumps(body) if body is not None else None, {
            "Authorization": "Basic " + self.token, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"})

    def state(self, method, name, body=None, **other):
        query = {"stateId": name, "activityId": self.parameters["activityId"], "agent": self.parameters["actor"],
                 "registration": self.parameters["registration"], **other}
        return self.xapi(method, "activities/state", body, **{key: value for key, value in query.items() if value})

    def launch_data(self):
        return self.state("GET", "LMS.LaunchData")[1]

    def statement(self, verb, result=None, categories=("cmi5",), **other):
        context = json.loads(json.dumps(self.launch_data()["contextTemplate"]))
        context["registration"] = self.parameters["registration"]
        if categories:
            context["contextActivities"]["category"] = [{"id": CATEGORY + category} for category in categories]
        statement = {"id": str(uuid.uuid4()), "actor": json.loads(self.parameters["actor"]), "verb": {"id": verb},
                     "object": {"objectType": "Activity", "id": self.parameters["activityId"]}, "context": context,
                     "timestamp": datetime.datetime.now(datetime.timezone.utc).isoformat()}
        if result:
            statement["result"] = result
        statement.update(other)
        return statement

    def say(self, verb, result=None, categories=("cmi5",), **other):
        """The status of the answer"""
        statement = self.statement(verb, result, categories, **other)
        return self.xapi("PUT", "statements", statement, statementId=statement["id"])[0]

    # What a unit says when all goes well
    def initialize(self):
        return self.say(ADL + "initialized")

    def complete(self):
        return self.say(ADL + "completed", {"completion": True, "duration": "PT1S"}, ("cmi5", "moveon"))

    def succeed(self, scaled=None):
        score = {"score": {"scaled": scaled}} if scaled is not None else {}
        return self.say(ADL + "passed", {"success": True, "duration": "PT1S", **score}, ("cmi5", "moveon"))

    def fail(self, scaled=None):
        score = {"score": {"scaled": scaled}} if scaled is not None else {}
        return self.say(ADL + "failed", {"success": False, "duration": "PT1S", **score}, ("cmi5", "moveon"))

    def terminate(self):
        return self.say(ADL + "terminated", {"duration": "PT1S"})


def verbs(statements):
    return [statement["verb"]["id"].rsplit("/", 1)[-1] for statement in statements]
