/* server-main.c: the server's entry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-server-main.h"

int
main (int argc,
      char *argv[])
{
  return belay_server_main (argc, argv);
}
