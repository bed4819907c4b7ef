/* fuzz-module.c: the module.yaml and the Markdown of a native module, a NUL between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-package.h"

#include <string.h>

#define QUIZ "questions: [{key: q, kind: single, text: t, choices: [{text: a, correct: true}, {text: b}]}]"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, '\0', size) : NULL;
  gsize length = end != NULL ? (gsize) (end - data) : size;
  FuzzPackage package;

  fuzz_package_begin (&package);
  fuzz_package_put (&package, "module/module.yaml", data, length);
  fuzz_package_put (&package, "module/page.md", end != NULL ? end + 1 : NULL, end != NULL ? size - length - 1 : 0);
  fuzz_package_put (&package, "module/check.yaml", QUIZ, strlen (QUIZ));
  fuzz_package_put (&package, "module/film.webm", "film", 4);
  fuzz_package_import (&package, "module");
  fuzz_package_end (&package);

  return 0;
}
