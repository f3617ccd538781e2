// Owns who is asked for an approval, and what each of them gets: a link by mail, a message in Slack.
import type { RunQueue } from '../../../engine/queue/run-queue.ts';
import type { PlanItem } from '../../../run/plan.ts';
import { askByMail } from '../../../surfaces/notify/asking/ask-by-mail.ts';
import { askBySlack, type SlackPlace } from '../../../surfaces/notify/asking/ask-by-slack.ts';
import { longestInSlack } from '../../../surfaces/notify/channels/slack-message.ts';
import { formatTime } from '../../../view/words/format-time.ts';
import type { ServeSettings } from '../serve-settings.ts';
import { approverOf } from './approver-of.ts';
import { linkHash, makeLinkToken } from './create-link-port.ts';
import { type OpenRequest, wouldCount } from './open-requests.ts';
import type { Asked, AskerParts } from './people-asker.ts';

/** What is needed for it. */
export interface AskingParts {
  readonly settings: Pick<ServeSettings, 'people' | 'mail' | 'slack' | 'endpoints'>;
  readonly queue: Pick<RunQueue, 'addLink'>;
  /** Where people reach the server. */
  readonly origin: string;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
}

/** A request that waits for ever is not answered by a link for longer. */
const longestMs = 24 * 3_600_000;

/** The people whom the gate names and who can be reached, and the channel of Slack. */
export function whomToAsk(parts: AskingParts): AskerParts['whom'] {
  return (request, state) => {
    const { people, slack } = parts.settings;
    const inSlack: readonly Asked[] =
      slack === undefined
        ? []
        : [{ name: 'Slack', ask: (asked, signal) => postRequest(parts, slack, asked, signal) }];
    const byMail = request.gate.people.flatMap((name): Asked[] => {
      const person = approverOf(people, name, 'link');
      const to = person && people[name]?.mail;
      if (person === undefined || to === undefined || !wouldCount(state, request, person)) return [];
      return [
        { name: `${name} (mail)`, ask: (asked, signal) => sendLink(parts, asked, { name, to }, signal) },
      ];
    });
    return [...byMail, ...inSlack];
  };
}

/** The link is kept before anybody can use it; of one that could not be sent nobody knows the token. */
async function sendLink(
  { settings, queue, origin, env, now }: AskingParts,
  { run, item, gate, digest, message }: OpenRequest,
  { name, to }: { readonly name: string; readonly to: string },
  signal: AbortSignal,
): Promise<void> {
  const { mail } = settings;
  if (mail === undefined) return;
  const token = makeLinkToken();
  const expiresAt = gate.expiresAt === undefined ? now() + longestMs : Date.parse(gate.expiresAt);
  const link = { run, address: item.address, person: name, digest, expiresAt };
  await queue.addLink({ hash: linkHash(token), ...link });
  const until = formatTime(new Date(expiresAt).toISOString());
  await askByMail(mail, { to, message, link: `${origin}/answer/${token}`, until }, env, signal);
}

async function postRequest(
  { settings, origin, env }: AskingParts,
  slack: SlackPlace,
  request: OpenRequest,
  signal: AbortSignal,
): Promise<void> {
  const { run, item, digest: of, message } = request;
  const button = (word: string, label: string, style: 'primary' | 'danger') =>
    ({ run, address: item.address, word, of, label, style }) as const;
  const isHeard = settings.endpoints.some(({ type }) => type === 'slack');
  const answers = [
    ...(isShownWhole(request) ? [button('approve', 'Approve', 'primary')] : []),
    button('deny', 'Deny', 'danger'),
  ];
  const page = `${origin}/runs/${run}`;
  await askBySlack(slack, { message, page, answers: isHeard ? answers : [] }, env, signal);
}

/** Whether a message does not show what is asked before an item, as whom it runs, or what follows it. */
function hasMore(item: PlanItem): boolean {
  const asked = item.kind === 'block' ? item : item.kind === 'runbook' ? undefined : item.asking;
  if (asked === undefined) return item.kind === 'runbook';
  const { when, check, hostsFrom, each, user, cwd, writes, handlers } = asked;
  return [when, check, hostsFrom, each, user, cwd, writes, handlers].some((part) => part !== undefined);
}

/** Nobody agrees by a button to what its message does not show. */
function isShownWhole({ item, gate, message }: OpenRequest): boolean {
  // How what else is brought runs, and what is asked before it, stands on the page alone.
  const isAlone = Object.keys(gate.of?.brings ?? {}).every((address) => address === item.address);
  if (!isAlone || hasMore(item)) return false;
  const { command = '', values = {}, hosts = [] } = message.notification.approval ?? {};
  return (
    command.length <= longestInSlack.text &&
    hosts.join(', ').length <= longestInSlack.field / 2 &&
    Object.entries(gate.of?.values ?? {}).every(([name, value]) => values[name] === value)
  );
}
