#!/bin/bash
# with-keyring.sh CMD…: runs CMD on a session bus of its own, on which a secret service is unlocked
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
HOME=$(mktemp -d)
export HOME
trap 'rm -rf "$HOME"' EXIT
dbus-run-session -- bash -c 'printf belay | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1; "$@"' - "$@"
