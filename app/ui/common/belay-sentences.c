/* belay-sentences.c: every code that a person may meet, as a sentence
 *
 * Rooms below carry codes; here each becomes words that say what happened, that nothing was
 * lost, and what to do. Nothing here shows or does anything.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-config.h"

#include "belay-sentences.h"

#include "belay-service-error.h"
#include "belay-words.h"

#include <glib/gi18n.h>

typedef struct
{
  int code;
  const char *title;
  const char *body;
} ErrorSentence;

typedef struct
{
  const char *code;
  const char *sentence;
} CodeSentence;

static const ErrorSentence error_sentences[] = {
  { BELAY_SERVICE_ERROR_NOT_AN_ADDRESS, N_ ("That is not an address, a code or a link"),
    N_ ("An address looks like learn.example.org, a code like ABCD-EFGH, a link begins with belay://. Look again at "
        "the invitation you were sent.") },
  { BELAY_SERVICE_ERROR_ADDRESS_MISSING, N_ ("The code alone does not say where to go"),
    N_ ("Add the server's address after an @, as in ABCD-EFGH@learn.example.org, or paste the whole link from your "
        "invitation.") },
  { BELAY_SERVICE_ERROR_OFFLINE, N_ ("No connection to the server"),
    N_ ("Nothing was lost. Check the network, then try again.") },
  { BELAY_SERVICE_ERROR_UNKNOWN_HOST, N_ ("There is no such address"),
    N_ ("Nobody has this address. Look for a slip in its spelling.") },
  { BELAY_SERVICE_ERROR_CERTIFICATE, N_ ("This connection is not safe"),
    N_ ("The server could not prove who it is, so nothing was sent to it. Try another network, or tell your "
        "administrator.") },
  { BELAY_SERVICE_ERROR_NOT_BELAY, N_ ("That is not a Belay server"),
    N_ ("Something answered at this address, but not Belay. Look again at the invitation you were sent.") },
  { BELAY_SERVICE_ERROR_PORTAL, N_ ("This network wants you to sign in to it first"),
    N_ ("Open any page in your web browser, sign in to the network, then try again. Nothing was lost.") },
  { BELAY_SERVICE_ERROR_WRONG_PASSWORD, N_ ("Email or password is wrong"),
    N_ ("Try again. Who cannot remember asks their administrator for a new password.") },
  { BELAY_SERVICE_ERROR_WRONG_CODE, N_ ("This code does not open anything"),
    N_ ("It may have been used already, or have expired. Ask whoever sent it for a new one.") },
  { BELAY_SERVICE_ERROR_HAS_PASSWORD, N_ ("You have joined before"),
    N_ ("This person has a password already: go back and sign in with the server's address alone.") },
  { BELAY_SERVICE_ERROR_SIGN_IN_NEEDED, N_ ("Please sign in again"),
    N_ ("The server no longer knows this laptop. All you did is safe here and goes on its way once you have signed "
        "in.") },
  { BELAY_SERVICE_ERROR_FORBIDDEN, N_ ("You may not do this"),
    N_ ("Nothing was changed. Your organiser can tell you who may.") },
  { BELAY_SERVICE_ERROR_SERVER_TROUBLE, N_ ("The server has trouble"),
    N_ ("It answers, but cannot work just now. All you do is kept here; Belay tries again by itself.") },
  { BELAY_SERVICE_ERROR_UPDATE_NEEDED, N_ ("Belay needs an update"),
    N_ ("The server speaks a newer language than this app. All you do is kept here until Belay is updated.") },
  { BELAY_SERVICE_ERROR_DISK_FULL, N_ ("There is no room left on this laptop"),
    N_ ("What was saved before is safe. Free some space, for instance by removing downloads, then try again.") },
  { BELAY_SERVICE_ERROR_DATABASE_NEWER, N_ ("A newer Belay has been used here"),
    N_ ("Your data was left untouched. Update Belay to go on.") },
  { BELAY_SERVICE_ERROR_DATABASE_DAMAGED, N_ ("Belay's data on this laptop is damaged"),
    N_ ("Nothing was deleted, and what the server has is safe there. Ask your administrator before you change "
        "anything.") },
  { BELAY_SERVICE_ERROR_IN_USE, N_ ("Belay is already open"),
    N_ ("Another Belay on this laptop uses this account. Close it there first.") },
  { BELAY_SERVICE_ERROR_NOT_DOWNLOADED, N_ ("This module is not on this laptop yet"),
    N_ ("Download it first; then it can be studied anywhere.") },
  { BELAY_SERVICE_ERROR_CANCELLED, N_ ("Stopped"), N_ ("Nothing was changed.") },
};

static const ErrorSentence own_fault = {
  BELAY_SERVICE_ERROR_FAILED, N_ ("Something went wrong in Belay"),
  N_ ("What was saved before is safe. Try again; if it happens again, please tell your administrator.")
};

static const CodeSentence refusal_sentences[] = {
  { "malformed", N_ ("The server could not read it. That is a fault of the course or of Belay, not yours. Export it "
                     "and send it to your administrator.") },
  { "not-yours",
    N_ ("It belongs to another person than the one who is signed in. Sign in as that person, or export it.") },
  { "forbidden", N_ ("You may not do this any more. Your organiser can tell you why.") },
  { "unsupported",
    N_ ("The server does not know this kind of thing yet. Try again after the server has been updated.") },
  { "conflict", N_ ("Somebody else changed it first. Look at what it is now, then try again or let it go.") },
  { "needs", N_ ("It builds on something that was refused. Settle that first, then try again.") },
  { "different",
    N_ ("The server has something else under the same name. Export it and send it to your administrator.") },
  { "too-large", N_ ("It is too large for the server. Export it and send it to your administrator.") },
};

static const CodeSentence failure_sentences[] = {
  { "disk-full", N_ ("No room left on this laptop. What is here stays; free some space, then try again.") },
  { "quota", N_ ("The space for downloads is used up. Remove a module, or allow more space in Preferences.") },
  { "damaged", N_ ("What arrived was damaged, so it was thrown away. Trying again fetches only that part.") },
  { "untrusted", N_ ("It is not signed by your organisation, so it was not kept. Please tell your administrator.") },
  { "gone", N_ ("The server does not have it any more. Please tell your organiser.") },
  { "network", N_ ("The network broke off. What is here stays; Belay goes on from there.") },
};

static const CodeSentence verbs[] = {
  { "launched", N_ ("opened") },   { "initialized", N_ ("begun") }, { "completed", N_ ("completed") },
  { "passed", N_ ("passed") },     { "failed", N_ ("not passed") }, { "terminated", N_ ("closed") },
  { "answered", N_ ("answered") }, { "experienced", N_ ("read") },  { "progressed", N_ ("went on") },
  { "played", N_ ("played") },     { "paused", N_ ("paused") },     { "abandoned", N_ ("broken off") },
  { "satisfied", N_ ("done") },    { "waived", N_ ("waived") },
};

static const ErrorSentence *
find_error (const GError *error)
{
  if (error->domain != BELAY_SERVICE_ERROR)
    return &own_fault;

  for (gsize i = 0; i < G_N_ELEMENTS (error_sentences); i++)
    if (error_sentences[i].code == error->code)
      return &error_sentences[i];

  return &own_fault;
}

static const char *
find_code (const CodeSentence *sentences,
           gsize length,
           const char *code)
{
  for (gsize i = 0; i < length; i++)
    if (g_strcmp0 (sentences[i].code, code) == 0)
      return _ (sentences[i].sentence);

  return NULL;
}

static gboolean
is_too_many (const GError *error)
{
  return g_error_matches (error, BELAY_SERVICE_ERROR, BELAY_SERVICE_ERROR_TOO_MANY);
}

/**
 * belay_sentence_error_title:
 * @error: of any domain
 *
 * Returns: what happened, in a few words
 */
