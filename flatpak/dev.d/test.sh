# usage: flatpak/dev test [--ci] [SUITE…]
#
# Builds with warnings as errors and runs the tests: all, or those of each SUITE (a suite or the
# name of one test). --ci: the same again under the address and undefined-behaviour sanitizers with
# leaks on, and each fuzzer for 30 seconds; nothing may skip but what needs ../shared.
#
# The last line is “N passed, N failed, N skipped”, counted in test cases. What failed or was
# skipped is named above it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

fuzz_seconds=30

# count COMMAND…: runs it, shows its lines but the last, and adds that one to the sum
count () {
  local output last

  output=$("$@") || true
  last=${output##*$'\n'}
  [ "$output" = "$last" ] || printf '%s\n' "${output%$'\n'*}"
  if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    skipped=$((skipped + BASH_REMATCH[3]))
  else
    printf 'failed: %s: ended without a sum: %s\n' "$1 ${2:-}" "$last"
    failed=$((failed + 1))
  fi
}

suites () { # KIND [OPTION…]
  local kind=$1
  shift
  inside python3 "$BELAY_SOURCE/flatpak/root/run-suites.py" "$BELAY_BUILD/$kind" "$@"
}

# Without the suite that runs WebKit: its JavaScript engine keeps what it takes until the process ends
sanitized () {
  ENTER_ENV='ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS' ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=0 \
    UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    LSAN_OPTIONS=suppressions=$BELAY_SOURCE/flatpak/root/leaks.txt:print_suppressions=0 \
    suites sanitize "$@"
}

fuzzed () {
  inside bash "$BELAY_SOURCE/flatpak/root/fuzz.sh" "$fuzz_seconds"
}

dev_main () {
  local ci=no strict=()
  passed=0 failed=0 skipped=0

  if [ "${1:-}" = --ci ]; then
    ci=yes strict=(--strict)
    shift
  fi
  build
  count suites plain "${strict[@]}" "$@"
  if [ $ci = yes ] && [ $# = 0 ]; then
    build sanitize
    count sanitized "${strict[@]}" --label 'sanitized ' --slower 3 --without lint --without display --without journeys
    build fuzz
    count fuzzed
  fi
  echo "$passed passed, $failed failed, $skipped skipped"
  [ $failed = 0 ]
}
