import { expect, test } from 'vitest';
import { findEffect } from '../../../src/languages/commands/find-effect.ts';

const placed = (code: string, label: string, effect: 'changes' | 'destroys') => {
  const found = findEffect(code, label, effect);
  return found && code.slice(found.start, found.end);
};

test.each([
  ['python', "import shutil\nshutil.rmtree('/data')\n", 'shutil.rmtree'],
  ['python', "cursor.execute('DROP TABLE users')\n", 'DROP TABLE'],
  ['node', "fs.rmSync('/data', { recursive: true });\n", 'fs.rmSync'],
  ['ruby', "FileUtils.rm_rf('/data')\n", 'FileUtils.rm_rf'],
  ['perl', 'unlink "/data/a";\n', 'unlink "'],
])('a block of %s destroys something: %j', (label, code, place) => {
  expect(placed(code, label, 'destroys')).toBe(place);
  expect(placed(code, label, 'changes')).toBe(place);
});

test.each([
  ['python', "with open('/etc/motd', 'w') as file:\n    file.write('x')\n", "open('/etc/motd', 'w"],
  ['python', "with open('/etc/motd', mode='a') as file:\n    pass\n", "open('/etc/motd', mode='a"],
  ['python', "subprocess.run(['ls'])\n", 'subprocess.run'],
  ['node', "writeFileSync('/etc/motd', 'x');\n", 'writeFileSync'],
  ['perl', 'open(my $fh, ">", "/etc/motd");\n', 'open(my $fh, ">'],
])('a block of %s changes something: %j', (label, code, place) => {
  expect(placed(code, label, 'destroys')).toBe(undefined);
  expect(placed(code, label, 'changes')).toBe(place);
});

test.each([
  ['python', "print(open('/etc/motd').read(), open('/etc/a', 'rb').read())\n"],
  ['python', "removed = [one for one in deleted if one]\nprint(removed, 'unlink')\n"],
  ['node', "console.log(JSON.parse(readFileSync('a', 'utf8')));\n"],
  ['ruby', "puts File.read('/etc/motd')\n"],
])('nothing is said of what a block of %s only reads: %j', (label, code) => {
  expect(placed(code, label, 'changes')).toBe(undefined);
});
