// Owns the doubts of what stands behind a command that opens a session: it is meant for there, and would run here.

import { closesSession, readSession } from '../../languages/recognition/read-session.ts';
import { shorten } from '../../text/shorten.ts';
import { span } from '../../text/span.ts';
import type { Doubt } from '../doubts/doubt.ts';
import { type DoubtsAt, doubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { PlacedText } from '../doubts/placed-text.ts';
import type { Outline } from '../headings/outline.ts';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import type { StepDraft } from '../steps/step-draft.ts';
import { isShell, placedBlocks, saysWhere } from './placed-blocks.ts';

/** A session that is open at some place of a page. */
interface OpenSession {
  readonly doubt: Doubt;
  /** Where its block begins, which is doubtful too as soon as something stands behind it. */
  readonly openedAt: number;
  /** The level of the heading that it stands below; it ends at a higher one. */
  readonly depth: number;
}

/** What other words than `exit` say that a session is over, or that something is not for it. */
const saysOtherwise =
  /\b(?:(?:on|from|to|in|at) (?:your|the|a|an) (?:own |other |new |second |another )?(?:local|laptop|workstation|computer|terminal|control|admin|management|bastion|jump)\b|local(?:ly)? (?:machine|host|computer|terminal|shell)|(?:back|return) (?:on|in|to|at)\b|(?:exit|leave|quit|close|disconnect|detach|end|terminate)\b.{0,30}\b(?:shell|session|ssh|connection|container|pod|prompt|console|client|server|host|machine|node|from)\b|log ?(?:out|off)\b|exit\b)|退出|本地|ローカル|ログアウト|로컬/i;

/** The doubts of the blocks that are meant for a session, by where they begin; offsets are UTF-16. */
export function doubtsOfSessions(
  steps: readonly StepDraft[],
  { headings }: Outline,
  { text, toByteOffset }: PlacedText,
): DoubtsAt {
  const found = new Map<number, Doubt>();
  let open: OpenSession | undefined;
  let behind = 0;
  let passed = 0;
  for (const { part, section } of placedBlocks(steps)) {
    const { written } = part;
    const start = startOf(written.node);
    let highest = 6;
    for (; (headings[passed]?.start ?? start) < start; passed += 1)
      highest = Math.min(highest, headings[passed]?.depth ?? 6);
    const before: OpenSession | undefined = open;
    if (open !== undefined && (highest < open.depth || saysOtherwise.test(text.slice(behind, start))))
      open = undefined;
    const code = part.block.console?.commands ?? part.block.code;
    if (open === undefined && isShell(part) && !saysWhere(part)) {
      const said = sessionInProse(text, behind, start);
      if (said !== undefined && !code.includes(said.command)) {
        const place = span(toByteOffset(said.at), toByteOffset(said.at + said.command.length));
        const doubt = makeDoubt('session', place, { text: opensIn(said.command) });
        open = { doubt, openedAt: start, depth: headings[passed - 1]?.depth ?? 0 };
      }
    }
    behind = endOf(written.node);
    if (saysWhere(part)) continue;
    if (open !== undefined) {
      found.set(open.openedAt, open.doubt);
      found.set(start, open.doubt);
    } else if (before !== undefined && onlyCloses(code)) {
      found.set(before.openedAt, before.doubt);
      found.set(start, before.doubt);
    }
    if (open !== undefined && closesSession(code)) open = undefined;
    const session = isShell(part) ? readSession(code) : undefined;
    if (session === undefined) continue;
    const line = code.slice(code.lastIndexOf('\n', session.start) + 1, session.start) + session.text;
    const at = Math.max(start, text.indexOf(line, written.contentStart) + line.length - session.text.length);
    const place = span(toByteOffset(at), toByteOffset(at + session.text.length));
    const doubt = makeDoubt('session', place, { text: opensIn(session.text) });
    if (session.hasCommands) found.set(start, doubt);
    // What must hold beforehand holds for the whole page.
    open = session.isClosed
      ? undefined
      : {
          doubt,
          openedAt: start,
          depth: section === 'preconditions' ? 0 : (headings[passed - 1]?.depth ?? 0),
        };
  }
  return doubtsAt(found);
}

function opensIn(command: string): string {
  return `\`${shortened(command)}\` opens a session, and what follows it would run here`;
}

/** The last command of some prose that opens a session: "Run `docker run -it web sh`, then:". */
function sessionInProse(
  text: string,
  from: number,
  to: number,
): { readonly at: number; readonly command: string } | undefined {
  const between = text.slice(from, to);
  const begin = from + Math.max(0, between.lastIndexOf('\n#'));
  const prose = text.slice(begin, to);
  if (!prose.includes('`')) return undefined;
  // A name alone is spoken of; with its arguments it is meant to be typed.
  const spans = [...prose.matchAll(/(?<!`)`([^`\n]+ [^`\n]+)`(?!`)/g)];
  const found = spans.findLast(([, command = '']) => readSession(command)?.isClosed === false);
  return found?.[1] === undefined ? undefined : { at: begin + found.index + 1, command: found[1] };
}

/** Code of nothing but the end of a session. */
function onlyCloses(code: string): boolean {
  return code.split('\n').every((line) => line.trim() === '' || closesSession(line));
}

/** A command as a message names it: connection strings are long. */
function shortened(command: string): string {
  return shorten(command.replace(/\s*\\$/, ''));
}
