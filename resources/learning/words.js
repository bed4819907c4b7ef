// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages themselves say, in the languages that Belay is complete in.

const words = {
  en: {
    done: "I have read this", doneAlready: "You have read this.", answer: "Answer", tryAgain: "Try again", next: "Next question",
    right: "Right.", wrong: "Not quite.", question: (n, of) => `Question ${n} of ${of}`,
    saving: "Saving…", saved: "Saved.", given: "Your answer is saved.",
    failedToSave: "That could not be saved just now, so it does not count as given yet. Nothing else is lost. Try again.",
    choose: "Choose an answer first.", several: "More than one may be right.", number: "Your answer, a number",
    text: "Your answer", notANumber: "That is not a number.",
    passed: (s) => `Passed with ${s} %.`, failed: (s, m) => `${s} %. You need ${m} %. Leave, and open it again when you like: you can have another try.`,
    finished: (s) => `Done: ${s} %.`, leave: "Leave", review: "Your answers", expected: "Right would be:",
    film: "Watch it to its end, or read what is said below it.", transcript: "What is said in the film",
    filmDone: "You have seen this.", filmBroken: "The film cannot be played here; read what is said instead.",
    alone: "This page was opened on its own: nothing you do here is recorded. Open it from Belay to study.",
    over: "This launch has ended. Go back to Belay and open it again; what you did is saved.",
  },
  de: {
    done: "Ich habe das gelesen", doneAlready: "Sie haben das gelesen.", answer: "Antworten", tryAgain: "Noch einmal versuchen", next: "Nächste Frage",
    right: "Richtig.", wrong: "Nicht ganz.", question: (n, of) => `Frage ${n} von ${of}`,
    saving: "Wird gespeichert …", saved: "Gespeichert.", given: "Ihre Antwort ist gespeichert.",
    failedToSave: "Das konnte gerade nicht gespeichert werden und gilt deshalb noch nicht als gegeben. Sonst ist nichts verloren. Versuchen Sie es noch einmal.",
    choose: "Wählen Sie zuerst eine Antwort.", several: "Es können mehrere richtig sein.", number: "Ihre Antwort, eine Zahl",
    text: "Ihre Antwort", notANumber: "Das ist keine Zahl.",
    passed: (s) => `Bestanden mit ${s} %.`, failed: (s, m) => `${s} %. Nötig sind ${m} %. Gehen Sie zurück und öffnen Sie es wieder, wann Sie mögen: Sie haben einen neuen Versuch.`,
    finished: (s) => `Fertig: ${s} %.`, leave: "Zurück", review: "Ihre Antworten", expected: "Richtig wäre:",
    film: "Sehen Sie ihn bis zum Ende, oder lesen Sie darunter, was gesagt wird.", transcript: "Was im Film gesagt wird",
    filmDone: "Sie haben das gesehen.", filmBroken: "Der Film kann hier nicht gezeigt werden; lesen Sie stattdessen, was gesagt wird.",
    alone: "Diese Seite wurde für sich geöffnet: Nichts wird aufgezeichnet. Öffnen Sie sie in Belay, um zu lernen.",
    over: "Dieser Start ist vorbei. Gehen Sie zu Belay zurück und öffnen Sie sie wieder; was Sie getan haben, ist gespeichert.",
  },
  fr: {
    done: "J’ai lu ceci", doneAlready: "Vous avez lu ceci.", answer: "Répondre", tryAgain: "Réessayer", next: "Question suivante",
    right: "Juste.", wrong: "Pas tout à fait.", question: (n, of) => `Question ${n} sur ${of}`,
    saving: "Enregistrement…", saved: "Enregistré.", given: "Votre réponse est enregistrée.",
    failedToSave: "Cela n’a pas pu être enregistré à l’instant et ne compte donc pas encore. Rien d’autre n’est perdu. Réessayez.",
    choose: "Choisissez d’abord une réponse.", several: "Plusieurs réponses peuvent être justes.", number: "Votre réponse, un nombre",
    text: "Votre réponse", notANumber: "Ce n’est pas un nombre.",
    passed: (s) => `Réussi avec ${s} %.`, failed: (s, m) => `${s} %. Il faut ${m} %. Sortez et rouvrez quand vous voulez : vous aurez un nouvel essai.`,
    finished: (s) => `Terminé : ${s} %.`, leave: "Sortir", review: "Vos réponses", expected: "Il fallait :",
    film: "Regardez-le jusqu’au bout, ou lisez dessous ce qui est dit.", transcript: "Ce qui est dit dans le film",
    filmDone: "Vous avez vu ceci.", filmBroken: "Le film ne peut pas être lu ici ; lisez plutôt ce qui est dit.",
    alone: "Cette page a été ouverte seule : rien n’est enregistré. Ouvrez-la depuis Belay pour étudier.",
    over: "Ce lancement est terminé. Revenez à Belay et rouvrez-la ; ce que vous avez fait est enregistré.",
  },
};

/** The words in the first of @languages that is known, such as "de-CH"; English otherwise. */
export function wordsFor(languages) {
  for (const language of languages) {
    const found = words[language.toLowerCase().split("-")[0]];
    if (found)
      return found;
  }
  return words.en;
}
