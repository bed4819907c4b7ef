/* belay-web-rules.c: where the content of one launch may go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-web-rules.h"

#include <string.h>

#define SCHEME "http://"

/**
 * belay_web_rules_new:
 * @url: of a launch: http://127.0.0.1:PORT/TOKEN/…
 *
 * Returns: (transfer full) (nullable): the rules, or %NULL where @url is not the address of a launch
 */
BelayWebRules *
belay_web_rules_new (const char *url,
                     const char *return_url)
{
  g_autoptr (BelayWebRules) self = NULL;
  const char *host;
  const char *token;
  const char *rest;

  g_return_val_if_fail (url != NULL, NULL);
  g_return_val_if_fail (return_url != NULL, NULL);

  if (!g_str_has_prefix (url, SCHEME "127.0.0.1:"))
    return NULL;
  host = url + strlen (SCHEME);
  token = strchr (host, '/');
  rest = token != NULL ? strchr (token + 1, '/') : NULL;
  if (rest == NULL || rest == token + 1)
    return NULL;

  self = g_new0 (BelayWebRules, 1);
  self->prefix = g_strndup (url, (gsize) (rest + 1 - url));
  self->host = g_strndup (host, (gsize) (token - host));
  self->return_url = g_strdup (return_url);

  return g_steal_pointer (&self);
}

void
belay_web_rules_free (BelayWebRules *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->prefix);
  g_free (self->host);
  g_free (self->return_url);
  g_free (self);
}

/**
 * belay_web_rules_judge:
 *
 * Returns: what is to be done when the content wants to go to @uri
 */
BelayWebRule
belay_web_rules_judge (const BelayWebRules *self,
                       const char *uri)
{
  g_return_val_if_fail (self != NULL, BELAY_WEB_RULE_REFUSE);

  if (uri == NULL)
    return BELAY_WEB_RULE_REFUSE;
  if (g_str_has_prefix (uri, self->return_url))
    return BELAY_WEB_RULE_RETURN;
  if (g_str_has_prefix (uri, self->prefix))
    return BELAY_WEB_RULE_ALLOW;
  /* Parts of the page itself; they bear its policy */
  if (g_str_has_prefix (uri, "about:") || g_str_has_prefix (uri, "data:") || g_str_has_prefix (uri, "blob:"))
    return BELAY_WEB_RULE_ALLOW;

  return BELAY_WEB_RULE_REFUSE;
}

static void
add_exception (GString *json,
               const char *pattern)
{
  g_string_append_printf (json,
                          ",{\"trigger\":{\"url-filter\":\"%s\"},\"action\":{\"type\":\"ignore-previous-rules\"}}",
                          pattern);
}

/**
 * belay_web_rules_to_filter:
 *
 * WebKit's filters know no alternation, so that each exception is a rule of its own.
 *
 * Returns: (transfer full): the rules as the JSON of a WebKit content filter
 */
char *
belay_web_rules_to_filter (const BelayWebRules *self)
{
  g_autoptr (GString) json = g_string_new ("[{\"trigger\":{\"url-filter\":\".*\"},\"action\":{\"type\":\"block\"}}");
  g_autoptr (GString) pattern = g_string_new ("^");

  g_return_val_if_fail (self != NULL, NULL);

  g_string_append (pattern, self->prefix);
  g_string_replace (pattern, ".", "\\\\.", 0);
  add_exception (json, pattern->str);
  add_exception (json, "^data:");
  add_exception (json, "^blob:");
  add_exception (json, "^about:");
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}