const char *
belay_sentence_error_title (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (is_too_many (error))
    return _ ("Too many tries");

  return _ (find_error (error)->title);
}

/**
 * belay_sentence_error_body:
 * @error: of any domain
 *
 * Returns: (transfer full): that nothing was lost, and what to do
 */
char *
belay_sentence_error_body (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (is_too_many (error))
    {
      g_autofree char *wait = belay_words_duration (MAX (belay_service_error_get_seconds (error), 60));

      /* Translators: %s is a duration such as "15 min" */
      return g_strdup_printf (_ ("The server asks for a pause. Try again in %s."), wait);
    }

  return g_strdup (_ (find_error (error)->body));
}

static char *
all_saved (BelaySyncStatus *status,
           gint64 now_us)
{
  gint64 last = belay_sync_status_get_last_contact (status);
  g_autofree char *ago = NULL;

  if (last == 0)
    return g_strdup (_ ("Not heard from the server yet"));

  ago = belay_words_ago (last, now_us);
  return belay_words_join (_ ("All saved on the server"), ago);
}

static char *
safe_here (guint count,
           BelaySyncState state)
{
  if (state == BELAY_SYNC_STATE_PORTAL)
    return g_strdup_printf (ngettext ("%u thing safe here; the network wants you to sign in",
                                      "%u things safe here; the network wants you to sign in", count),
                            count);
  if (state == BELAY_SYNC_STATE_SERVER_TROUBLE)
    return g_strdup_printf (ngettext ("%u thing safe here; the server has trouble",
                                      "%u things safe here; the server has trouble", count),
                            count);
  if (state == BELAY_SYNC_STATE_OFFLINE)
    return g_strdup_printf (ngettext ("%u thing safe here, waiting for a network",
                                      "%u things safe here, waiting for a network", count),
                            count);

  return g_strdup_printf (ngettext ("%u thing on its way", "%u things on their way", count), count);
}

