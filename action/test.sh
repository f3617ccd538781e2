# Runs the tests of runbooks, where there are any.
set -euo pipefail
runsheet() { node "$GITHUB_ACTION_PATH/dist/runsheet.js" "$@"; }
# Without an end of its own it reads all lines, and then says that there was none.
read -rd '' -a paths <<<"$RUNBOOKS" || true
read -rd '' -a options <<<"${OPTIONS:-}" || true

folders=()
for path in "${paths[@]}"; do
  [ -d "$path" ] && folders+=("$path") || folders+=("$(dirname "$path")")
done
if [ -z "$(find "${folders[@]}" -name node_modules -prune -o -name '*.test.yaml' -print -quit)" ]; then
  echo 'no tests of runbooks here'
  exit 0
fi

junit=${RUNNER_TEMP:-/tmp}/runsheet-tests.xml
echo "junit=$junit" >>"$GITHUB_OUTPUT"
status=0
runsheet test "${paths[@]}" --report "junit=$junit" "${options[@]}" 2>&1 | tee "$junit.txt" || status=$?
{
  echo '## Tests of runbooks'
  echo
  echo '```text'
  tail -n 40 "$junit.txt"
  echo '```'
} >>"$GITHUB_STEP_SUMMARY"
exit "$status"
