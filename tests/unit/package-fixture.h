/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-package-import.h"

#include <archive.h>

#define HEAD "<?xml version='1.0'?><courseStructure xmlns='https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd'>"
#define TITLES                                                                                                         \
  "<title><langstring lang='en'>Rope</langstring></title><description><langstring>About "                              \
  "rope</langstring></description>"
#define COURSE "<course id='https://example.org/c'>" TITLES "</course>"
#define UNIT(attributes, url) "<au id='https://example.org/c/1' " attributes ">" TITLES "<url>" url "</url></au>"
#define CMI5(inner) HEAD COURSE inner "</courseStructure>"

typedef struct
{
  char *folder;
  char *package;
  BelayBlobStore *store;
  BelayClock *clock;
} PackageFixture;

typedef struct
{
  const char *path;
  const char *text;
  const char *link; /* (nullable) */
} PackageEntry;

void package_fixture_set_up (PackageFixture *fixture,
                             gconstpointer data);
void package_fixture_tear_down (PackageFixture *fixture,
                                gconstpointer data);
guint package_fixture_count_blobs (PackageFixture *fixture);
struct archive *package_fixture_open_zip (const char *path);
void package_fixture_begin_entry (struct archive *zip,
                                  const char *path,
                                  const char *link,
                                  gsize length);
void package_fixture_make_zip (const char *path,
                               const PackageEntry *entries);
BelayImport *package_fixture_import (PackageFixture *fixture);
void package_fixture_assert_refused (PackageFixture *fixture,
                                     const char *code);
void package_fixture_refuse_files (PackageFixture *fixture,
                                   const PackageEntry *entries,
                                   const char *code);
void package_fixture_refuse_xml (PackageFixture *fixture,
                                 const char *xml,
                                 const char *code);
