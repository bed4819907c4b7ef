/* main.c: the desktop application's entry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

int
main (int argc,
      char *argv[])
{
  return 0;
}
