// SPDX-License-Identifier: GPL-3.0-or-later
// A page to read: it opens where it was left, and is complete when its reader says so at its end.

import { attempt, begin } from "./launch.js";

const QUIET = 1500; // milliseconds without scrolling before the place is kept

function place() {
  const room = document.documentElement.scrollHeight - innerHeight;

  return room > 0 ? Math.min(1, scrollY / room) : 0;
}

function goTo(fraction) {
  scrollTo(0, fraction * (document.documentElement.scrollHeight - innerHeight));
}

begin(async (launch, status) => {
  const button = document.getElementById("finish");
  let timer = 0;

  const show = () => {
    button.hidden = Boolean(launch.state.completed);
    if (launch.state.completed)
      status.textContent = launch.words.doneAlready;
  };

  button.textContent = launch.words.done;
  button.addEventListener("click", async () => {
    if (await attempt(launch, status, button, () => launch.say(launch.completed(), { completed: true })))
      show();
    else
      delete launch.state.completed;
  });
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => launch.save({ place: place() }).catch(() => {}), QUIET);
  }, { passive: true });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden")
      launch.save({ place: place() }).catch(() => {});
  });

  show();
  await document.fonts.ready;
  if (launch.state.place)
    goTo(launch.state.place);
});
