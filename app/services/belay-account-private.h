/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "belay-account.h"
#include "belay-blob-store.h"
#include "belay-content-host.h"
#include "belay-downloads.h"
#include "belay-net-session.h"
#include "belay-store-account.h"
#include "belay-store-view.h"
#include "belay-sync-schedule.h"
#include "belay-view-reader.h"

G_BEGIN_DECLS

struct _BelayAccount
{
  GObject parent_instance;

  BelayStore *store;
  BelayBlobStore *blobs;
  BelayNetSession *session;
  BelayAccountRecord *record;
  char *directory;
  BelaySyncSchedule *schedule;
  BelayViewReader *reader;
  BelayDownloads *downloads;
  BelayContentHost *host;

  BelaySyncStatus *sync;
  GListStore *programmes;
  GListStore *team;
  GListStore *companions;
  GListStore *refusals;
  BelayModuleItem *next_module; /* (nullable) */
  BelayStoreView *view;         /* (nullable): what is shown */
  gboolean is_manager;
  char *manager_name; /* (nullable) */
  char *buddy_name;   /* (nullable) */
  gint64 storage_used;
  gboolean keeps_token_in_file;

  gboolean is_stopped;
};

/* belay-account.c */
BelayAccount *belay_account_new (BelayStore *store,
                                 BelayBlobStore *blobs,
                                 BelayNetSession *session,
                                 const BelayAccountRecord *record,
                                 const char *directory);
DexFuture *belay_account_start (BelayAccount *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *belay_account_stop (BelayAccount *self) G_GNUC_WARN_UNUSED_RESULT;
BelayNetSession *belay_account_get_session (BelayAccount *self);
const char *belay_account_get_device_id (BelayAccount *self);

/* belay-account-lists.c: the lists of items, made to show a view */
typedef struct
{
  const BelayStoreView *view;
  const char *const *languages;
  gint64 now_us;
} BelayListSource;

void belay_account_show_programmes (GListStore *programmes,
                                    const BelayListSource *source);
void belay_account_show_team (GListStore *team,
                              const BelayListSource *source);
void belay_account_show_companions (GListStore *companions,
                                    const BelayListSource *source);
void belay_account_show_recent (GListStore *recent,
                                const BelayListSource *source);
void belay_account_show_refusals (GListStore *refusals,
                                  const BelayListSource *source);
BelayModuleItem *belay_account_choose_next (GListModel *programmes);

/* belay-account-downloads.c: where each module is */
void belay_account_show_downloads (GListModel *programmes,
                                   const BelayStoreView *view);
void belay_account_renew_downloads (BelayDownloads *downloads,
                                    const BelayStoreView *view);
BelayModuleItem *belay_account_seek_module (GListModel *programmes,
                                            const char *module_id);

/* belay-service-failure.c */
GError *belay_service_error_from_reply (const BelayNetReply *reply);

G_END_DECLS
