# Rehearses runbooks: of each, what only looks is run on this machine, and nothing else.
set -euo pipefail
runsheet() { node "$GITHUB_ACTION_PATH/dist/runsheet.js" "$@"; }
# Without an end of its own it reads all lines, and then says that there was none.
read -rd '' -a paths <<<"$RUNBOOKS" || true

runbooks=()
for path in "${paths[@]}"; do
  if [ -d "$path" ]; then
    mapfile -t -O "${#runbooks[@]}" runbooks < <(runsheet list --json "$path" | node -e '
      const all = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
      for (const { path } of all) console.log(path);
    ')
  else
    runbooks+=("$path")
  fi
done

failed=0
for runbook in "${runbooks[@]}"; do
  echo "::group::$runbook"
  code=0
  runsheet run "$runbook" --rehearse --yes --manual skip --log none --report step-summary || code=$?
  echo '::endgroup::'
  [ "$code" -eq 0 ] || {
    echo "::error file=$runbook::the rehearsal ended with exit code $code"
    failed=1
  }
done
exit "$failed"
