import { expect, test } from 'vitest';
import { findUnheardCall } from '../../../src/languages/commands/find-unheard-call.ts';

test.each([
  ['python', 'os.system("pg_dump shop")', 'os.system'],
  ['python', 'import subprocess\nif x:\n    subprocess.run(\n        ["a", "b"],\n    )\n', 'subprocess.run'],
  ['python', 'subprocess.call(["a"])', 'subprocess.call'],
  ['python', 'subprocess.run(["a"], check=True)\nsubprocess.run(["b"])', 'subprocess.run'],
  ['python', 'subprocess.run(["a"],\n  check = True)', undefined],
  ['python', 'subprocess.run(["a"]).check_returncode()', undefined],
  ['python', 'done = subprocess.run(["a"])\nsubprocess.check_call(["b"])', undefined],
  ['python', 'if os.system("a") != 0: raise SystemExit(1)', undefined],
  ['python', '# os.system("a")', undefined],
  ['ruby', 'system("a", "b")', 'system'],
  ['ruby', 'system "systemctl restart web"', 'system'],
  ['ruby', 'system("a", exception: true)', undefined],
  ['ruby', 'system("a") or abort "no"', undefined],
  ['ruby', 'system("a")\nexit $?.exitstatus', undefined],
  ['ruby', 'systems = 3', undefined],
  ['perl', 'system("a");', 'system'],
  ['perl', 'system("a") == 0 or die;', undefined],
  ['perl', 'use autodie qw(:all);\nsystem("a");', undefined],
  ['node', 'const cp = require("child_process")\ncp.spawnSync("a", ["b"])', 'cp.spawnSync'],
  ['node', 'execFileSync("a"); const { status } = spawnSync("a")', undefined],
  ['php', 'system("a");', undefined],
])('%s: %j', (language, script, name) => {
  const found = findUnheardCall(language, script);
  expect(found && script.slice(found.start, found.end)).toBe(name);
});