/**
 * belay_sentence_sync_line:
 *
 * Returns: (transfer full): the one quiet line at the foot of the sidebar
 */
char *
belay_sentence_sync_line (BelaySyncStatus *status,
                          gint64 now_us)
{
  BelaySyncState state;
  guint refused;
  guint waiting;

  g_return_val_if_fail (BELAY_IS_SYNC_STATUS (status), NULL);

  state = belay_sync_status_get_state (status);
  refused = belay_sync_status_get_refused (status);
  waiting = belay_sync_status_get_waiting (status) + belay_sync_status_get_on_the_way (status);

  if (refused > 0)
    return g_strdup_printf (ngettext ("%u thing needs you", "%u things need you", refused), refused);
  if (state == BELAY_SYNC_STATE_SIGN_IN_NEEDED)
    return g_strdup (_ ("Please sign in again"));
  if (state == BELAY_SYNC_STATE_UPDATE_NEEDED)
    return g_strdup (_ ("Belay needs an update"));
  if (state == BELAY_SYNC_STATE_DISK_FULL)
    return g_strdup (_ ("This laptop is full"));
  if (waiting > 0)
    return safe_here (waiting, state);

  return all_saved (status, now_us);
}

/**
 * belay_sentence_sync_state:
 *
 * Returns: what holds sync up and what to do about it
 */
