/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "belay-blob-store.h"
#include "belay-digest.h"
#include "belay-signature.h"
#include "belay-text.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  BelayBlobStore *store;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("belay-blobs-XXXXXX", NULL);
  fixture->store = belay_blob_store_new (fixture->folder, NULL);
  g_assert_nonnull (fixture->store);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  belay_blob_store_unref (fixture->store);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint count = 0;

  if (folder == NULL)
    return 1;
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      count += count_files (child);
    }

  return count;
}

static char *
put (BelayBlobStore *store,
     const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BelayBlobWrite) write = belay_blob_store_begin (store, &error);
  char *hash = NULL;

  g_assert_no_error (error);
  g_assert_true (belay_blob_write_append (write, text, strlen (text), &error));
  g_assert_true (belay_blob_write_commit (write, NULL, &hash, &error));
  g_assert_no_error (error);

  return hash;
}

static void
test_the_digest_is_sha256 (void)
{
  g_autofree char *hash = belay_digest_of_data ("abc", 3);

  g_assert_cmpstr (hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_a_blob_is_kept_under_its_hash (Fixture *fixture,
                                    gconstpointer data)
{
  g_autofree char *hash = put (fixture->store, "rope");
  g_autofree char *path = belay_blob_store_path_for (fixture->store, hash);
  g_autofree char *text = NULL;
  guint64 size = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "rope");
  g_assert_true (belay_blob_store_has (fixture->store, hash, &size));
  g_assert_cmpuint (size, ==, 4);
  g_assert_true (belay_blob_store_verify (fixture->store, hash, NULL, NULL));
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_a_half_blob_never_looks_whole (Fixture *fixture,
                                    gconstpointer data)
{
  g_autofree char *hash = belay_digest_of_data ("rope", 4);
  BelayBlobWrite *write = belay_blob_store_resume (fixture->store, hash, NULL, NULL);

  g_assert_true (belay_blob_write_append (write, "ro", 2, NULL));
  g_assert_false (belay_blob_store_has (fixture->store, hash, NULL));
  belay_blob_write_free (write);
  g_assert_false (belay_blob_store_has (fixture->store, hash, NULL));
}

static void
test_a_wrong_blob_is_refused_and_removed (Fixture *fixture,
                                          gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = belay_digest_of_data ("rope", 4);
  g_autoptr (BelayBlobWrite) write = belay_blob_store_resume (fixture->store, hash, NULL, NULL);

  g_assert_true (belay_blob_write_append (write, "nope", 4, NULL));
  g_assert_false (belay_blob_write_commit (write, NULL, NULL, &error));
  g_assert_error (error, BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_WRONG);
  g_assert_false (belay_blob_store_has (fixture->store, hash, NULL));
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_a_resumed_blob_keeps_its_right_chunks_only (Fixture *fixture,
                                                 gconstpointer data)
{
  const gsize length = 2 * BELAY_CHUNK_BYTES + 100;
  g_autofree char *content = g_malloc (length);
  g_autoptr (GPtrArray) chunks = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *hash = NULL;
  BelayBlobWrite *write;

  for (gsize i = 0; i < length; i++)
    content[i] = (char) (i * 7 + i / 999);
  for (gsize at = 0; at < length; at += BELAY_CHUNK_BYTES)
    g_ptr_array_add (chunks, belay_digest_of_data (content + at, MIN (BELAY_CHUNK_BYTES, length - at)));
  hash = belay_digest_of_data (content, length);

  write = belay_blob_store_resume (fixture->store, hash, chunks, NULL);
  g_assert_true (belay_blob_write_append (write, content, BELAY_CHUNK_BYTES + 5, NULL));
  g_assert_true (belay_blob_write_append (write, "garbage", 7, NULL));
  belay_blob_write_free (write);

  write = belay_blob_store_resume (fixture->store, hash, chunks, NULL);
  g_assert_cmpuint (belay_blob_write_get_offset (write), ==, BELAY_CHUNK_BYTES);
  g_assert_true (belay_blob_write_append (write, content + BELAY_CHUNK_BYTES, length - BELAY_CHUNK_BYTES, NULL));
  g_assert_true (belay_blob_write_commit (write, NULL, NULL, NULL));
  belay_blob_write_free (write);

  g_assert_true (belay_blob_store_verify (fixture->store, hash, NULL, NULL));
}

static void
test_sweeping_removes_all_that_nothing_needs (Fixture *fixture,
                                              gconstpointer data)
{
  g_autofree char *kept = put (fixture->store, "kept");
  g_autofree char *dropped = put (fixture->store, "dropped");
  g_autofree char *half = belay_digest_of_data ("half", 4);
  g_autoptr (GHashTable) keep = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 freed = 0;

  belay_blob_write_free (belay_blob_store_resume (fixture->store, half, NULL, NULL));
  g_hash_table_add (keep, kept);
  g_assert_true (belay_blob_store_sweep (fixture->store, keep, &freed, NULL));

  g_assert_true (belay_blob_store_has (fixture->store, kept, NULL));
  g_assert_false (belay_blob_store_has (fixture->store, dropped, NULL));
  g_assert_cmpuint (freed, >, 0);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_a_damaged_blob_is_found (Fixture *fixture,
                              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = put (fixture->store, "rope");
  g_autofree char *path = belay_blob_store_path_for (fixture->store, hash);

  g_assert_true (g_file_set_contents (path, "rot!", -1, NULL));
  g_assert_false (belay_blob_store_verify (fixture->store, hash, NULL, &error));
  g_assert_error (error, BELAY_BLOB_STORE_ERROR, BELAY_BLOB_STORE_ERROR_WRONG);
}

static GPtrArray *
pin (BelaySigningKey *key)
{
  GPtrArray *pinned = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_public_key_free);

  g_ptr_array_add (pinned,
                   belay_public_key_new (belay_signing_key_get_id (key), belay_signing_key_get_public (key), NULL));

  return pinned;
}

static void
test_what_is_signed_is_verified (void)
{
  g_autoptr (BelaySigningKey) key = belay_signing_key_generate ();
  g_autoptr (GPtrArray) pinned = pin (key);
  g_autoptr (GBytes) payload = g_bytes_new_static ("{\"a\":1}", 7);
  g_autofree char *jws = belay_jws_sign_ed25519 (key, belay_signing_key_get_id (key), payload);
  g_autoptr (GBytes) back = belay_jws_verify (jws, pinned, NULL);

  g_assert_nonnull (back);
  g_assert_true (g_bytes_equal (payload, back));
}

static void
test_a_signature_that_names_no_key_is_refused (void)
{
  /* RFC 8037, appendix A: its key, its header, its payload, its signature, without `kid` */
  static const char jws[] =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIb"
    "QR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
  g_autoptr (GPtrArray) pinned = g_ptr_array_new_with_free_func ((GDestroyNotify) belay_public_key_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (pinned, belay_public_key_new ("a", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", NULL));
  g_assert_null (belay_jws_verify (jws, pinned, &error));
  g_assert_error (error, BELAY_SIGNATURE_ERROR, BELAY_SIGNATURE_ERROR_MALFORMED);
}

static void
test_a_forged_text_is_refused (void)
{
  g_autoptr (BelaySigningKey) key = belay_signing_key_generate ();
  g_autoptr (BelaySigningKey) stranger = belay_signing_key_generate ();
  g_autoptr (GPtrArray) pinned = pin (key);
  g_autoptr (GBytes) payload = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (GBytes) other = g_bytes_new_static ("{\"a\":2}", 7);
  g_autofree char *good = belay_jws_sign_ed25519 (key, belay_signing_key_get_id (key), payload);
  g_autofree char *by_stranger = belay_jws_sign_ed25519 (stranger, belay_signing_key_get_id (stranger), payload);
  g_autofree char *pretended = belay_jws_sign_ed25519 (stranger, belay_signing_key_get_id (key), payload);
  g_autofree char *second = belay_jws_sign_ed25519 (key, belay_signing_key_get_id (key), other);
  g_auto (GStrv) parts = g_strsplit (good, ".", 3);
  g_auto (GStrv) other_parts = g_strsplit (second, ".", 3);
  g_autofree char *swapped = g_strjoin (".", parts[0], other_parts[1], parts[2], NULL);
  g_autofree char *header = belay_text_base64url ((const guint8 *) "{\"alg\":\"none\",\"kid\":\"x\"}", 24);
  g_autofree char *unsigned_jws = g_strjoin (".", header, parts[1], "", NULL);
  const struct
  {
    const char *jws;
    int code;
  } cases[] = {
    { by_stranger, BELAY_SIGNATURE_ERROR_UNKNOWN_KEY },
    { pretended, BELAY_SIGNATURE_ERROR_WRONG },
    { swapped, BELAY_SIGNATURE_ERROR_WRONG },
    { unsigned_jws, BELAY_SIGNATURE_ERROR_ALGORITHM },
    { "", BELAY_SIGNATURE_ERROR_MALFORMED },
    { "a.b", BELAY_SIGNATURE_ERROR_MALFORMED },
    { "a.b.c.d", BELAY_SIGNATURE_ERROR_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (belay_jws_verify (cases[i].jws, pinned, &error));
      g_assert_error (error, BELAY_SIGNATURE_ERROR, cases[i].code);
    }
}

static void
test_a_key_file_is_for_its_owner_alone (void)
{
  g_autofree char *folder = g_dir_make_tmp ("belay-key-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "key.pem", NULL);
  g_autoptr (BelaySigningKey) key = belay_signing_key_generate ();
  g_autoptr (BelaySigningKey) back = NULL;
  struct stat status;

  g_assert_true (g_file_set_contents (path, "older", -1, NULL));
  g_assert_true (belay_signing_key_save (key, path, NULL));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  back = belay_signing_key_load (path, NULL);
  g_assert_nonnull (back);
  g_assert_cmpstr (belay_signing_key_get_public (key), ==, belay_signing_key_get_public (back));
  remove_tree (folder);
}

#define ADD(name, function) g_test_add ("/packages/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packages/the-digest-is-sha256", test_the_digest_is_sha256);
  ADD ("a-blob-is-kept-under-its-hash", test_a_blob_is_kept_under_its_hash);
  ADD ("a-half-blob-never-looks-whole", test_a_half_blob_never_looks_whole);
  ADD ("a-wrong-blob-is-refused-and-removed", test_a_wrong_blob_is_refused_and_removed);
  ADD ("a-resumed-blob-keeps-its-right-chunks-only", test_a_resumed_blob_keeps_its_right_chunks_only);
  ADD ("sweeping-removes-all-that-nothing-needs", test_sweeping_removes_all_that_nothing_needs);
  ADD ("a-damaged-blob-is-found", test_a_damaged_blob_is_found);
  g_test_add_func ("/packages/what-is-signed-is-verified", test_what_is_signed_is_verified);
  g_test_add_func ("/packages/a-signature-that-names-no-key-is-refused", test_a_signature_that_names_no_key_is_refused);
  g_test_add_func ("/packages/a-forged-text-is-refused", test_a_forged_text_is_refused);
  g_test_add_func ("/packages/a-key-file-is-for-its-owner-alone", test_a_key_file_is_for_its_owner_alone);

  return g_test_run ();
}
