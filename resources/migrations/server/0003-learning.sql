-- What people did, folded as it arrives: no report reads the statements themselves.
-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE progress (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  module TEXT NOT NULL,
  programme TEXT NOT NULL,
  completion INTEGER NOT NULL,
  last INTEGER NOT NULL,
  state TEXT NOT NULL,          -- all that the fold needs, as wire/ writes it
  PRIMARY KEY (organisation, person, module)
) STRICT, WITHOUT ROWID;
CREATE INDEX progress_by_programme ON progress (organisation, person, programme);

-- Seconds studied in the week that begins on this Monday (days since 1970), in UTC.
CREATE TABLE studied (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  programme TEXT NOT NULL,
  monday INTEGER NOT NULL,
  seconds INTEGER NOT NULL,
  PRIMARY KEY (organisation, person, programme, monday)
) STRICT, WITHOUT ROWID;

-- Whose report must be made again before a manager sees it.
CREATE TABLE report_due (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (organisation, person)
) STRICT, WITHOUT ROWID;

-- Versions of keyed states. One of each key is current; others are beside it until somebody who saw both writes.
CREATE TABLE state (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  key TEXT NOT NULL,
  version TEXT NOT NULL,        -- the id of the write
  type TEXT NOT NULL,
  body BLOB NOT NULL,
  device TEXT NOT NULL,
  made INTEGER NOT NULL,
  received INTEGER NOT NULL,
  is_current INTEGER NOT NULL,
  PRIMARY KEY (organisation, person, key, version)
) STRICT, WITHOUT ROWID;

-- Ids of writes that were judged stored, with a digest of what they said, so that replays are told from changes.
CREATE TABLE heard (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  id TEXT NOT NULL,
  digest TEXT NOT NULL,
  beside TEXT,
  received INTEGER NOT NULL,
  PRIMARY KEY (organisation, person, id)
) STRICT, WITHOUT ROWID;

-- Commands that were refused, so that those which need them are refused with them.
CREATE TABLE refused_command (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (organisation, person, id)
) STRICT, WITHOUT ROWID;
