// Owns what cannot run as another user, found before anything is run.
import { languageOf } from '../../languages/languages.ts';
import type { Attributes, Block } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

/** What is wrong with running a block as another user; nothing where it says of none. `written` is also its step's word. */
export function checkUser(
  block: Block,
  written: Attributes,
): readonly Pick<Diagnostic, 'code' | 'message' | 'help'>[] {
  const { user, background } = written;
  if (user === undefined) return [];
  const { family } = languageOf(block.language ?? 'sh') ?? {};
  const found: Pick<Diagnostic, 'code' | 'message' | 'help'>[] = [];
  if (family === 'sql' || family === 'http')
    found.push({
      code: 'user-option',
      message: `\`${block.language}\` blocks run as the operator only`,
      help: `call ${family === 'sql' ? 'the database client' : '`curl`'} in a shell block`,
    });
  if (background)
    found.push({
      code: 'user-option',
      message: 'a block in the background runs as the operator only',
      help: 'start it as a service of that user, or take `background` out',
    });
  return found;
}
