-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who is signed in on this laptop, and what was last heard from their server.
CREATE TABLE account (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  address TEXT NOT NULL,
  organisation_id TEXT NOT NULL,
  organisation_name TEXT NOT NULL,
  person_id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  device_id TEXT NOT NULL,
  epoch TEXT,
  last_contact_us INTEGER NOT NULL DEFAULT 0,
  clock_offset_us INTEGER NOT NULL DEFAULT 0,
  quota_bytes INTEGER NOT NULL
) STRICT;

-- The keys by which manifests are believed.
CREATE TABLE pinned_key (
  id TEXT PRIMARY KEY,
  algorithm TEXT NOT NULL,
  public_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
