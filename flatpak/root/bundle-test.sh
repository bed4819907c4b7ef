#!/bin/bash
# bundle-test.sh   tries the installed Flatpak on a display: an administrator's presets reach it, its window
# opens, it has no other permissions than were meant, and one studies in it without a network. Ends with “N passed, N failed, N skipped”.
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

# What the sandbox may, a line each, as the manifest means it
has_least_permissions () {
  diff <(flatpak --user info --show-permissions $id | grep -vE '^(\[|$|BELAY_SERVER=)' | sort) - << 'END'
devices=dri;
org.freedesktop.secrets=talk
shared=network;ipc;
sockets=x11;wayland;pulseaudio;fallback-x11;
END
}

studies_offline () {
  timeout 20 flatpak --user override --reset $id
  BELAY_SERVER_PROGRAM=$BELAY_BUILD/plain/prefix/bin/belay-server BELAY_SIGN_IN=$BELAY_BUILD/plain/tests/support/belay-sign-in \
    BELAY_DEMO=$BELAY_SOURCE/data/demo PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$BELAY_SOURCE/tests/desktop \
    timeout 400 python3 "$BELAY_SOURCE/tests/desktop/test-flatpak.py" > "$BELAY_BUILD/flatpak/study.log" 2>&1 ||
    { tail -n 30 "$BELAY_BUILD/flatpak/study.log"; return 1; }
}

expect "an override of the environment reaches the app" reads_environment
expect "a keyfile presets the server's address" reads_keyfile
expect "the app opens its window" opens_window
timeout 10 flatpak kill $id || true
expect "it may no more than was meant" has_least_permissions
expect "one studies in it without a network" studies_offline
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
