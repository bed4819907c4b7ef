/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-package-import.h"

/* A folder and a store that each run begins with; made anew once they are gone. */
typedef struct
{
  char *folder;
  BelayBlobStore *store;
  BelayClock *clock;
} FuzzPackage;

void fuzz_package_begin (FuzzPackage *self);
void fuzz_package_put (FuzzPackage *self,
                       const char *name,
                       const void *data,
                       gsize size);
void fuzz_package_import (FuzzPackage *self,
                          const char *name);
void fuzz_package_end (FuzzPackage *self);
