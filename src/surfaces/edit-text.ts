// Owns changing a text in the operator's own editor.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { ownFolder } from '../engine/shells/working-folder.ts';

/** The editor's command line as the user has set it, or undefined: VISUAL, then EDITOR. */
export function editorOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.VISUAL || env.EDITOR || undefined;
}

/**
 * Opens `text` in an editor that has the terminal to itself, and gives back what was saved. Undefined when the
 * editor could not be started or ended with an error: then nothing is taken over.
 */
export async function editText(
  text: string,
  {
    editor = 'vi',
    extension = '.txt',
  }: { readonly editor?: string | undefined; readonly extension?: string } = {},
): Promise<string | undefined> {
  // Only this user may read it: the text can hold values that are not meant for others.
  const folder = await mkdtemp(join(tmpdir(), 'runsheet-edit-'));
  const file = join(folder, `command${extension}`);
  try {
    await writeFile(file, text, { mode: 0o600 });
    // As git does it: the variable is a command line of the user's, the file is its last argument.
    const { exitCode } = await execa('sh', ['-c', `${editor} "$1"`, editor, file], {
      cwd: ownFolder(),
      stdio: 'inherit',
      cleanup: false,
      reject: false,
    });
    return exitCode === 0 ? await readFile(file, 'utf8') : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
