// Owns reading the declaration of an input that a parser of YAML is not needed for.
import { span } from '../../text/span.ts';
import type { InputDeclaration } from '../runbook.ts';
import { checkDefault, isRegex } from './check-default.ts';
import { isPlainKey, type PlainValue, readPlainFlowMap } from './read-plain-flow-map.ts';

const declaration = /^ {2}([A-Za-z_][A-Za-z0-9_]*):[ ]+(\{.*\})$/;

/**
 * The input that a line such as `  PORT: { description: Where it listens, default: "80" }` declares, `start` being where
 * the line begins; undefined where it is not plain, or where something about it may be wrong.
 */
export function readPlainInput(
  line: string,
  start: number,
  toByteOffset: (offset: number) => number,
): InputDeclaration | undefined {
  const [, name = '', written = ''] = declaration.exec(line) ?? [];
  if (name === '' || !isPlainKey(name)) return undefined;
  const read = readPlainFlowMap(written);
  if (read === undefined) return undefined;
  const input: Unfinished = {
    name,
    type: 'string',
    required: false,
    span: span(toByteOffset(start + 2), toByteOffset(start + 2 + name.length)),
  };
  for (const [key, value] of read) if (!take(input, key, value)) return undefined;
  // A closer look says what is wrong, and where.
  if (input.pattern !== undefined && !isRegex(input.pattern)) return undefined;
  return checkDefault(input) === undefined ? input : undefined;
}

type Unfinished = { -readonly [Key in keyof InputDeclaration]: InputDeclaration[Key] };

/** False for what is not plain. */
function take(input: Unfinished, key: string, value: PlainValue): boolean {
  if (key === 'description' || key === 'default') input[key] = String(value);
  else if (key === 'pattern' && typeof value === 'string') input.pattern = value;
  else if (key === 'required' && typeof value === 'boolean') input.required = value;
  else if (key === 'secret' && value === true) input.secret = { type: 'prompt' };
  else return false;
  return true;
}
