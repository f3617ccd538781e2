# Builds the tool where the action has been checked out; the scripts beside this one call it from there.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"
[ -f dist/runsheet.js ] || npm ci --no-audit --no-fund
node dist/runsheet.js --version
