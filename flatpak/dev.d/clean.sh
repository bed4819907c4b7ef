# usage: flatpak/dev clean [--all]
#
# Removes what was built from this checkout. --all: also the Debian root, the compiler's cache and
# the Flatpak runtime, which all checkouts share.
#
# SPDX-License-Identifier: GPL-3.0-or-later

dev_main () {
  local path

  for path in "$belay_build"; do
    [ ! -e "$path" ] || { say "removing $path" && rm -rf --one-file-system "$path"; }
  done
  [ "${1:-}" = --all ] || return 0
  for path in "$belay_cache"/root-?????????????* "$belay_cache/ccache" "$belay_cache/runtime"* "$belay_cache/sources"; do
    [ ! -e "$path" ] || { say "removing $path" && chmod -R u+rwX "$path" 2>/dev/null; rm -rf --one-file-system "$path"; }
  done
}
