-- Documents, in streams by audience: in each only what that audience may see.
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE stream (
  organisation TEXT NOT NULL,
  name TEXT NOT NULL,
  last INTEGER NOT NULL,        -- the last sequence number that was taken
  PRIMARY KEY (organisation, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  organisation TEXT NOT NULL,
  stream TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  body TEXT,                    -- NULL: gone
  PRIMARY KEY (organisation, stream, kind, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX document_by_sequence ON document (organisation, stream, sequence);
