# usage: flatpak/dev format [FILE…]
#
# Writes the C sources (all of them, or FILEs, named from the top of the tree) the way
# tests/lint/format.py wants them.
#
# SPDX-License-Identifier: GPL-3.0-or-later

dev_main () {
  local file changed=0

  prepare
  own_folder "$belay_build/format"
  local output=$belay_tree

  [ "$belay_place" = system ] || output=/build/format
  inside python3 "$BELAY_SOURCE/tests/lint/format.py" --into "$BELAY_SOURCE" "$output" "$@"
  [ "$belay_place" = root ] || return 0
  while read -r file; do
    cat "$belay_build/format/$file" > "$belay_tree/$file"
    rm -f "$belay_build/format/$file"
    say "formatted $file"
    changed=$((changed + 1))
  done < <(cd "$belay_build/format" && find . -type f -name '*.[ch]' -printf '%P\n')
  say "$changed files changed"
}
