/* fuzz-authored.c: what an organiser or an author may write; a file is either understood or told to be wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "belay-import-problem.h"
#include "belay-programme-file.h"
#include "belay-yaml.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_programme (GBytes *bytes)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_file_problem_free);
  g_autoptr (BelayProgramme) programme = belay_programme_file_read (bytes, problems);

  g_assert_true ((programme == NULL) == belay_file_problems_has_error (problems));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) problems = belay_import_problems_new ();
  g_autoptr (BelayYaml) yaml = belay_yaml_read (bytes, "module.yaml", problems);

  g_assert_true (yaml != NULL || problems->len > 0);
  read_programme (bytes);

  return 0;
}
