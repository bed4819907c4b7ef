#!/bin/bash
# shots.sh FOLDER   a picture of every screen in every look, into FOLDER, on the display that there is:
# the demo's learner and manager on the demo server, and by stand-ins the states that these are not in
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
pictures=$1
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

states=(today-empty today-trouble learn-empty team-empty places sync-trouble sign-out first-start sign-in join
  first-start-error trouble)

# GTK takes no language without its locale, and a new system has but C
locales () {
  local name

  export LOCPATH=$folder/locale BELAY_LOCALEDIR=$BELAY_BUILD/plain/prefix/share/locale
  mkdir "$LOCPATH"
  for name in en_GB de_DE; do
    localedef -i $name -f UTF-8 "$LOCPATH/$name.UTF-8" 2> /dev/null || [ -d "$LOCPATH/$name.UTF-8" ] ||
      fail "the locale $name could not be made; install your system's locales"
  done
}

take () { # LOCALE LOOK…
  local locale=$1 role tests=$BELAY_BUILD/plain/tests/ui

  shift
  export LC_ALL=$locale.UTF-8 LANGUAGE=${locale%_*}
  for role in learner manager; do
    "$tests/belay-account-shots" "$pictures" "$@" "$folder/$role" $role
  done
  "$tests/belay-state-shots" "$pictures" "$@" "${states[@]}"
}

# Its content is drawn by other processes, so this takes the real application, as it is installed
player () {
  local prefix=$BELAY_BUILD/plain/prefix

  BELAY_PROGRAM=$prefix/bin/belay BELAY_SERVER_PROGRAM=$prefix/bin/belay-server BELAY_LOG_REQUESTS=false \
    BELAY_SIGN_IN=$BELAY_BUILD/plain/tests/support/belay-sign-in BELAY_DEMO=$BELAY_SOURCE/data/demo \
    PYTHONDONTWRITEBYTECODE=1 python3 "$BELAY_SOURCE/tests/desktop/player-shots.py" "$pictures"
}

index () {
  local file

  echo '<!DOCTYPE html><meta charset="utf-8"><title>Belay</title>'
  echo '<style>body{font:15px sans-serif;margin:24px}figure{display:inline-block;margin:8px}img{max-width:420px;max-height:420px}</style>'
  for file in "$pictures"/*.png; do
    file=${file##*/}
    echo "<figure><a href=\"$file\"><img src=\"$file\" alt=\"\"></a><figcaption>${file%.png}</figcaption></figure>"
  done
}

locales
serve
for role in learner manager; do
  chosen=$(choose $role) || exit 1
  { read -r url; read -r email; read -r password; read -r name; } <<< "$chosen"
  sign_in "$folder/$role" "$url" "$email" "$password"
done
for scheme in light dark; do
  for size in 1200x800 360x720; do
    take en_GB --scheme=$scheme --size=$size
    take de_DE --scheme=$scheme --size=$size
  done
done
player
for look in rtl large contrast; do
  take en_GB --size=1200x800 --$look
  take en_GB --size=360x720 --$look
done
take de_DE --size=360x720 --large
index > "$pictures/index.html"
