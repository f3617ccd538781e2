// Owns reading `on:`: which events start a run of the page.
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { parseDuration } from '../../parse-duration.ts';
import type { FindPlace } from '../read-yaml.ts';
import {
  type Complaints,
  expects,
  isMapping,
  type Mapping,
  type Path,
  refuses,
  textList,
  unknownKeys,
} from './complaints.ts';
import { readMatcher, readMatchers } from './read-matchers.ts';
import { readQuietHours } from './read-quiet-hours.ts';
import { readTimeZone } from './read-time-zone.ts';
import { isSourceType, type SourceType, sourceTypes, triggerKeys } from './source-types.ts';
import {
  type LabelMatcher,
  mayChoices,
  resolvedActions,
  type Trigger,
  type WrittenExpression,
} from './trigger.ts';

/** The rules in their order, and what is wrong with them; where something is, none of them counts. */
export function readTriggers(
  on: unknown,
  find: FindPlace,
): { readonly triggers: readonly Trigger[]; readonly diagnostics: readonly Diagnostic[] } {
  const complaints: Complaints = { find, found: [] };
  const triggers = readAll(on, complaints);
  return { triggers: complaints.found.length > 0 ? [] : triggers, diagnostics: complaints.found };
}

function readAll(on: unknown, complaints: Complaints): readonly Trigger[] {
  if (Array.isArray(on)) return on.flatMap((entry, index) => readListed(entry, ['on', index], complaints));
  if (!isMapping(on) || Object.keys(on).length === 0) {
    expects(
      complaints,
      ['on'],
      'senders with their rules, such as `{ alertmanager: { match: { alertname: … } } }`',
    );
    return [];
  }
  return Object.entries(on).flatMap(([name, entry]) => {
    const path = ['on', name];
    if (!isSourceType(name)) return unknownSource(name, path, true, complaints);
    const entries = Array.isArray(entry) ? entry : [entry];
    return entries.flatMap((one, index) =>
      readRule(
        one,
        { source: name, isListed: false },
        Array.isArray(entry) ? [...path, index] : path,
        complaints,
      ),
    );
  });
}

/** An entry of a list, which names its sender itself. */
function readListed(entry: unknown, path: Path, complaints: Complaints): readonly Trigger[] {
  const written = isMapping(entry) ? entry.source : undefined;
  if (typeof written !== 'string') {
    expects(
      complaints,
      path,
      '`source:` and what is wanted of it, such as `{ source: alertmanager, match: … }`',
    );
    return [];
  }
  const [name = '', endpoint] = written.split(/\/(.*)/s, 2);
  if (!isSourceType(name)) return unknownSource(name, [...path, 'source'], false, complaints);
  if (endpoint !== undefined && !/^[\w.-]+$/.test(endpoint)) {
    expects(complaints, [...path, 'source'], `the name of an endpoint after \`${name}/\``);
    return [];
  }
  return readRule(entry, { source: name, isListed: true, ...(endpoint && { endpoint }) }, path, complaints);
}

function unknownSource(
  name: string,
  path: Path,
  isKey: boolean,
  { find, found }: Complaints,
): readonly Trigger[] {
  const issue: Complaints = { find: (place) => find(place, isKey), found: [] };
  expects(issue, path, 'a kind of sender', { given: name, candidates: sourceTypes });
  const message = `\`${name}\` is no kind of sender that a runbook knows`;
  const known = `known are ${sourceTypes.map((one) => `\`${one}\``).join(', ')}; \`webhook\` is for anything else`;
  found.push(
    ...issue.found.map((one) => ({ ...one, message, ...(one.label === undefined && { help: known }) })),
  );
  return [];
}

interface Sender {
  readonly source: SourceType;
  readonly endpoint?: string;
  readonly isListed: boolean;
}

