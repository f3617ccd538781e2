// Owns what a directive of MyST holds that shows code: `{terminal}`, `{code-block} bash`.
import { languageOf } from '../../languages/languages.ts';
import type { CodeReading, LabelledCode } from './read-code.ts';

/** A directive as its block begins. */
export interface Directive {
  readonly name: string;
  readonly argument: string;
}

const codeDirectives = new Set(['code', 'code-block', 'code-cell', 'sourcecode', 'prompt']);

/**
 * Reads the code of a directive by `read`, its options taken off. Whatever it is, no word of its author's tells this
 * tool to run it, so it is doubtful. Nothing where it shows no commands of a shell.
 */
export function readDirective(
  { name, argument }: Directive,
  code: string,
  read: (block: Pick<LabelledCode, 'code' | 'isTranscript'>) => CodeReading,
): CodeReading {
  const language = languageOf(argument.trim().split(/\s+/, 1)[0] ?? '');
  const isCode = name === 'terminal' || (codeDirectives.has(name) && language?.family === 'shell');
  if (!isCode) return {};
  const lines = code.split('\n');
  const options = lines.findIndex((line) => !/^\s*:[\w-]+:(?:\s|$)/.test(line));
  const from = Math.max(0, options);
  const rest = lines.slice(from);
  const isTranscript = name === 'terminal' || language?.transcript === true;
  const { isUnlabelledCode, transcript, doubt } = read({ code: rest.join('\n'), isTranscript });
  if (!isUnlabelledCode || doubt === undefined) return {};
  const typed = transcript ?? {
    ...{ commands: rest.join('\n'), output: '', reader: 'shell', places: [] },
    commandLines: new Set(rest.keys()),
  };
  const text = `it looks like commands, and \`{${name}}\` is not a label that is run`;
  // Options stand where the code of a block begins.
  const told = { code: doubt.code, text, ...(from > 0 && { line: 0 }) };
  return {
    isUnlabelledCode,
    transcript: { ...typed, commandLines: new Set([...typed.commandLines].map((line) => line + from)) },
    doubt: doubt.code === 'unlabelled' ? told : doubt,
  };
}
