#!/bin/bash
# run.sh PERSON [PICTURES]   the demo server, and the application on it as PERSON, on the display that
# there is; with PICTURES it is driven from place to place and each is written to that folder
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
person=$1 pictures=${2:-}
folder=$(mktemp -d)
children=()
. "$BELAY_SOURCE/flatpak/root/demo.sh"

finish () {
  trap - EXIT TERM INT
  [ ${#children[@]} = 0 ] || kill "${children[@]}" 2> /dev/null || true
  wait
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 0' TERM INT

key () { xdotool key --clearmodifiers "$1"; }

# Waits until two pictures, taken one after the other, are the same
shoot () { # NAME
  local before='' now

  for _ in $(seq 40); do
    import -window root "$folder/now.png"
    now=$(identify -format '%#' "$folder/now.png")
    [ "$now" != "$before" ] || break
    before=$now
    sleep 0.4
  done
  cp "$folder/now.png" "$pictures/$1.png"
}

drive () {
  local window

  window=$(timeout 60 xdotool search --sync --onlyvisible --name '^Belay' | head -n 1) || fail "no window appeared"
  read -r width height <<< "$(xdotool getdisplaygeometry)"
  xdotool windowmove "$window" 0 0 windowsize "$window" "$width" "$height" windowfocus "$window"
  shoot today
  key ctrl+2
  shoot learn
  if [[ $roles == *manager* ]]; then
    key ctrl+3
    shoot team
  fi
}

serve
chosen=$(choose "$person") || exit 1
{ read -r url; read -r email; read -r password; read -r name; } <<< "$chosen"
roles=$(python3 -c 'import json, sys
print(*next(p["roles"] for p in json.loads(sys.argv[1])["people"] if p["email"] == sys.argv[2]))' "$ready" "$email")

export XDG_DATA_HOME=$folder/laptop/data XDG_CONFIG_HOME=$folder/laptop/config XDG_CACHE_HOME=$folder/laptop/cache
export GSETTINGS_BACKEND=keyfile BELAY_SERVER=$url
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"
sign_in "$XDG_DATA_HOME/belay" "$url" "$email" "$password"
echo "run: $name is signed in at $url; everyone's password is $password" >&2

if [ -n "$pictures" ]; then
  "$BELAY_BUILD/plain/prefix/bin/belay" &
  application=$!
  children+=("$application")
  drive
  kill -TERM "$application"
else
  dbus-run-session -- "$BELAY_BUILD/plain/prefix/bin/belay" &
  application=$!
  children+=("$application")
fi
wait "$application"
