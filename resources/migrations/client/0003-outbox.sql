-- SPDX-License-Identifier: GPL-3.0-or-later
-- The receipt of every statement, command and state that was made here.
-- kind: 0 statement (its text is with the statements), 1 command, 2 state
-- receipt: 0 here, 1 on its way, 2 refused, 3 the server has it
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  receipt INTEGER NOT NULL DEFAULT 0,
  made_us INTEGER NOT NULL,
  receipt_us INTEGER,
  activity_id TEXT,
  module_id TEXT,
  verb TEXT,
  code TEXT,
  parameters TEXT,
  type TEXT,
  counter INTEGER,
  seen INTEGER,
  needs TEXT,
  body TEXT,
  state_key TEXT,
  seen_version TEXT,
  value BLOB
) STRICT;
CREATE INDEX outbox_open ON outbox (receipt, position) WHERE receipt < 3;
CREATE INDEX outbox_done ON outbox (receipt_us) WHERE receipt = 3;
CREATE INDEX outbox_by_module ON outbox (module_id, receipt) WHERE receipt < 3;
CREATE INDEX outbox_by_state ON outbox (state_key, position) WHERE state_key IS NOT NULL;
