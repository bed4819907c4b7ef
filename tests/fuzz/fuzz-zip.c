/* fuzz-zip.c: a file that somebody calls a course package
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
  fuzz_package_put (&package, "package.zip", data, size);
  fuzz_package_import (&package, "package.zip");
  fuzz_package_end (&package);

  return 0;
}
