# usage: flatpak/dev serve [--listen ADDRESS:PORT] [--database URI] [--empty]
#
# Builds and runs the server with the demo organisation, or --empty with a new organisation that has
# nobody in it. When it is ready it writes one line of JSON to stdout: where it is, the join code,
# an xAPI key and the people. It stops on SIGTERM and on Ctrl-C. Without --database its data is new
# each time and goes when it stops.
#
# SPDX-License-Identifier: GPL-3.0-or-later

dev_main () {
  local listen=127.0.0.1:0 database='' demo=yes

  while [ $# -gt 0 ]; do
    case $1 in
      --listen) listen=${2:?--listen wants ADDRESS:PORT} && shift 2 ;;
      --database) database=${2:?--database wants a URI} && shift 2 ;;
      --empty) demo=no && shift ;;
      *) fail "serve does not know $1; see flatpak/dev serve --help" ;;
    esac
  done
  build
  say "starting the server"
  inside_until_told bash "$BELAY_SOURCE/flatpak/root/serve.sh" "$listen" "$database" "$demo"
}
