-- SPDX-License-Identifier: GPL-3.0-or-later
-- older: the manifest of the version that is here whole, while another one of the same module is fetched.
ALTER TABLE download ADD COLUMN older TEXT;
