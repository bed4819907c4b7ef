-- SPDX-License-Identifier: GPL-3.0-or-later
-- What this laptop's own statements come to, module by module.
CREATE TABLE own_progress (
  module_id TEXT PRIMARY KEY,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last write of each keyed state that this laptop has seen.
CREATE TABLE state_version (
  state_key TEXT PRIMARY KEY,
  version TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The attempt in which an activity is being studied.
CREATE TABLE attempt (
  activity_id TEXT PRIMARY KEY,
  registration TEXT NOT NULL
) STRICT, WITHOUT ROWID;
