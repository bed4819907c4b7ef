#!/bin/bash
# fuzz.sh SECONDS   runs each fuzzer of $BELAY_BUILD/fuzz for SECONDS, from its corpus in tests/fuzz
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail
passed=0 failed=0
for fuzzer in "$BELAY_BUILD"/fuzz/tests/fuzz/fuzz-*; do
  [ -f "$fuzzer" ] && [ -x "$fuzzer" ] || continue
  name=$(basename "$fuzzer")
  found=$BELAY_BUILD/fuzz/found/$name
  mkdir -p "$found/corpus"
  seeds=()
  [ ! -d "$BELAY_SOURCE/tests/fuzz/${name#fuzz-}" ] || seeds=("$BELAY_SOURCE/tests/fuzz/${name#fuzz-}")
  if timeout $(($1 + 60)) "$fuzzer" "-max_total_time=$1" -timeout=10 -rss_limit_mb=2048 "-artifact_prefix=$found/" \
      "$found/corpus" "${seeds[@]}" > "$found/log" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    tail -n 30 "$found/log" >&2
    echo "failed: $name: what breaks it is in $found"
  fi
done
[ $((passed + failed)) -gt 0 ] || { echo "failed: there is no fuzzer in the build"; failed=1; }
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
