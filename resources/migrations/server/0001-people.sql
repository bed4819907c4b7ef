-- Organisations own everything: each table is keyed by organisation first.
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Times are microseconds since 1970 UTC; ids are UUIDs in lower case; flags are 0 or 1.

CREATE TABLE organisation (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  epoch TEXT NOT NULL,          -- new at init and at each restore
  made INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,          -- in lower case
  time_zone TEXT NOT NULL,
  made INTEGER NOT NULL,
  heard INTEGER NOT NULL DEFAULT -1, -- when any device of theirs last asked for a step of sync
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, email)
) STRICT, WITHOUT ROWID;

-- Who vouches for a person. A password is one issuer; single sign-on will be another.
CREATE TABLE identity (
  organisation TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  person TEXT NOT NULL,
  secret TEXT,                  -- a yescrypt hash where the issuer is `password`
  PRIMARY KEY (organisation, issuer, subject),
  FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  token_hash TEXT,              -- SHA-256; NULL once signed out
  expires INTEGER NOT NULL,
  made INTEGER NOT NULL,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX device_by_token ON device (token_hash);

-- Every public key a device ever had, so that what it signed can be checked later.
CREATE TABLE device_key (
  organisation TEXT NOT NULL,
  device TEXT NOT NULL,
  since INTEGER NOT NULL,
  public_key TEXT NOT NULL,
  PRIMARY KEY (organisation, device, since),
  FOREIGN KEY (organisation, device) REFERENCES device (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE role_grant (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  scope TEXT NOT NULL,
  scope_id TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (organisation, person, role, scope, scope_id, since),
  FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports_to (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  manager TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (organisation, person, since),
  FOREIGN KEY (organisation, person) REFERENCES person (organisation, id),
  FOREIGN KEY (organisation, manager) REFERENCES person (organisation, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_to_by_manager ON reports_to (organisation, manager);

CREATE TABLE join_code (
  organisation TEXT NOT NULL,
  code_hash TEXT NOT NULL,      -- SHA-256 of the code in upper case without dashes
  cohort TEXT,                  -- those who join become its members
  pod TEXT,
  uses_left INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  made INTEGER NOT NULL,
  PRIMARY KEY (organisation, code_hash)
) STRICT, WITHOUT ROWID;

-- Failed sign-ins, counted for an address or a network address in windows of fifteen minutes.
CREATE TABLE throttle (
  subject TEXT NOT NULL,
  began INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (subject)
) STRICT, WITHOUT ROWID;

-- Other systems at /xapi/.
CREATE TABLE credential (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,             -- the key, said as the user name
  secret_hash TEXT NOT NULL,    -- SHA-256: the secret is 32 random bytes, which need no slow hash
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  made INTEGER NOT NULL,
  PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;
