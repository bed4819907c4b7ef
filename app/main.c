/* main.c: the desktop application's entry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-application.h"
#include "belay-config.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc,
      char *argv[])
{
  g_autoptr (BelayApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BELAY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = belay_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
