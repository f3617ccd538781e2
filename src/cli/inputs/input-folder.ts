// Owns where the files and commands of an input are found; reads and runs none.
import { dirname, resolve } from 'node:path';
import type { InputDeclaration } from '../../runbook/runbook.ts';

/** The folder of the runbook that declares the input: the opened one's, or that of the linked one. */
export function inputFolder({ file }: InputDeclaration, runbook: string): string {
  const folder = dirname(resolve(runbook));
  return file === undefined ? folder : resolve(folder, dirname(file));
}
