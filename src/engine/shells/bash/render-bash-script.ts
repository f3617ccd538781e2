// Owns the text that makes a bash, which was given it by another shell, run a block as the script it is.
import type { ByteText } from '../../../languages/shell/byte-text.ts';
import type { FreshScript } from '../../../languages/shell/shell-dialect.ts';
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import { canBeFollowed, maySetTraps } from './bash-code.ts';
import { renderBashHooks } from './bash-hooks.ts';
import { renderBashStart } from './bash-start.ts';

/** The bash that reads the text becomes another one: only what begins with a script is one in all that it shows. */
export function renderBashScript(script: FreshScript, begin: ByteText): ByteText {
  const { hooks, files } = renderBashHooks(
    {
      file: (kind) => `"$__rs_dir/__rs-${kind}"`,
      send: '>>"$__rs_state"',
      isThere: '-d $__rs_dir',
      outputs: '"$__rs_dir"/*',
    },
    0,
  );
  const start = renderBashStart({
    from: script.from,
    job: script,
    hooks,
    begin: [
      // It may hold secrets, and has been read whole.
      '\\command -p rm -f -- "$__rs_dir/__rs-start"',
      '\\builtin unset -v BASH_ENV; \\builtin shopt -s expand_aliases',
      ...(script.keepState ? [] : ['__rs_state=/dev/null']),
      ...script.beforeCode,
    ],
  });
  const isDeferred = script.keepState && maySetTraps(script) && canBeFollowed(script.code);
  const texts = [...files, ['start', `${start}\n`] as const];
  return [
    script.begin,
    begin,
    script.names,
    `printf '__rs_dir=%q __rs_state=%q\\n' "$__rs_dir" "$__rs_state" >"$__rs_dir/__rs-start"`,
    ...texts.map(([kind, text]) => `printf %s ${shellQuote(text)} >>"$__rs_dir/__rs-${kind}"`),
    ...(isDeferred ? [`printf '\n%s\n' ${shellQuote(`! ${hooks.end}`)} >>${script.file}`] : []),
    `BASH_ENV=$__rs_dir/__rs-start exec "$BASH" --norc --noprofile ${script.file}`,
  ].join('\n');
}
