// Owns bringing a shell to a working directory that may be gone, in words every POSIX shell has; no more.
import type { ByteText } from './byte-text.ts';
import { shellQuote } from './shell-quote.ts';

/**
 * A working directory may be gone, since the block that went there may have removed it. Then the shell is
 * put into a directory that is gone too, as one long-lived shell would be: falling back to another directory
 * would let the next block work in the wrong place. `builtin` stands before each builtin.
 */
export function renderCwd(cwd: ByteText, builtin: string): ByteText {
  const quoted = shellQuote(cwd);
  const gone = '"$__rs_dir/gone"';
  return (
    `${builtin} cd -- ${quoted} 2>/dev/null || { ${builtin} command mkdir -p ${gone} && ${builtin} cd ${gone} &&` +
    ` ${builtin} command rmdir ${gone}; PWD=${quoted}; }`
  );
}
