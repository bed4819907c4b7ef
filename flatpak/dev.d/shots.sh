# usage: flatpak/dev shots [DIR]
#
# Builds Belay and takes a picture of every screen: light and dark, wide and narrow, English and German,
# from right to left, with large text and in high contrast. They show the demo's learner and manager on
# the demo server; stand-ins show what these cannot: nobody signed in, nothing there yet, trouble.
# DIR gets the pictures, which are named after screen and look, and an index.html; it is printed.
#
# SPDX-License-Identifier: GPL-3.0-or-later

dev_main () {
  local output status=0

  build
  output=${1:-$belay_build/shots}
  own_folder "$belay_build/shots"
  as_developer find "$belay_build/shots" -type f -delete
  say "taking the pictures"
  inside_until_told bash "$BELAY_SOURCE/flatpak/root/desk.sh" \
    bash "$BELAY_SOURCE/flatpak/root/shots.sh" "$BELAY_BUILD/shots" > "$belay_build/shots.log" 2>&1 || status=$?
  if [ $status != 0 ]; then
    tail -n 20 "$belay_build/shots.log" >&2
    fail "not all pictures could be taken; $belay_build/shots.log has the rest"
  fi
  if [ "$output" != "$belay_build/shots" ]; then
    mkdir -p "$output"
    cp "$belay_build/shots"/* "$output"
  fi
  say "$(find "$output" -name '*.png' | wc -l) pictures"
  printf '%s\n' "$output/index.html"
}
