import { expect, test } from 'vitest';
import { writesFile } from '../../../src/runbook/prose/writes-file.ts';

test.each<[code: string, names: readonly string[], writes: boolean]>([
  ['cat > a.sh <<EOF\nls\nEOF', ['b.sh'], true],
  ['sudo vi b', ['a.sh'], true],
  ['envsubst < a.tmpl > "$OUT"', ['a.sh'], true],
  ['kubectl apply -f A.yaml', ['a.yaml'], true],
  ['cp x /etc/cron.daily/purge', ['cron.daily/purge'], true],
  ['cp x y', ['a.sh'], false],
  ['cp x y', [], true],
  ['rm -rf /srv/x', [], false],
  ['rm -rf /srv/x >/dev/null 2>&1', [], false],
  ['rm -rf /srv/purge', ['cron.daily/purge'], false],
])('%j writes %j: %j', (code, names, writes) => {
  expect(writesFile(code, names)).toBe(writes);
});
