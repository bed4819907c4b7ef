-- Programmes, the courses in them, and who goes through them together.
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE course (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  key TEXT NOT NULL,
  manifest TEXT NOT NULL,       -- SHA-256 of its payload; the file itself is in the content folder
  bytes INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  PRIMARY KEY (organisation, key)
) STRICT, WITHOUT ROWID;

-- Every manifest that was ever imported and is still served, with what it holds.
CREATE TABLE manifest (
  organisation TEXT NOT NULL,
  hash TEXT NOT NULL,
  course TEXT NOT NULL,
  PRIMARY KEY (organisation, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE manifest_blob (
  organisation TEXT NOT NULL,
  blob TEXT NOT NULL,
  manifest TEXT NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (organisation, blob, manifest)
) STRICT, WITHOUT ROWID;

-- Each version that was applied; the newest is in force.
CREATE TABLE programme (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  document TEXT NOT NULL,
  applied INTEGER NOT NULL,
  PRIMARY KEY (organisation, id, version)
) STRICT, WITHOUT ROWID;

-- Which programme uses a manifest, in any version: laptops may still be on an older one.
CREATE TABLE programme_manifest (
  organisation TEXT NOT NULL,
  manifest TEXT NOT NULL,
  programme TEXT NOT NULL,
  PRIMARY KEY (organisation, manifest, programme)
) STRICT, WITHOUT ROWID;

-- Which module an activity belongs to.
CREATE TABLE activity (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  module TEXT NOT NULL,
  programme TEXT NOT NULL,
  PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cohort (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  key TEXT NOT NULL,
  programme TEXT NOT NULL,
  title TEXT NOT NULL,
  starts TEXT NOT NULL,         -- YYYY-MM-DD: day 0
  time_zone TEXT NOT NULL,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE pod (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  cohort TEXT NOT NULL,
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  mentor TEXT,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, cohort, key),
  FOREIGN KEY (organisation, cohort) REFERENCES cohort (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
  organisation TEXT NOT NULL,
  cohort TEXT NOT NULL,
  person TEXT NOT NULL,
  pod TEXT,
  buddy TEXT,                   -- who signs this person's terms off
  week INTEGER NOT NULL DEFAULT 1, -- the one the companions were last told of
  PRIMARY KEY (organisation, cohort, person),
  FOREIGN KEY (organisation, cohort) REFERENCES cohort (organisation, id),
  FOREIGN KEY (organisation, person) REFERENCES person (organisation, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_person ON membership (organisation, person);
CREATE INDEX membership_by_buddy ON membership (organisation, buddy);
