-- SPDX-License-Identifier: GPL-3.0-or-later
-- The replica of what this person may see. Only the server's word is in it.
CREATE TABLE stream (
  name TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- is_stale: from before the server's epoch changed, and not heard of since.
CREATE TABLE document (
  stream TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  body TEXT NOT NULL,
  is_stale INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (stream, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_by_kind ON document (kind, id);
CREATE INDEX document_stale ON document (is_stale) WHERE is_stale;
