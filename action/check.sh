# Checks runbooks: findings beside the lines of a change, a table in the summary, a file for code scanning.
set -euo pipefail
runsheet() { node "$GITHUB_ACTION_PATH/dist/runsheet.js" "$@"; }
# Without an end of its own it reads all lines, and then says that there was none.
read -rd '' -a paths <<<"$RUNBOOKS" || true
options=()
[ "${STRICT:-false}" != true ] || options+=(--strict)

if [ -n "${SARIF:-}" ]; then
  # What it finds is told below; here it only has to be written.
  runsheet check --format sarif "${paths[@]}" >"$SARIF" || true
  echo "sarif=$SARIF" >>"$GITHUB_OUTPUT"
fi

status=0
runsheet check --format github "${options[@]}" "${paths[@]}" || status=$?
{
  echo '## Runbooks checked'
  echo
  echo '```text'
  # Its last line counts them.
  runsheet check "${paths[@]}" 2>&1 | tail -n 1 || true
  echo '```'
} >>"$GITHUB_STEP_SUMMARY"
exit "$status"
