/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A PostgreSQL of the test's own, in a folder of its own, reached by a socket alone. */
typedef struct _BelayTestPostgresql BelayTestPostgresql;

BelayTestPostgresql *belay_test_postgresql_new (void);
void belay_test_postgresql_free (BelayTestPostgresql *self);
char *belay_test_postgresql_make_database (BelayTestPostgresql *self,
                                           const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BelayTestPostgresql, belay_test_postgresql_free)

G_END_DECLS
