// SPDX-License-Identifier: GPL-3.0-or-later
// A film: it goes on where it was left, and is complete when it was seen, or when what is said in it was read.

import { attempt, begin } from "./launch.js";

const ENOUGH = 0.9; // of its length, so that credits need not be watched
const EVERY = 5; // seconds between two notes of the place

function seen(film) {
  let seconds = 0;

  for (let i = 0; i < film.played.length; i++)
    seconds += film.played.end(i) - film.played.start(i);
  return film.duration > 0 ? seconds / film.duration : 0;
}

// In the first of @languages that there are captions in; "de" will do for "de-CH". One who wants none turns them off.
function showCaptions(film, languages) {
  const base = (language) => language.toLowerCase().split("-")[0];

  for (const language of languages) {
    const track = Array.from(film.textTracks).find((candidate) => base(candidate.language) === base(language));
    if (track) {
      track.mode = "showing";
      return;
    }
  }
}

begin(async (launch, status) => {
  const film = document.querySelector("video");
  const button = document.getElementById("finish");
  const transcript = document.querySelector("details");
  let noted = launch.state.place ?? 0;
  let earlier = launch.state.seen ?? 0;

  const note = () => launch.save({ place: film.currentTime, seen: Math.min(1, earlier + seen(film)) }).catch(() => {});
  const show = () => {
    button.hidden = Boolean(launch.state.completed) || (transcript !== null && !transcript.open);
    status.textContent = launch.state.completed ? launch.words.filmDone : launch.words.film;
  };
  const complete = async () => {
    if (launch.state.completed)
      return;
    if (!await attempt(launch, status, button, () => launch.say(launch.completed(), { completed: true, place: film.currentTime })))
      delete launch.state.completed;
    else
      show();
  };

  button.textContent = launch.words.done;
  button.addEventListener("click", complete);
  if (transcript) {
    transcript.querySelector("summary").textContent = launch.words.transcript;
    transcript.addEventListener("toggle", show);
  }
  showCaptions(film, [...launch.languages, document.documentElement.lang]);
  film.addEventListener("loadedmetadata", () => {
    if (launch.state.place && launch.state.place < film.duration - 1)
      film.currentTime = launch.state.place;
  });
  film.addEventListener("timeupdate", () => {
    if (Math.abs(film.currentTime - noted) < EVERY)
      return;
    noted = film.currentTime;
    note();
    if (earlier + seen(film) >= ENOUGH)
      complete();
  });
  film.addEventListener("pause", note);
  film.addEventListener("ended", complete);
  film.addEventListener("error", () => {
    if (transcript)
      transcript.open = true;
    status.textContent = launch.words.filmBroken;
  }, true);
  film.muted = launch.audio === "off";
  if (film.readyState >= 1)
    film.dispatchEvent(new Event("loadedmetadata"));
  show();
});
