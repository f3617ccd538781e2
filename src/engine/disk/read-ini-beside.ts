// Owns the `.ini` file beside a page, which gives its variables values as Innovation Engine has it.
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseIni } from '../../runbook/front-matter/parse-inputs-file.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';

const largestBytes = 1024 * 1024;

/**
 * An input for each name of `PAGE.ini` that the page reads as a variable: what else such a file holds is for somebody
 * else. None where there is no such file, or it cannot be read.
 */
export function readIniBeside(path: string, text: string): readonly InputDeclaration[] {
  const file = path.replace(/\.[^./\\]+$/, '.ini');
  if (file === path) return [];
  const values = readIni(file);
  return Object.entries(values)
    .filter(([name]) => isRead(name, text))
    .map(([name, value]) => ({
      name,
      type: 'string',
      default: value,
      required: false,
      from: basename(file),
    }));
}

function readIni(file: string): Readonly<Record<string, string>> {
  try {
    const { size } = statSync(file);
    return size > largestBytes ? {} : parseIni(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function isRead(name: string, text: string): boolean {
  return new RegExp(`\\$\\{?[#!]?${name}\\b|(?:env|ENV|environ)\\W{1,7}(?:get\\W{2})?${name}\\b`).test(text);
}
