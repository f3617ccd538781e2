// Tests that nothing a block leaves behind reaches the tool's own shell code: options, functions, aliases, traps, names.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCommand } from '../../../src/engine/interpreters/find-command.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { ExecutorRig } from '../executors/executor-rig.ts';

const has = (command: string): boolean =>
  findCommand(command, { path: process.env.PATH ?? '', cwd: '/' }) !== undefined;

const builtins = 'command printf alias umask type ulimit test echo cd pwd read kill wait true false'.split(
  ' ',
);
const zshBuiltins = [
  ...builtins,
  'print',
  'emulate',
  'zmodload',
  'hash',
  'zstyle',
  'unsetopt',
  'setopt',
  'typeset',
];
/** Special builtins, which no function hides in a plain POSIX shell. */
const zshOnly = [
  'builtin',
  'trap',
  'exit',
  'eval',
  'set',
  'shift',
  'return',
  'exec',
  'unset',
  'export',
  'readonly',
  '.',
];

const common: Readonly<Record<string, string>> = {
  'set -e': 'set -e',
  'set -u': 'set -u',
  'set -f': 'set -f',
  'set -C': 'set -C',
  'set -a': 'set -a',
  IFS: "IFS=':0 e/'",
  'empty IFS': 'IFS=',
  'readonly names': 'readonly a=1 b=2 i=3 n=4 name=5 file=6 status_=7 code=8 dir=9',
  traps: "trap : INT TERM USR1; trap '' HUP",
  'an EXIT trap': "trap 'echo exit trap >&2' EXIT",
  'no PATH': 'PATH=/nonexistent',
  'odd names':
    'CDPATH=/:/tmp ENV=/nonexistent BASH_ENV=/nonexistent POSIXLY_CORRECT=1; export CDPATH ENV BASH_ENV POSIXLY_CORRECT',
  'a umask': 'umask 777',
};

/** Of every builtin of bash that the tool may come to use, and of what stands before them. */
const bashNames = [
  ...builtins.filter((name) => name !== 'true' && name !== 'false'),
  ...zshOnly.filter((name) => name !== '.'),
  ...[
    'declare',
    'local',
    'shopt',
    'mapfile',
    'dirs',
    'pushd',
    'source',
    'let',
    'compgen',
    'typeset',
    'enable',
  ],
];

const own: Readonly<Record<'bash' | 'zsh' | 'dash', Readonly<Record<string, string>>>> = {
  bash: {
    ...Object.fromEntries(
      bashNames.map((name) => [`function ${name}`, `function ${name} { echo hidden; return 3; }`]),
    ),
    ...Object.fromEntries(
      [...bashNames, '.', 'true', 'false'].map((name) => [`alias ${name}`, `alias ${name}='echo hidden'`]),
    ),
    ...Object.fromEntries(
      'failglob nullglob extdebug inherit_errexit nocaseglob nocasematch dotglob xpg_echo extglob localvar_inherit'
        .split(' ')
        .map((option) => [`shopt ${option}`, `shopt -s ${option}`]),
    ),
    'set -o posix': 'set -o posix',
    'set -E': 'set -E',
    'set -T': 'set -T',
    'set -k': 'set -k',
    'set -h': 'set +h; set +B',
    'a DEBUG trap': "trap ': debug' DEBUG",
    'an ERR trap': "trap ': err' ERR",
    'a RETURN trap': "set -T; trap ': return' RETURN",
    'readonly odd names': 'readonly REPLY=3 PS4=x TMOUT=100 OPTIND=4; readonly -a list=(1 2)',
    'BASHOPTS and others': 'export SHELLOPTS BASHOPTS BASH_ENV=/nonexistent GLOBIGNORE="*"',
  },
  dash: {
    ...Object.fromEntries(
      builtins.map((name) => [`function ${name}`, `${name}() { echo hidden; return 3; }`]),
    ),
    ...Object.fromEntries(
      [...builtins, 'trap', 'exit', 'eval', 'set', 'shift', 'return', 'unset', 'export', '__x'].map(
        (name) => [`alias ${name}`, `alias ${name}='echo hidden'`],
      ),
    ),
  },
  zsh: {
    ...Object.fromEntries(
      [...zshBuiltins, ...zshOnly].map((name) => [`function ${name}`, `function ${name} { echo hidden }`]),
    ),
    ...Object.fromEntries(
      [...zshBuiltins, ...zshOnly, 'if', 'for'].map((name) => [
        `alias ${name}`,
        `alias ${name}='echo hidden'`,
      ]),
    ),
    'a global alias': "alias -g trap=hidden; alias -g '$?=hidden'",
    ...Object.fromEntries(
      `ksh_arrays sh_word_split null_glob no_nomatch glob_subst ksh_glob sh_glob ksh_typeset warn_create_global
      posix_builtins posix_identifiers posix_traps local_traps err_return no_multios rc_quotes ignore_braces
      ksh_option_print no_function_argzero no_clobber csh_null_glob extended_glob all_export no_rcs no_unset
      no_short_loops posix_aliases interactive_comments cdable_vars auto_pushd chase_links`
        .split(/\s+/)
        .map((option) => [option, `setopt ${option}`]),
    ),
    'emulate sh': 'emulate sh',
    'emulate ksh': 'emulate ksh',
    'a DEBUG trap': "trap ': debug' DEBUG",
    'an ERR trap': "trap ': err' ZERR",
    'a hook': 'zshexit() { : }; chpwd() { echo moved }; precmd() { : }',
    'odd parameters':
      'typeset -i REPLY=3; NULLCMD=false; READNULLCMD=false; PS4="$(echo x)"; FPATH=/nonexistent',
  },
};

