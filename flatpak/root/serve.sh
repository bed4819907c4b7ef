#!/bin/bash
# serve.sh LISTEN DATABASE|'' yes|no   the server on new data, with the demo organisation or without
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
listen=$1 database=$2 demo=$3
folder=$(mktemp -d)
export BELAY_DATABASE=${database:-sqlite:$folder/belay.sqlite} BELAY_CONTENT=$folder/content BELAY_KEYS=$folder/keys
server=$BELAY_BUILD/plain/prefix/bin/belay-server
if [ "$demo" = yes ]; then
  exec "$server" serve --demo --demo-folder "$BELAY_SOURCE/data/demo" --ready-json --listen "$listen"
fi
"$server" init --name "New organisation" >&2
exec "$server" serve --ready-json --listen "$listen"
