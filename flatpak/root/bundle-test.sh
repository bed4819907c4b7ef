#!/bin/bash
# bundle-test.sh   tries the installed Flatpak on a display: an administrator's presets reach it, and its
# window opens. Ends with “N passed, N failed, N skipped”.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
id=org.belay.Belay address=https://learn.example
export FLATPAK_USER_DIR=$BELAY_BUILD/flatpak/installed DBUS_SYSTEM_BUS_ADDRESS=${DBUS_SESSION_BUS_ADDRESS:-}
unset GSETTINGS_BACKEND
passed=0 failed=0

expect () { # NAME COMMAND…
  local name=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "failed: flatpak: $name"; fi
}

reads_environment () {
  timeout 20 flatpak --user override "--env=BELAY_SERVER=$address" $id
  [ "$(timeout 20 flatpak --user run --command=printenv $id BELAY_SERVER)" = $address ]
}

reads_keyfile () {
  local folder=$HOME/.var/app/$id/config/glib-2.0/settings

  mkdir -p "$folder"
  printf "[org/belay/Belay]\nserver-address='%s'\n" $address > "$folder/keyfile"
  [ "$(timeout 20 flatpak --user run --command=gsettings $id get $id server-address)" = "'$address'" ]
}

opens_window () {
  timeout 60 flatpak --user run $id > "$BELAY_BUILD/flatpak/run.log" 2>&1 &
  timeout 45 xdotool search --sync --onlyvisible --name Belay > /dev/null || return 1
  sleep 2
  timeout 20 import -window root "$BELAY_BUILD/flatpak/window.png"
}

expect "an override of the environment reaches the app" reads_environment
expect "a keyfile presets the server's address" reads_keyfile
expect "the app opens its window" opens_window
timeout 10 flatpak kill $id || true
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