function readRule(entry: unknown, sender: Sender, path: Path, complaints: Complaints): readonly Trigger[] {
  const { source, isListed } = sender;
  const rule = entry ?? {};
  if (!isMapping(rule)) {
    expects(complaints, path, 'a mapping such as `{ match: { severity: page } }`');
    return [];
  }
  const keys = triggerKeys(source);
  unknownKeys(complaints, path, rule, isListed ? ['source', ...keys] : keys, `a rule for \`${source}\``);
  const endpoint = sender.endpoint ?? readName(rule.name, [...path, 'name'], complaints);
  const condition = readExpression(rule.if, [...path, 'if'], complaints);
  const dedup = readDedup(rule.dedup, [...path, 'dedup'], complaints);
  const people = rule.people === undefined ? undefined : textList(rule.people);
  if (rule.people !== undefined && people === undefined)
    expects(complaints, [...path, 'people'], 'names of people, or of groups under `approvals`');
  const schedule = source === 'schedule' ? readSchedule(rule, path, complaints) : undefined;
  return [
    {
      source,
      ...(endpoint !== undefined && { endpoint }),
      match: [
        ...ownMatchers(rule, path, complaints),
        ...readMatchers(rule.match, [...path, 'match'], complaints),
      ],
      ...(condition && { condition }),
      set: readSet(rule.set, [...path, 'set'], complaints),
      ...(dedup && { dedup }),
      whenResolved: choiceOf(rule, 'when-resolved', resolvedActions, path, complaints) ?? 'ignore',
      quiet: readQuietHours(rule.quiet, [...path, 'quiet'], complaints),
      may: choiceOf(rule, 'may', mayChoices, path, complaints) ?? 'read',
      ...(people && { people }),
      ...(schedule && { schedule }),
      span: complaints.find(path, !isListed),
    },
  ];
}

/** What code hosts and chats name beside labels is held against the label of that name. */
function ownMatchers(rule: Mapping, path: Path, complaints: Complaints): readonly LabelMatcher[] {
  return ['event', 'repository', 'command']
    .filter((key) => rule[key] !== undefined)
    .flatMap((key) => readMatcher(key, rule[key], [...path, key], complaints));
}

function readName(name: unknown, path: Path, complaints: Complaints): string | undefined {
  if (name === undefined) return undefined;
  if (typeof name === 'string' && /^[\w.-]+$/.test(name)) return name;
  return expects(complaints, path, 'the name of an endpoint of the server');
}

function readExpression(code: unknown, path: Path, complaints: Complaints): WrittenExpression | undefined {
  if (code === undefined) return undefined;
  if (typeof code === 'string' && code.trim() !== '') return { code, span: complaints.find(path, false) };
  return expects(complaints, path, 'an expression such as `event.labels.env == "prod"`');
}

function readSet(set: unknown, path: Path, complaints: Complaints): Trigger['set'] {
  if (set === undefined) return [];
  if (!isMapping(set)) {
    expects(
      complaints,
      path,
      'a mapping of inputs to expressions, such as `{ HOST: event.labels.instance }`',
    );
    return [];
  }
  return Object.entries(set).flatMap(([input, code]) => {
    const value = readExpression(code, [...path, input], complaints);
    return value === undefined ? [] : [{ input, value, span: complaints.find([...path, input], true) }];
  });
}

function readDedup(dedup: unknown, path: Path, complaints: Complaints): Trigger['dedup'] {
  if (dedup === undefined) return undefined;
  if (!isMapping(dedup)) return expects(complaints, path, '`{ key: …, for: … }`');
  unknownKeys(complaints, path, dedup, ['key', 'for'], '`dedup`');
  const key = readExpression(dedup.key, [...path, 'key'], complaints);
  const forMs = typeof dedup.for === 'string' ? parseDuration(dedup.for) : undefined;
  if (dedup.for !== undefined && (forMs === undefined || forMs === 0))
    return expects(complaints, [...path, 'for'], 'a duration such as `30s`, `5m` or `1h30m`');
  return { ...(key && { key }), ...(forMs !== undefined && { forMs }) };
}

function choiceOf<Choice extends string>(
  rule: Mapping,
  key: string,
  choices: readonly Choice[],
  path: Path,
  complaints: Complaints,
): Choice | undefined {
  const given = rule[key];
  if (given === undefined) return undefined;
  const chosen = choices.find((one) => one === given);
  const [last, ...others] = choices.map((one) => `\`${one}\``).reverse();
  return (
    chosen ??
    expects(complaints, [...path, key], `${others.reverse().join(', ')} or ${last}`, {
      given,
      candidates: choices,
    })
  );
}

function readSchedule(rule: Mapping, path: Path, complaints: Complaints): Trigger['schedule'] {
  const { cron } = rule;
  const timezone = readTimeZone(rule.timezone, [...path, 'timezone'], complaints);
  if (cron === undefined)
    return refuses(complaints, path, '`schedule` says nothing of when', 'write `cron: "0 6 * * mon"`');
  if (typeof cron !== 'string' || cron.trim() === '')
    return expects(complaints, [...path, 'cron'], 'times such as `0 6 * * mon`');
  return {
    cron: cron.trim().replace(/\s+/g, ' '),
    timezone,
    span: complaints.find([...path, 'cron'], false),
  };
}
