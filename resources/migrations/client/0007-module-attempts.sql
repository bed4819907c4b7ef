-- SPDX-License-Identifier: GPL-3.0-or-later
-- The attempt in which a module is being studied: one for all of its activities, since a course is
-- satisfied within one registration.
CREATE TABLE module_attempt (
  module_id TEXT PRIMARY KEY,
  registration TEXT NOT NULL
) STRICT, WITHOUT ROWID;
DROP TABLE attempt;
