/* fuzz-quiz.c: the questions of a quiz, in a module that is right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-package.h"

#include <string.h>

#define MODULE "{title: T, activities: [{key: check, kind: quiz, title: C, file: check.yaml}]}"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzPackage package;

  fuzz_package_begin (&package);
  fuzz_package_put (&package, "module/module.yaml", MODULE, strlen (MODULE));
  fuzz_package_put (&package, "module/check.yaml", data, size);
  fuzz_package_import (&package, "module");
  fuzz_package_end (&package);

  return 0;
}
