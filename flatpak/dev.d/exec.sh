# usage: flatpak/dev exec [--offline] [--bind PATH]… CMD [ARGUMENT…]
#
# Builds, then runs CMD with the built programs (belay, belay-server, belay-content-host) on PATH.
# Each PATH is visible to it, read-only, under its own name; ../shared always is, at /shared
# ($BELAY_SHARED). --offline: without any network but its own loopback.
#
# SPDX-License-Identifier: GPL-3.0-or-later

dev_main () {
  local offline=()

  build
  while [ $# -gt 0 ]; do
    case $1 in
      --offline) offline=(--offline) && shift ;;
      --bind) bind "${2:?--bind wants a PATH}" && shift 2 ;;
      --) shift && break ;;
      -*) fail "exec does not know $1; see flatpak/dev exec --help" ;;
      *) break ;;
    esac
  done
  [ $# -gt 0 ] || fail "which command? See flatpak/dev exec --help"
  [ "$belay_place" = root ] || export PATH=$belay_build/plain/prefix/bin:$PATH
  inside_until_told "${offline[@]}" "$@"
}