const standIn = `#!/bin/sh
while [ "$1" != web1 ]; do [ $# -gt 0 ] || exit 255; shift; done
shift; [ "$1" = -- ] && shift
exec sh -c "$*"
`;

for (const shell of ['bash', 'zsh', 'dash'] as const)
  describe.runIf(has(shell))(`blocks of ${shell}`, () => {
    for (const place of ['here', 'on a host'] as const)
      test(`run, fail and hand on their state whatever was left to them, ${place}`, {
        timeout: 300_000,
      }, async () => {
        const folder = temporaryFolder();
        const ssh = join(folder, 'ssh');
        writeFileSync(ssh, standIn);
        chmodSync(ssh, 0o755);
        const env = { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' };
        const wrong: Record<string, unknown> = {};
        for (const [name, code] of Object.entries({ ...common, ...own[shell] })) {
          // The same text is sent to a host; what it does there with each of them takes long to see.
          if (
            place === 'on a host' &&
            !/^(?:set|IFS|an? |odd|emulate|ksh|.* (?:builtin|command|trap|printf)$)/.test(name)
          )
            continue;
          const rig = await ExecutorRig.create({
            shell,
            cwd: folder,
            env,
            ssh: { command: [ssh], env, mayAsk: false },
          });
          const where = place === 'here' ? {} : { host: 'web1' };
          const left = await rig.run('sh', `kept=kept\n${code}`, {}, where);
          const seen = await rig.run(
            'sh',
            'case $kept in kept) : ;; *) nothing_kept ;; esac; more=more',
            {},
            where,
          );
          const failed = await rig.run('sh', 'case $more in more) sh_that_is_not_there ;; esac', {}, where);
          const after = await rig.run(
            'sh',
            'case $kept$more in keptmore) : ;; *) nothing_kept ;; esac',
            {},
            where,
          );
          const got = {
            left: [left.reason, left.stdout, left.stderr],
            seen: [seen.reason, seen.stdout, seen.stderr],
            failed: failed.reason?.type === 'exit' ? failed.reason.code : failed.reason,
            after: [after.reason, after.stdout, after.stderr],
          };
          const good = [undefined, '', ''];
          const wanted = { left: good, seen: good, failed: 127, after: good };
          if (JSON.stringify(got) !== JSON.stringify(wanted)) wrong[name] = got;
          await rig.close();
        }
        expect(wrong).toEqual({});
      });
  });
