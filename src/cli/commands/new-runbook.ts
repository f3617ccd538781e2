// Owns `runsheet new`: starts a runbook from a template; never writes over a file.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorMessage, isCodedError } from '../../basics/coded-error.ts';
import { closestName } from '../../text/closest-name.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** The templates lie beside the built tool's folder, in the package as in a clone. */
const folder = fileURLToPath(new URL('../templates/', import.meta.url));

/** The names of all templates, sorted. */
export function templateNames(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => basename(name, '.md'))
    .sort();
}

/** Writes a template to a file, or prints it, or lists them all; gives the exit code. */
export async function newRunbook(template: string | undefined, file: string | undefined): Promise<number> {
  const names = templateNames();
  if (template === undefined) {
    writeResult(`${names.join('\n')}\n`);
    return exitCode.succeeded;
  }
  if (!names.includes(template)) {
    const closest = closestName(template, names);
    complain(
      `there is no template \`${template}\`${closest ? `; did you mean \`${closest}\`?` : ''}`,
      `templates: ${names.join(', ')}`,
    );
    return exitCode.usage;
  }
  const text = readFileSync(join(folder, `${template}.md`), 'utf8');
  if (file === undefined) {
    writeResult(text);
    return exitCode.succeeded;
  }
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    complain(
      isCodedError(error) && error.code === 'EEXIST'
        ? `\`${file}\` is there already; nothing was written`
        : `cannot write \`${file}\`: ${errorMessage(error)}`,
    );
    return exitCode.usage;
  }
  writeMessage(visibleText(`${file} written; run it with \`runsheet run ${file}\``).concat('\n'));
  return exitCode.succeeded;
}
