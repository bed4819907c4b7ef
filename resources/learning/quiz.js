// SPDX-License-Identifier: GPL-3.0-or-later
// A quiz: one question at a time. An answer is shown as given only once it is committed, and then it stays.

import { attempt, begin } from "./launch.js";

const DEFAULT_MASTERY = 0.7;
const INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction";
const quiz = JSON.parse(document.getElementById("quiz").textContent);
const language = document.documentElement.lang;

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);

  for (const [key, value] of Object.entries(attributes))
    if (key in node && key !== "for" && key !== "form")
      node[key] = value;
    else
      node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// @html comes from the course's author, by way of the import, which lets no markup through but Markdown's own.
function rich(html, attributes = {}) {
  const node = element("div", { dir: "auto", ...attributes });

  node.innerHTML = html;
  return node;
}

const normal = (text) => text.normalize("NFC").trim().replace(/\s+/g, " ").toLocaleLowerCase(language);
const number = (text) => (/^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : NaN);
const per100 = (share) => Math.round(share * 100);

// What each kind of question needs: its fields, what was said in them, whether that is right, and how xAPI calls it.
const kinds = {
  single: {
    fields: (question) => question.choices.map((choice) => choiceField(question, choice, "radio")),
    read: (form) => form.querySelector("input:checked")?.value ?? "",
    isRight: (question, response) => question.choices.some((choice) => choice.key === response && choice.correct),
    definition: (question) => choiceDefinition(question),
  },
  multiple: {
    fields: (question) => question.choices.map((choice) => choiceField(question, choice, "checkbox")),
    read: (form) => Array.from(form.querySelectorAll("input:checked"), (input) => input.value).join("[,]"),
    isRight: (question, response) => {
      const chosen = response.split("[,]");

      return question.choices.every((choice) => choice.correct === chosen.includes(choice.key));
    },
    definition: (question) => choiceDefinition(question),
  },
  number: {
    fields: (question, words) => [lineField(question, words.number, "decimal")],
    read: (form) => form.querySelector("input").value.trim(),
    isRight: (question, response) => Math.abs(number(response) - question.answer) <= question.tolerance,
    isAllowed: (response) => !Number.isNaN(number(response)),
    spoken: (response) => String(number(response)),
    definition: (question) => ({
      interactionType: "numeric",
      correctResponsesPattern: [`${question.answer - question.tolerance}[:]${question.answer + question.tolerance}`],
    }),
  },
  text: {
    fields: (question, words) => [lineField(question, words.text, "text")],
    read: (form) => form.querySelector("input").value.trim(),
    isRight: (question, response) => question.answers.some((answer) => normal(answer) === normal(response)),
    definition: (question) => ({ interactionType: "fill-in", correctResponsesPattern: question.answers }),
  },
};

function choiceField(question, choice, type) {
  const id = `choice-${choice.key}`;

  return element("div", { className: "choice" },
    element("input", { type, id, name: question.key, value: choice.key }),
    element("label", { for: id }, rich(choice.text), rich("", { className: "feedback", hidden: true })));
}

function lineField(question, label, inputMode) {
  return element("div", { className: "line" },
    element("label", { for: "line" }, label),
    element("input", { type: "text", id: "line", name: question.key, inputMode, autocomplete: "off", dir: "auto" }));
}

function choiceDefinition(question) {
  const plain = (html) => rich(html).textContent.trim();

  return {
    interactionType: "choice",
    choices: question.choices.map((choice) => ({ id: choice.key, description: { [language]: plain(choice.text) } })),
    correctResponsesPattern: [question.choices.filter((choice) => choice.correct).map((choice) => choice.key).join("[,]")],
  };
}

class Quiz {
  #launch;
  #status;
  #stage = document.getElementById("stage");

  constructor(launch, status) {
    this.#launch = launch;
    this.#status = status;
  }

