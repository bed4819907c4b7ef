# usage: flatpak/dev shell
#
# A shell where Belay was built: the tree is $BELAY_SOURCE, read-only; the build
# $BELAY_BUILD/plain, so that “ninja -C $BELAY_BUILD/plain” builds again.
#
# SPDX-License-Identifier: GPL-3.0-or-later

dev_main () {
  build
  inside bash -i
}
