/*
 * Scripts, written and drawn, run by their shell and by the tool in pieces.
 *
 *   CUT_SCRIPTS=500     so many scripts a shell
 *   CUT_MANNERS=all     each in every manner
 *   CUT_ONLY=word       those alone whose name has the word (`bash/arrays`, `drawn/1-17`)
 *   CUT_FILE=path       this script alone
 *   CUT_SHOW=1          shows what is explained as well
 *   RUNSHEET_FUZZ_SEED  draws others
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findCommand } from '../../../../src/engine/interpreters/find-command.ts';
import { ruleFor, rules } from './explained-differences.ts';
import { type Difference, runScripts } from './run-scripts.ts';
import { readScripts, type Script, type Shell, shells } from './script.ts';
import { drawScripts } from './script-grammar.ts';
import { type Manner, manners, type Strictness } from './script-rig.ts';

const {
  CUT_SCRIPTS,
  CUT_MANNERS,
  CUT_ONLY,
  CUT_FILE,
  CUT_SHOW,
  RUNSHEET_FUZZ_SEED,
  RUNSHEET_REQUIRE_SERVICES,
} = process.env;
const isThorough = [CUT_MANNERS, CUT_ONLY, CUT_FILE].some((one) => one !== undefined);
const seed =
  RUNSHEET_FUZZ_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(RUNSHEET_FUZZ_SEED ?? 1);
const strictnesses: readonly Strictness[] = ['strict', 'plain'];
/** A second for each way to run a script, many times what it takes. */
const msPerScript = 20_000;

function scriptsFor(shell: Shell): readonly Script[] {
  if (CUT_FILE !== undefined) return [{ name: CUT_FILE, code: readFileSync(CUT_FILE, 'utf8') }];
  const written = [...readScripts('all'), ...readScripts(shell)];
  const all = [
    ...written,
    ...drawScripts(shell, Math.max(60, Number(CUT_SCRIPTS ?? 0) - written.length), seed),
  ];
  return all.filter(({ name }) => name.includes(CUT_ONLY ?? ''));
}

/** Strict and plain in turn; cut, which is what most that can go wrong needs, and in another of the manners, in turn. */
function mannersOf(index: number, strictness: Strictness): readonly Manner[] {
  if (isThorough) return manners;
  if (strictnesses[index % 2] !== strictness) return [];
  const others = manners.filter((manner) => manner !== 'cut');
  const turn = index >> 1;
  return [turn % 2 === 0 ? 'cut' : (others[(turn >> 1) % others.length] ?? 'cut')];
}

const show = ({ script, shell, strictness, manner, text }: Difference): string =>
  `${script.name} in ${shell}, ${strictness}, ${manner}:\n${text}\n--- the script:\n${script.code}`;

for (const shell of shells)
  for (const strictness of strictnesses) {
    const isThere = findCommand(shell, { path: process.env.PATH ?? '', cwd: '/' }) !== undefined;
    const scripts = scriptsFor(shell);
    test.runIf(isThere || RUNSHEET_REQUIRE_SERVICES === '1')(
      `${scripts.length} scripts in ${shell} are the same in blocks, ${strictness}`,
      { timeout: scripts.length * msPerScript },
      async () => {
        const differences = await runScripts({
          shell,
          strictness,
          scripts,
          manners: (index) => mannersOf(index, strictness),
        });
        const shown = differences.filter((one) => CUT_SHOW === '1' || ruleFor(one) === undefined);
        expect(shown.map(show)).toEqual([]);
      },
    );
  }

test('what the contract says is not carried is what the rules explain', () => {
  const contract = readFileSync(new URL('../../../../docs/format.md', import.meta.url), 'utf8');
  const list = /Not carried from block to block.*:\n\n((?:- .*\n)+)/.exec(contract)?.[1] ?? '';
  expect([...list.matchAll(/^- \*\*(.*?)\*\*/gm)].map(([, name]) => name)).toEqual(
    rules.map(({ name }) => name),
  );
});

test.each(readScripts('explained'))('is really not carried: $name', async ({ name, code }) => {
  const [, rule, named = '', manner = 'cut'] =
    /\/(.*):.*\(([a-z ]+)(?:; (terminal|host))?\)$/.exec(name) ?? [];
  for (const shell of named.split(' ') as Shell[]) {
    const [found] = await runScripts({
      ...{ shell, strictness: 'plain', scripts: [{ name, code }], manners: () => [manner as Manner] },
    });
    expect([shell, found && ruleFor(found)]).toEqual([shell, rule]);
  }
});