const char *
belay_sentence_sync_state (BelaySyncState state)
{
  switch (state)
    {
    case BELAY_SYNC_STATE_OFFLINE:
      return _ ("No network reaches the server. Go on: all you do is kept here and sent when there is one.");
    case BELAY_SYNC_STATE_PORTAL:
      return _ ("This network wants you to sign in to it first. Open any page in your web browser, then come back. All "
                "you do is kept here.");
    case BELAY_SYNC_STATE_SIGN_IN_NEEDED:
      return _ (
        "The server no longer knows this laptop. Sign in again; all you did is kept here and goes on its way then.");
    case BELAY_SYNC_STATE_SERVER_TROUBLE:
      return _ ("The server answers, but cannot work just now. All you do is kept here; Belay tries again by itself.");
    case BELAY_SYNC_STATE_UPDATE_NEEDED:
      return _ ("The server speaks a newer language than this app. Update Belay; all you do is kept here until then.");
    case BELAY_SYNC_STATE_DISK_FULL:
      return _ ("There is no room left on this laptop. What was saved before is safe; free some space to go on.");
    case BELAY_SYNC_STATE_OK:
    default:
      return _ ("Belay sends what you do by itself, and keeps it here until the server has it.");
    }
}

/**
 * belay_sentence_sync_report:
 *
 * Returns: (transfer full): what “Sync now” did
 */
char *
belay_sentence_sync_report (const BelaySyncReport *report)
{
  g_autofree char *sent = NULL;
  g_autofree char *received = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  if (report->state != BELAY_SYNC_STATE_OK)
    return g_strdup (belay_sentence_sync_state (report->state));
  if (report->refused > 0)
    return g_strdup_printf (ngettext ("The server refused %u thing. It is kept here until you decide.",
                                      "The server refused %u things. They are kept here until you decide.",
                                      report->refused),
                            report->refused);
  if (report->sent == 0 && report->received == 0)
    return g_strdup (_ ("Nothing was waiting, nothing is new"));

  sent = report->sent > 0 ? g_strdup_printf (ngettext ("%u thing sent", "%u things sent", report->sent), report->sent)
                          : NULL;
  received =
    report->received > 0
      ? g_strdup_printf (ngettext ("%u change received", "%u changes received", report->received), report->received)
      : NULL;
  return belay_words_join (sent, received);
}

/**
 * belay_sentence_refusal:
 * @code: (nullable): the verdict's code, see protocol.md
 *
 * Returns: why the server refused something, and what to do
 */
const char *
belay_sentence_refusal (const char *code)
{
  const char *sentence = find_code (refusal_sentences, G_N_ELEMENTS (refusal_sentences), code);

  return sentence != NULL ? sentence
                          : _ ("The server gave a reason that this version of Belay does not know. Try again after an "
                               "update, or export it.");
}

/**
 * belay_sentence_done:
 *
 * Returns: (transfer full): what was done, as `The bulkhead · completed`
 */
char *
belay_sentence_done (BelaySyncLine *line)
{
  const char *verb;

  g_return_val_if_fail (BELAY_IS_SYNC_LINE (line), NULL);

  verb = find_code (verbs, G_N_ELEMENTS (verbs), belay_sync_line_get_verb (line));
  return belay_words_join (belay_sync_line_get_what (line), verb != NULL ? verb : belay_sync_line_get_verb (line));
}

static char *
still_to_get (BelayModuleItem *module)
{
  gint64 left = belay_module_item_get_bytes_left (module);
  g_autofree char *size = g_format_size ((guint64) (left > 0 ? left : belay_module_item_get_bytes (module)));

  /* Translators: %s is a size such as "120 MB" */
  return g_strdup_printf (_ ("%s to get"), size);
}

/**
 * belay_sentence_module:
 *
 * Returns: (transfer full): how much of it is on this laptop, in few words
 */
