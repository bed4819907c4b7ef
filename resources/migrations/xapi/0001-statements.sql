-- The Learning Record Store, on the server and on the laptop, beside the host's own tables.
-- SPDX-License-Identifier: GPL-3.0-or-later

-- An organisation's number, so that every key may begin with it and stay short.
CREATE TABLE xapi_organisation (
  organisation INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;

-- Statements as they are returned. serial is the store's own order, and that of stored (microseconds
-- since 1970 UTC, no two alike in an organisation). text is NULL once the person was erased.
CREATE TABLE xapi_statement (
  serial INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES xapi_organisation,
  id TEXT NOT NULL,
  stored INTEGER NOT NULL,
  is_voiding INTEGER NOT NULL DEFAULT 0,
  is_voided INTEGER NOT NULL DEFAULT 0,
  text TEXT,
  UNIQUE (organisation, id)
) STRICT;
CREATE UNIQUE INDEX xapi_statement_by_time ON xapi_statement (organisation, stored);

-- The words that statements are found by: a letter for the filter, a space, and the value.
CREATE TABLE xapi_term (
  term INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES xapi_organisation,
  word TEXT NOT NULL,
  UNIQUE (organisation, word)
) STRICT;

-- Which statements have a word, of their own or of one that they target. Voided ones have none.
CREATE TABLE xapi_posting (
  organisation INTEGER NOT NULL,
  term INTEGER NOT NULL REFERENCES xapi_term,
  serial INTEGER NOT NULL REFERENCES xapi_statement,
  PRIMARY KEY (organisation, term, serial)
) STRICT, WITHOUT ROWID;

-- Which statements target an id by a StatementRef as their object, also of one that is yet to come.
CREATE TABLE xapi_target (
  organisation INTEGER NOT NULL,
  target TEXT NOT NULL,
  serial INTEGER NOT NULL REFERENCES xapi_statement,
  PRIMARY KEY (organisation, target, serial)
) STRICT, WITHOUT ROWID;

CREATE TABLE xapi_attachment (
  organisation INTEGER NOT NULL,
  sha2 TEXT NOT NULL,
  contents BLOB NOT NULL,
  UNIQUE (organisation, sha2)
) STRICT;

-- What is known of an activity, a verb or an agent, gathered from statements, as JSON.
CREATE TABLE xapi_definition (
  organisation INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('activity', 'verb', 'agent')),
  id TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (organisation, kind, id)
) STRICT, WITHOUT ROWID;

-- State, agent profiles and activity profiles. What a kind does not have is ''.
CREATE TABLE xapi_document (
  organisation INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  agent TEXT NOT NULL,
  activity TEXT NOT NULL,
  registration TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  contents BLOB NOT NULL,
  etag TEXT NOT NULL,
  updated INTEGER NOT NULL,
  UNIQUE (organisation, kind, agent, activity, registration, id)
) STRICT;