  get #words() {
    return this.#launch.words;
  }

  get #answers() {
    return this.#launch.state.answers ?? {};
  }

  async start() {
    // One that was not passed begins anew at its next launch.
    if (this.#launch.state.outcome === "failed")
      await this.#launch.save({ answers: {}, outcome: null, attempts: (this.#launch.state.attempts ?? 1) + 1 });
    this.#proceed(false);
  }

  #proceed(moveFocus) {
    const next = quiz.questions.find((question) => !(question.key in this.#answers));

    if (next)
      this.#ask(next, moveFocus);
    else if (this.#launch.state.outcome)
      this.#showOutcome(moveFocus);
    else
      this.#judge(moveFocus);
  }

  #ask(question, moveFocus) {
    const kind = kinds[question.kind];
    const count = this.#words.question(quiz.questions.indexOf(question) + 1, quiz.questions.length);
    const button = element("button", { type: "submit", className: "suggested" }, this.#words.answer);
    const result = element("div", { className: "result", role: "status" });
    // A legend may hold no paragraphs, and a question may have some: so the group is named by what stands before it.
    const head = element("div", { id: "question", className: "question", tabIndex: -1 },
      element("p", { className: "count" }, count), rich(question.text));
    const hint = question.kind === "multiple" ? [element("p", { className: "hint" }, this.#words.several)] : [];
    const fields = element("fieldset", { "aria-labelledby": "question" }, head, ...hint, ...kind.fields(question, this.#words));
    const form = element("form", { noValidate: true }, fields, result, element("div", { className: "buttons" }, button));

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#answer(question, form, fields, result, button);
    });
    this.#stage.replaceChildren(form);
    this.#showProgress();
    this.#status.textContent = this.#launch.alone ? this.#words.alone : "";
    if (moveFocus)
      head.focus();
  }

  #showProgress() {
    const bar = document.getElementById("progress");

    bar.max = quiz.questions.length;
    bar.value = Object.keys(this.#answers).length;
    bar.setAttribute("aria-valuetext", `${bar.value}/${bar.max}`);
  }

  async #answer(question, form, fields, result, button) {
    const kind = kinds[question.kind];
    const response = kind.read(form);
    const isRight = kind.isRight(question, response);

    if (response === "" || (kind.isAllowed && !kind.isAllowed(response))) {
      this.#status.textContent = response === "" ? this.#words.choose : this.#words.notANumber;
      return;
    }

    fields.disabled = true;
    const definition = { type: INTERACTION, description: { [language]: rich(question.text).textContent.trim() }, ...kind.definition(question) };
    const statements = this.#launch.answered(question.key, definition, { response: kind.spoken ? kind.spoken(response) : response, success: isRight });
    const before = this.#answers;
    const isGiven = await attempt(this.#launch, this.#status, button, () =>
      this.#launch.say(statements, { answers: { ...before, [question.key]: { response, isRight } } }));

    if (!isGiven) {
      this.#launch.state.answers = before;
      fields.disabled = false;
      return;
    }
    this.#showFeedback(question, response, isRight, form, result);
    this.#offerNext(button);
  }

  #showFeedback(question, response, isRight, form, result) {
    const chosen = response.split("[,]");

    result.classList.add(isRight ? "right" : "wrong");
    result.append(element("p", { className: "verdict" }, isRight ? this.#words.right : this.#words.wrong));
    if (question.feedback?.[isRight ? "right" : "wrong"])
      result.append(rich(question.feedback[isRight ? "right" : "wrong"]));
    for (const choice of question.choices ?? []) {
      const feedback = form.querySelector(`#choice-${CSS.escape(choice.key)} + label .feedback`);

      if (chosen.includes(choice.key) && choice.feedback) {
        feedback.innerHTML = choice.feedback;
        feedback.hidden = false;
      }
      if (choice.correct)
        feedback.closest(".choice").classList.add("correct");
    }
    this.#showProgress();
    this.#status.textContent = this.#launch.alone ? this.#words.alone : this.#words.given;
  }

  #offerNext(button) {
    const next = element("button", { type: "button", className: "suggested" }, this.#words.next);

    button.replaceWith(next);
    next.addEventListener("click", () => this.#proceed(true));
    next.focus();
  }

  get #score() {
    const answers = Object.values(this.#answers);

    return Math.round(answers.filter((answer) => answer.isRight).length / quiz.questions.length * 10000) / 10000;
  }

  get #mastery() {
    return this.#launch.mastery ?? quiz.mastery ?? DEFAULT_MASTERY;
  }

  async #judge(moveFocus) {
    const scaled = this.#score;
    const isPassed = scaled >= this.#mastery;
    const again = element("button", { type: "button", className: "suggested" }, this.#words.tryAgain);
    const statements = [...this.#launch.completed(), ...this.#launch.judged(isPassed, scaled)];
    const more = { outcome: isPassed ? "passed" : "failed", completed: true, passed: this.#launch.state.passed || isPassed };

    if (await attempt(this.#launch, this.#status, again, () => this.#launch.say(statements, more))) {
      this.#showOutcome(moveFocus);
      return;
    }
    // Nothing is lost: the answers are there, and so is what waits to be said.
    again.disabled = false;
    again.addEventListener("click", () => location.reload());
    this.#stage.replaceChildren(element("div", { className: "buttons" }, again));
  }

  #showOutcome(moveFocus) {
    const percent = per100(this.#score);
    const isPassed = this.#launch.state.outcome === "passed";
    const words = isPassed ? this.#words.passed(percent) : this.#words.failed(percent, per100(this.#mastery));
    const heading = element("h2", { tabIndex: -1 }, words);
    const list = element("ol", { className: "review" });

    for (const question of quiz.questions) {
      const { isRight } = this.#answers[question.key];

      list.append(element("li", { className: isRight ? "right" : "wrong" }, rich(question.text),
        element("p", { className: "verdict" }, isRight ? this.#words.right : this.#words.wrong)));
    }
    this.#stage.replaceChildren(heading, element("h3", {}, this.#words.review), list);
    if (this.#launch.returnURL) {
      const leave = element("button", { type: "button", className: "suggested" }, this.#words.leave);

      leave.addEventListener("click", () => this.#launch.leave());
      this.#stage.append(element("div", { className: "buttons" }, leave));
    }
    this.#showProgress();
    this.#status.textContent = this.#launch.alone ? this.#words.alone : this.#words.saved;
    if (moveFocus)
      heading.focus();
  }
}

begin((launch, status) => new Quiz(launch, status).start());
