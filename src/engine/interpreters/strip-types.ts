// Owns making JavaScript of TypeScript, line for line.
import { transform } from 'sucrase';

/** A namespace that is more than a declaration would be left out without a word. */
const namespace = /^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[A-Za-z_$][\w$.]*[ \t]*\{/m;

/**
 * The code without its types, every line where it was. Code that is no TypeScript, or that cannot be had so, becomes
 * code that runs nothing and throws a `SyntaxError` at its line.
 */
export function stripTypes(code: string): string {
  const held = namespace.exec(code);
  if (held) {
    const line = code.slice(0, held.index).split('\n').length;
    return throwing(code, line, 'A namespace cannot be run; write an object');
  }
  try {
    return transform(code, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [place, line = '1'] = / \((\d+):\d+\)$/.exec(error.message) ?? [''];
    return throwing(code, Number(line), error.message.slice(0, error.message.length - place.length));
  }
}

function throwing(code: string, line: number, message: string): string {
  const written = code.split('\n')[line - 1]?.trim() ?? '';
  return `${'\n'.repeat(line - 1)}throw new SyntaxError(${JSON.stringify(`${message}: ${written}`)});`;
}
