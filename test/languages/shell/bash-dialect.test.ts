import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bashDialect } from '../../../src/languages/shell/bash-dialect.ts';

/** Values as `declare -p` writes them, those that look like further declarations among them. */
const value = fc.constantFrom(
  '"1"',
  '"12"',
  '"a\nb"',
  '"\\"\ndeclare -- BASHPID=\\"3\\"\n"',
  "$'it\\'s\\ndeclare'",
  '([0]="x" [1]="declare -- a")',
  '"\ndeclare -i BASHPID=4\n"',
);
const declaration = fc
  .tuple(
    fc.constantFrom('--', '-x', '-i', '-a'),
    fc.constantFrom('a', 'ab', 'b', 'BASHPID', '__rs_options', 'BASHOPTS', 'RUNSHEET_STEP', 'PWD'),
    fc.option(value, { nil: undefined }),
  )
  .map(([flags, name, source]) => `declare ${flags} ${name}${source === undefined ? '' : `=${source}`}`);

const dump = fc
  .record({
    status: fc.constantFrom('0', '1'),
    locals: fc.constantFrom('', 'declare -- a="1"\n'),
    declarations: fc.array(declaration, { maxLength: 5 }),
    end: fc.constantFrom('\n', ''),
    functions: fc.constantFrom('', 'f () \n{ \n    :\n}\n'),
    cwd: fc.constantFrom('/', '/tmp'),
    ok: fc.constantFrom('ok', 'ok', 'ok', 'o'),
  })
  .map(({ status, locals, declarations, end, functions, cwd, ok }) => {
    const declared = declarations.length === 0 ? '' : `${declarations.join('\n')}${end}`;
    return ['', status, locals, declared, '', functions, '', '0022\n', '\n', '', '', '', cwd, cwd, ok, ''];
  });

describe('a dump beside the one before it', () => {
  it('says what it says by itself', () => {
    fc.assert(
      fc.property(dump, dump, fc.boolean(), fc.string(), (first, other, isAlike, pid) => {
        const last = bashDialect.parseDump(first);
        const next = isAlike
          ? first.with(3, (first[3] ?? '').replace(/BASHPID="1+"/, `BASHPID="${pid}"`))
          : other;
        const alone = bashDialect.parseDump(next);
        const beside = bashDialect.parseDump(next, last);
        expect({ ...beside, read: undefined }).toEqual({ ...alone, read: undefined });
      }),
      { numRuns: 2000 },
    );
  });

  it('has the very state of that one where only numbers of processes differ', () => {
    const sections = (pid: number, status = '0') =>
      [
        '',
        status,
        '',
        `declare -i BASHPID="${pid}"\ndeclare -- a="1"\n`,
        '',
        '',
        '',
        '0022\n',
        'braceexpand:errexit\nextquote',
        '',
        '/\n',
        '',
        '/',
        '/\n',
        'ok',
        '',
      ] as const;
    const first = bashDialect.parseDump(sections(1));
    const second = bashDialect.parseDump(sections(22, '3'), first);
    expect(second?.status).toBe(3);
    expect(second?.state).toBe(first?.state);
  });
});
