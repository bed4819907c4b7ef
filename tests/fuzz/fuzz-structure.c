/* fuzz-structure.c: the course structure of cmi5, in a package that has what it names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-package.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzPackage package;

  fuzz_package_begin (&package);
  fuzz_package_put (&package, "course/cmi5.xml", data, size);
  fuzz_package_put (&package, "course/index.html", "page", 4);
  fuzz_package_import (&package, "course");
  fuzz_package_end (&package);

  return 0;
}
