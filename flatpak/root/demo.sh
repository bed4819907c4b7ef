# demo.sh: the demo server and its people, for scripts that source this
#
# They have set $folder, a new one that goes when they end, and children=(), which they end.
#
# SPDX-License-Identifier: GPL-3.0-or-later

fail () { echo "demo: $*" >&2; exit 1; }

serve () {
  mkfifo "$folder/ready"
  BELAY_DATABASE=sqlite:$folder/server/belay.sqlite BELAY_CONTENT=$folder/server/content BELAY_KEYS=$folder/server/keys \
    BELAY_LOG_REQUESTS=false "$BELAY_BUILD/plain/prefix/bin/belay-server" serve --demo \
    --demo-folder "$BELAY_SOURCE/data/demo" --ready-json --listen 127.0.0.1:0 > "$folder/ready" &
  children+=($!)
  mkdir -p "$folder/server"
  read -r ready < "$folder/ready" || fail "the server did not start; the lines above say why"
}

# The address of the server, then the e-mail address, the password and the name of PERSON
choose () { # PERSON
  python3 - "$1" "$ready" <<'PYTHON'
import json, sys
wanted, ready = sys.argv[1].lower(), json.loads(sys.argv[2])
people = ready["people"]
fitting = [p for p in people if wanted in p["roles"]] or [
    p for p in people if p["name"].lower().startswith(wanted) or p["email"].lower().startswith(wanted)]
if not fitting:
    sys.exit(f"demo: the demo has nobody called “{sys.argv[1]}”; it has " + ", ".join(p["name"] for p in people))
print(ready["url"], fitting[0]["email"], fitting[0]["password"], fitting[0]["name"], sep="\n")
PYTHON
}

# No bus, no keyring: the token lies in the folder that goes
sign_in () { # FOLDER URL EMAIL PASSWORD
  DBUS_SESSION_BUS_ADDRESS=disabled: "$BELAY_BUILD/plain/tests/support/belay-sign-in" "$1" "$2" "$3" <<< "$4"
}
