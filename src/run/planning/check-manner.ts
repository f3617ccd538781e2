// Owns which ways of running a block exclude one another, found before anything is run.
import { languageOf } from '../../languages/languages.ts';
import type { Attributes, Block } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';

type Problem = Pick<Diagnostic, 'code' | 'message' | 'help'>;

/** What is wrong with how a block is to run; `written` is also its step's word. */
export function checkManner(block: Block, written: Attributes): readonly Problem[] {
  return [...checkUser(block, written), ...checkBackground(written)];
}

function checkUser(block: Block, { user, background }: Attributes): readonly Problem[] {
  if (user === undefined) return [];
  const { family } = languageOf(block.language ?? 'sh') ?? {};
  const found: Problem[] = [];
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

/** Nobody waits for what it prints: a guard about that would be none. */
function checkBackground({ background, captures = [], expect = [] }: Attributes): readonly Problem[] {
  if (!background) return [];
  const found: Problem[] = [];
  if (captures.length > 0)
    found.push({
      code: 'background-option',
      message: 'a block in the background hands no value on: nobody waits for what it prints',
      help: 'let a later block capture it, from a file that this one writes, or take `background` out',
    });
  if (expect.length > 0)
    found.push({
      code: 'background-option',
      message: 'what a block in the background prints is compared with nothing: nobody waits for it',
      help: 'let a later block look, with `retries`, or take `background` out',
    });
  return found;
}
