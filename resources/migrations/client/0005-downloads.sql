-- SPDX-License-Identifier: GPL-3.0-or-later
-- Manifests whose signature was checked.
CREATE TABLE manifest (
  hash TEXT PRIMARY KEY,
  payload BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- state: 0 queued, 1 paused, 2 ready, 3 failed
CREATE TABLE download (
  module_id TEXT PRIMARY KEY,
  manifest TEXT NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  asked_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