char *
belay_sentence_module (BelayModuleItem *module)
{
  g_autofree char *share = NULL;

  g_return_val_if_fail (BELAY_IS_MODULE_ITEM (module), NULL);

  share = belay_words_share ((gint64) (belay_module_item_get_fraction (module) * 10000));

  switch (belay_module_item_get_state (module))
    {
    case BELAY_DOWNLOAD_STATE_QUEUED:
      return g_strdup (_ ("Waits for its download"));
    case BELAY_DOWNLOAD_STATE_DOWNLOADING:
      /* Translators: %s is a share such as "43 %" */
      return g_strdup_printf (_ ("Downloading, %s"), share);
    case BELAY_DOWNLOAD_STATE_PAUSED:
      return g_strdup_printf (_ ("Paused at %s"), share);
    case BELAY_DOWNLOAD_STATE_VERIFYING:
      return g_strdup (_ ("Checking what arrived"));
    case BELAY_DOWNLOAD_STATE_READY:
      return g_strdup (_ ("Ready offline"));
    case BELAY_DOWNLOAD_STATE_FAILED:
      return g_strdup (_ ("Download stopped"));
    case BELAY_DOWNLOAD_STATE_UNAVAILABLE:
      return g_strdup (_ ("Its content is not ready on the server yet"));
    case BELAY_DOWNLOAD_STATE_REMOTE:
    default:
      return still_to_get (module);
    }
}

/**
 * belay_sentence_download_failure:
 * @code: (nullable): see #BelayModuleItem:failure
 *
 * Returns: why a download stopped, and what to do
 */
const char *
belay_sentence_download_failure (const char *code)
{
  const char *sentence = find_code (failure_sentences, G_N_ELEMENTS (failure_sentences), code);

  return sentence != NULL ? sentence : _ ("The download stopped. What is here stays; try again.");
}

/**
 * belay_sentence_receipt:
 *
 * Returns: where something is, in the person's words
 */
const char *
belay_sentence_receipt (BelayReceipt receipt)
{
  switch (receipt)
    {
    case BELAY_RECEIPT_HERE:
      return _ ("safe here");
    case BELAY_RECEIPT_ON_ITS_WAY:
      return _ ("on its way");
    case BELAY_RECEIPT_SERVER:
      return _ ("the server has it");
    case BELAY_RECEIPT_NONE:
    default:
      return "";
    }
}

/**
 * belay_sentence_standing_word:
 *
 * Returns: the standing in a word or two
 */
const char *
belay_sentence_standing_word (BelayStanding standing)
{
  switch (standing)
    {
    case BELAY_STANDING_BEHIND:
      return _ ("Behind the plan");
    case BELAY_STANDING_NOT_HEARD_FROM:
      return _ ("Not heard from");
    case BELAY_STANDING_FINISHED:
      return _ ("Finished");
    case BELAY_STANDING_ON_TRACK:
    default:
      return _ ("On track");
    }
}

static char *
explain_behind (BelayReportItem *report)
{
  g_autofree char *expected = belay_words_share (belay_report_item_get_expected (report));

  /* Translators: %s is a share such as "58 %" */
  return g_strdup_printf (_ ("the plan is at %s today"), expected);
}

/**
 * belay_sentence_standing:
 *
 * Who has not been heard from may just be offline, and the sentence says so.
 *
 * Returns: (transfer full): what stands behind the word
 */
char *
belay_sentence_standing (BelayReportItem *report,
                         gint64 now_us)
{
  g_autofree char *ago = NULL;
  gint64 heard;

  g_return_val_if_fail (BELAY_IS_REPORT_ITEM (report), NULL);

  heard = belay_report_item_get_last_heard (report);
  switch (belay_report_item_get_standing (report))
    {
    case BELAY_STANDING_BEHIND:
      return explain_behind (report);
    case BELAY_STANDING_NOT_HEARD_FROM:
      if (heard == 0)
        return g_strdup (_ ("has not signed in yet"));
      return g_strdup (_ ("may be offline; nothing is known to be wrong"));
    case BELAY_STANDING_FINISHED:
    case BELAY_STANDING_ON_TRACK:
    default:
      ago = heard == 0 ? g_strdup ("") : belay_words_ago (heard, now_us);
      /* Translators: %s is "2 min ago" or the like */
      return heard == 0 ? g_steal_pointer (&ago) : g_strdup_printf (_ ("heard from %s"), ago);
    }
}
