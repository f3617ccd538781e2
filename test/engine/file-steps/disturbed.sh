#!/bin/sh
# Stands before the program of its own name on the search path: the n-th call of all is disturbed.
name=${0##*/}
here=${0%/*}
printf x >>"$here/../calls"
count=$(/usr/bin/wc -c <"$here/../calls")
real() { PATH=${PATH#*:} command "$name" "$@"; }
if [ "$count" -ne "$DISTURB_AT" ]; then PATH=${PATH#*:}; exec "$name" "$@"; fi
printf '%s' "$name" >"$here/../fired"
case $DISTURB_HOW in
  kill-before) kill -9 "$PPID"; exit 1 ;;
  kill-after) real "$@"; kill -9 "$PPID"; exit 1 ;;
  torn) if [ "$name" = cat ]; then head -c 3; fi; kill -9 "$PPID"; exit 1 ;;
  short) if [ "$name" = cat ]; then head -c 3; exit 0; fi; real "$@" ;;
  *) if [ "$name" = cat ]; then head -c 3; fi; echo "$name: $DISTURB_HOW" >&2; exit 1 ;;
esac
