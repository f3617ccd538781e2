// Owns what stands below the line of a notification for people: facts by their names, and what can be answered.
import type { Notification } from './notification.ts';

/** One fact, on one line. */
export interface Fact {
  readonly name: string;
  readonly text: string;
}

/** What stands below the line. */
export interface MessageFacts {
  readonly facts: readonly Fact[];
  /** What is to run, with its line ends; absent where nobody is asked about it. */
  readonly command?: string;
  /** Commands that answer, each with what it does. */
  readonly answers: readonly Fact[];
  /** What the run is, for the small print. */
  readonly origin: readonly string[];
}

/** Everything of a notification beside its line, in the order in which it is read. */
export function factsOf({
  approval,
  step,
  run,
  title,
  severity,
  owner,
  operator,
  page,
}: Notification<string>): MessageFacts {
  const origin = [
    `${title}, run ${run}`,
    ...(severity === undefined ? [] : [severity]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(operator === '' ? [] : [`operated by ${operator}`]),
  ];
  const seen = page === undefined ? [] : [{ name: 'Page', text: page }];
  if (approval === undefined) return { facts: seen, answers: [], origin };
  const { people, needed, until, values, hosts } = approval;
  const whom = people.length === 0 ? 'anybody else' : people.join(', ');
  const facts = [
    ...seen,
    ...(step === undefined ? [] : [{ name: 'Step', text: step }]),
    { name: 'Risk', text: approval.risk },
    ...(hosts === undefined ? [] : [{ name: 'Hosts', text: hosts.join(', ') }]),
    ...Object.entries(values).map(([name, text]) => ({ name, text })),
    { name: 'Undo', text: approval.undo },
    { name: 'Approvers', text: needed === 1 ? whom : `${needed} of ${whom}` },
    ...(until === undefined ? [] : [{ name: 'Until', text: `${until.at}, then ${until.what}` }]),
  ];
  return {
    facts,
    ...(approval.command !== undefined && { command: approval.command }),
    answers: [
      { name: 'Approve', text: approval.approve },
      { name: 'Deny', text: approval.deny },
    ],
    origin,
  };
}
