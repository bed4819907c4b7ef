// SPDX-License-Identifier: GPL-3.0-or-later
// A cmi5 launch, seen from the page that was launched (cmi5 §8 to §11).
//
// What is to be said is first put into the saved state, then said, then taken out of it again. So a page that is killed
// between two of these says it at its next start, under the same id, and nothing is said twice.

import { wordsFor } from "./words.js";

const ADL = "http://adlnet.gov/expapi/verbs/";
const CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
const MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon";
const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
const PAUSES = [300, 1000, 3000]; // milliseconds before another try

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const clone = (value) => JSON.parse(JSON.stringify(value));

function newId() {
  if (crypto.randomUUID)
    return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Seconds as ISO 8601, to the hundredth (xAPI 2.0). */
export const duration = (seconds) => `PT${Math.max(0, Math.round(seconds * 100) / 100)}S`;

export class Refused extends Error {
  constructor(status) {
    super(`The record answered ${status}`);
    this.status = status;
  }
}

export class Launch {
  #parameters = new URLSearchParams(location.search);
  #endpoint;
  #token;
  #template;
  #session; // kept over a reload of the page: the token is given once, and "initialized" said once
  #ended = false;

  /** True where the page was opened by itself: then it works, and records nothing. */
  alone = false;
  mode = "Normal";
  mastery = null;
  state = {};
  /** What the learner reads, best first: told by the launch, else by the laptop. */
  languages = [...navigator.languages];
  words = wordsFor([document.documentElement.lang, ...navigator.languages]);

  /** Takes up the launch: token, launch data, preferences, saved state, and what an earlier page could not say. */
  static async begin() {
    const launch = new Launch();

    await launch.#begin();
    return launch;
  }

  async #begin() {
    const wanted = ["endpoint", "fetch", "actor", "registration", "activityId"];

    if (wanted.some((name) => !this.#parameters.get(name))) {
      this.alone = true;
      this.#session = { started: Date.now() };
      return;
    }

    this.#endpoint = this.#parameters.get("endpoint").replace(/\/+$/, "");
    this.#session = JSON.parse(sessionStorage.getItem(this.#sessionKey) ?? "null") ?? { started: Date.now() };
    await this.#fetchToken();

    const data = await this.#getState("LMS.LaunchData");
    if (!data)
      throw new Refused(404);
    this.#template = data.contextTemplate ?? {};
    this.mode = data.launchMode ?? "Normal";
    this.mastery = data.masteryScore ?? null;
    this.returnURL = data.returnURL ?? null;
    await this.#readPreferences();
    if (!this.#session.initialized) {
      await this.#put(this.#statement("initialized", { categories: [CMI5] }));
      this.#remember({ initialized: true });
    }
    this.state = (await this.#getState("suspendData")) ?? {};
    await this.#sayWhatWaits();
    addEventListener("pagehide", () => this.#terminate(true));
  }

  get #sessionKey() {
    return `belay ${this.#parameters.get("fetch")}`;
  }

  #remember(more) {
    Object.assign(this.#session, more);
    sessionStorage.setItem(this.#sessionKey, JSON.stringify(this.#session));
  }

  async #fetchToken() {
    if (!this.#session.token) {
      const reply = await fetch(this.#parameters.get("fetch"), { method: "POST" });
      const body = reply.ok ? await reply.json() : {};

      if (!body["auth-token"])
        throw new Refused(401);
      this.#remember({ token: body["auth-token"] });
    }
    this.#token = this.#session.token;
  }

  async #readPreferences() {
    const query = new URLSearchParams({ agent: this.#parameters.get("actor"), profileId: "cmi5LearnerPreferences" });
    const reply = await this.#ask("GET", `agents/profile?${query}`);
    const preferences = reply.ok ? await reply.json() : {};
    const languages = (preferences.languagePreference ?? "").split(",").map((part) => part.trim()).filter(Boolean);

    this.audio = preferences.audioPreference ?? "on";
    if (languages.length > 0) {
      this.languages = languages;
      this.words = wordsFor(languages);
    }
  }

  #ask(method, resource, body, keepalive = false) {
    const headers = { Authorization: `Basic ${this.#token}`, "X-Experience-API-Version": "1.0.3" };

    if (body !== undefined)
      headers["Content-Type"] = "application/json";
    return fetch(`${this.#endpoint}/${resource}`, { method, headers, body, keepalive });
  }

  // A fault of the moment is tried again; a refusal is not.
  async #askUntilHeard(method, resource, body) {
    for (let tries = 0; ; tries++) {
      let status = 0;

      try {
        const reply = await this.#ask(method, resource, body);
        if (reply.ok || reply.status === 404)
          return reply;
        status = reply.status;
      } catch {
        status = 0;
      }
      if ((status >= 400 && status < 500 && status !== 429) || tries >= PAUSES.length)
        throw new Refused(status);
      await pause(PAUSES[tries]);
    }
  }

  #stateResource(id) {
    const query = new URLSearchParams({
      activityId: this.#parameters.get("activityId"), agent: this.#parameters.get("actor"),
      registration: this.#parameters.get("registration"), stateId: id,
    });

    return `activities/state?${query}`;
  }

  async #getState(id) {
    const reply = await this.#askUntilHeard("GET", this.#stateResource(id));

    return reply.ok ? reply.json() : null;
  }

  /** Keeps @more in the saved state; resolves once that is committed. */
  async save(more = {}) {
    Object.assign(this.state, more);
    if (!this.alone)
      await this.#askUntilHeard("PUT", this.#stateResource("suspendData"), JSON.stringify(this.state));
  }

  #statement(verb, { result, object, categories = [], extensions } = {}) {
    const context = clone(this.#template);
    const activity = { objectType: "Activity", id: this.#parameters.get("activityId") };

    context.registration = this.#parameters.get("registration");
    context.contextActivities ??= {};
    if (categories.length > 0)
      context.contextActivities.category = [...(context.contextActivities.category ?? []), ...categories.map((id) => ({ id }))];
    if (object)
      context.contextActivities.parent = [activity];
    if (extensions)
      context.extensions = { ...context.extensions, ...extensions };

    return {
      id: newId(), actor: JSON.parse(this.#parameters.get("actor")),
      verb: { id: ADL + verb, display: { en: verb } }, object: object ?? activity,
      ...(result ? { result } : {}), context, timestamp: new Date().toISOString(),
    };
  }

  async #put(statement) {
    const query = new URLSearchParams({ statementId: statement.id });
    const reply = await this.#askUntilHeard("PUT", `statements?${query}`, JSON.stringify(statement));

    if (!reply.ok)
      throw new Refused(reply.status);
    if (/\/(passed|failed)$/.test(statement.verb.id))
      this.#remember({ judged: true });
  }

  // What an earlier page wanted to say. It may have been heard: then the same id is a conflict or is nothing new, and a
  // second "completed" of one registration is refused, which both mean that it is there.
  async #sayWhatWaits() {
    const waiting = this.state.waiting ?? [];

    for (const statement of waiting) {
      try {
        await this.#put(statement);
      } catch (refusal) {
        if (!(refusal instanceof Refused) || refusal.status < 400 || refusal.status >= 500)
          throw refusal;
        if (refusal.status !== 409)
          await this.#sayInThisSession(statement);
      }
    }
    if (waiting.length > 0)
      await this.save({ waiting: [] });
  }

  async #sayInThisSession(statement) {
    const again = clone(statement);

    again.id = newId();
    again.context.extensions = { ...again.context.extensions, ...this.#template.extensions };
    try {
      await this.#put(again);
    } catch (refusal) {
      const isOnce = /\/(completed|passed|failed)$/.test(statement.verb.id);

      if (!isOnce || !(refusal instanceof Refused) || refusal.status < 400 || refusal.status >= 500)
        throw refusal;
    }
  }

  /** Says @statements, which then are committed, together with @more of the saved state. */
  async say(statements, more = {}) {
    if (this.alone) {
      Object.assign(this.state, more);
      return;
    }

    await this.save({ ...more, waiting: statements });
    for (const statement of statements)
      await this.#put(statement);
    await this.save({ waiting: [] });
  }

  get seconds() {
    return (Date.now() - this.#session.started) / 1000;
  }

  /** Whether this launch may judge: a look back (cmi5 §10.2.2) may not. */
  get counts() {
    return !this.alone && this.mode === "Normal";
  }

  /** "completed", where this registration has not said so yet. */
  completed() {
    if (!this.counts || this.state.completed)
      return [];
    return [this.#statement("completed", {
      result: { completion: true, duration: duration(this.seconds) }, categories: [CMI5, MOVE_ON],
    })];
  }

  /** "passed" or "failed" with @scaled, once a session, and never after it was passed. */
  judged(isPassed, scaled) {
    if (!this.counts || this.state.passed || this.#session.judged)
      return [];
    return [this.#statement(isPassed ? "passed" : "failed", {
      result: { success: isPassed, score: { scaled }, duration: duration(this.seconds) }, categories: [CMI5, MOVE_ON],
      extensions: this.mastery === null ? undefined : { [MASTERY]: this.mastery },
    })];
  }

  /** "answered", about the question @key of this activity. */
  answered(key, definition, result) {
    if (this.alone)
      return [];
    return [this.#statement("answered", {
      object: { objectType: "Activity", id: `${this.#parameters.get("activityId")}#${encodeURIComponent(key)}`, definition }, result,
    })];
  }

  #terminate(isLeaving) {
    if (this.alone || this.#ended)
      return Promise.resolve();
    this.#ended = true;

    const statement = this.#statement("terminated", { result: { duration: duration(this.seconds) }, categories: [CMI5] });
    const query = new URLSearchParams({ statementId: statement.id });

    if (!isLeaving)
      return this.#put(statement);
    return this.#ask("PUT", `statements?${query}`, JSON.stringify(statement), true).catch(() => {});
  }

  /** Ends the launch and goes back to where it came from. */
  async leave() {
    await this.#terminate(false).catch(() => {});
    if (this.returnURL)
      location.assign(this.returnURL);
  }
}

/** Begins the launch for a page, and tells in the page itself where that fails. */
export async function begin(run) {
  const status = document.getElementById("status");

  try {
    const launch = await Launch.begin();

    status.textContent = launch.alone ? launch.words.alone : "";
    await run(launch, status);
  } catch (fault) {
    console.error(fault);
    status.textContent = wordsFor([document.documentElement.lang, ...navigator.languages]).over;
    status.classList.add("error");
  }
  document.body.removeAttribute("aria-busy");
}

/** Runs @act while @button waits; where it fails that is told, and the button works again. */
export async function attempt(launch, status, button, act) {
  const waiting = setTimeout(() => { status.textContent = launch.words.saving; }, 200);

  button.disabled = true;
  status.classList.remove("error");
  try {
    await act();
    return true;
  } catch (fault) {
    console.error(fault);
    status.textContent = fault.status === 401 || fault.status === 403 ? launch.words.over : launch.words.failedToSave;
    status.classList.add("error");
    button.disabled = false;
    return false;
  } finally {
    clearTimeout(waiting);
  }
}
