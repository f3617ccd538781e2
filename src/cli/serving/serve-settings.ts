// Owns what `serve.yaml` may say of a server.
import { isIP } from 'node:net';
import * as v from 'valibot';
import { defaultQueue } from '../../engine/queue/run-request.ts';
import { isModule } from '../../run/links/module-address.ts';
import {
  configurationIssues,
  unknownConfigurationKeys,
  wrongConfigurationValue,
} from '../../runbook/front-matter/complaints/configuration-issues.ts';
import { lostToTag } from '../../runbook/front-matter/complaints/lost-to-tag.ts';
import { checkAgainst } from '../../runbook/front-matter/front-matter-schema.ts';
import { type FindPlace, readYaml } from '../../runbook/front-matter/read-yaml.ts';
import { parseDuration } from '../../runbook/parse-duration.ts';
import type { MailSender } from '../../surfaces/notify/asking/ask-by-mail.ts';
import type { SlackPlace } from '../../surfaces/notify/asking/ask-by-slack.ts';
import { type ConfiguredEndpoint, readEndpoints } from '../../surfaces/sources/endpoints/read-endpoints.ts';
import { type Role, roles } from '../../surfaces/web/person.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import {
  askingIssues,
  askingSettings,
  toMailSender,
  toSlackPlace,
  unknownAskingKeys,
} from './asking/asking-settings.ts';
import { type ConfiguredProvider, oidcSettings, toProvider, unknownOidcKeys } from './oidc-settings.ts';
import type { GitLibrarySettings } from './shelf/git-library.ts';
import { parseLibraryAddress } from './shelf/library-address.ts';
import { usualEveryMs } from './shelf/open-library.ts';

/** Somebody whom the server knows, by the name that gates use. */
export interface KnownPerson {
  readonly roles: readonly Role[];
  /** As a provider or a proxy names them. */
  readonly login?: string;
  readonly slack?: string;
  readonly mail?: string;
}

/** A server as it is configured. */
export interface ServeSettings {
  readonly publicUrl?: string;
  /** A folder, or a repository. */
  readonly library?: string | GitLibrarySettings;
  /** Runs at once. */
  readonly workers: number;
  /** The names of `run-on:` whose runs its workers take. */
  readonly queues: readonly string[];
  readonly endpoints: readonly ConfiguredEndpoint[];
  readonly people: Readonly<Record<string, KnownPerson>>;
  readonly proxy?: { readonly header: string; readonly from: readonly string[] };
  /** With whose accounts people sign in. */
  readonly oidc?: ConfiguredProvider;
  /** Who gives mail for people on; without it they get none. */
  readonly mail?: MailSender;
  /** Where requests are posted in Slack. */
  readonly slack?: SlackPlace;
}

/** Without a file: the runs of this folder's runbooks, for the owner alone. */
export const plainSettings: ServeSettings = {
  workers: 2,
  queues: [defaultQueue],
  endpoints: [],
  people: {},
};

const text = v.pipe(v.string('a text'), v.nonEmpty('a text'));
const queuesText = 'a list of names, such as `[default, databases]`';
const roleText = `a list of ${roles.join(', ')}`;
const url = v.pipe(
  text,
  v.check(
    (value) =>
      URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).pathname === '/',
    'an address such as `https://runbooks.example.org`, without a path',
  ),
);
const count = v.pipe(text, v.regex(/^[1-9]\d{0,2}$/, 'a number from 1 to 999'), v.transform(Number));

const libraryText =
  'a folder, or a repository such as `git+https://git.example.org/runbooks.git`, with a folder of it behind `//`';
const address = v.pipe(
  v.string(libraryText),
  v.check((written) => !isModule(written) || parseLibraryAddress(written).ok, libraryText),
);
const repositoryText = 'a mapping such as `{ git: git+https://git.example.org/runbooks.git, every: 60s }`';
const every = v.pipe(
  v.string('a length of time, such as `60s`'),
  v.transform((written) => parseDuration(written) ?? 0),
  v.check((ms) => ms >= 1_000 && ms <= 86_400_000, 'a length of time from `1s` to `1d`'),
);
const library = v.union(
  [
    v.pipe(address, v.nonEmpty('a text')),
    v.strictObject({
      git: v.pipe(
        v.string(libraryText),
        v.check((written) => parseLibraryAddress(written).ok, libraryText),
      ),
      every: v.exactOptional(every),
    }),
  ],
  `${libraryText}; or ${repositoryText}`,
);

const personText = 'a mapping such as `{ roles: [viewer], login: ann@example.org }`';
const personEntries = {
  roles: v.array(v.picklist(roles, roleText), roleText),
  login: v.exactOptional(text),
  slack: v.exactOptional(askingSettings.slackMember),
  mail: v.exactOptional(askingSettings.mailAddress),
};
const person = v.object(personEntries, ({ expected }) => (expected === '"roles"' ? roleText : personText));

const fromText = 'a list of addresses, such as `[127.0.0.1]`; a network or a name is none';
const proxyText = 'a mapping such as `{ header: X-Forwarded-User, from: [127.0.0.1] }`';
const proxyWanted: Readonly<Record<string, string>> = {
  '"header"': 'the name of a header',
  '"from"': fromText,
};
const proxyEntries = {
  header: text,
  from: v.array(
    v.pipe(
      v.string(fromText),
      v.check((written) => isIP(written) !== 0, fromText),
    ),
    fromText,
  ),
};
const proxy = v.object(proxyEntries, ({ expected }) => proxyWanted[expected ?? ''] ?? proxyText);

const schema = v.looseObject({
  'public-url': v.exactOptional(url),
  library: v.exactOptional(library),
  workers: v.exactOptional(count),
  queues: v.exactOptional(v.pipe(v.array(text, queuesText), v.minLength(1, queuesText))),
  endpoints: v.exactOptional(v.unknown()),
  people: v.exactOptional(v.record(text, person, 'a mapping of names to people')),
  proxy: v.exactOptional(proxy),
  oidc: v.exactOptional(oidcSettings.form),
  mail: v.exactOptional(askingSettings.mail),
  slack: v.exactOptional(askingSettings.slack),
});

const keys = Object.keys(schema.entries);

/** The settings, or what is wrong with the file. */
export function readServeSettings(source: SourceFile): {
  readonly settings: ServeSettings;
  readonly diagnostics: readonly Diagnostic[];
} {
  const read = readYaml(source.text, source.toByteOffset, {
    what: 'configuration of the server',
    code: 'configuration-yaml',
  });
  if (!read.ok) return { settings: plainSettings, diagnostics: [read.diagnostic] };
  const { data, find } = read;
  const unknown = [
    ...unknownConfigurationKeys(data, keys, 'the configuration of a server', find),
    ...unknownAskingKeys(data, find),
    ...unknownOidcKeys(data, find),
    ...unknownPeopleKeys(data, find),
    ...read.tagged.map((value) => lostToTag(value, 'configuration-value')),
  ];
  const checked = checkAgainst(schema, data);
  if (!checked.ok) {
    const wrong = configurationIssues(checked.issues, find, { whole: 'the configuration of a server' });
    return { settings: plainSettings, diagnostics: [...unknown, ...wrong] };
  }
  const { value } = checked;
  const { endpoints, diagnostics } = readEndpoints(value.endpoints, find);
  const {
    library,
    workers = plainSettings.workers,
    queues = plainSettings.queues,
    people = {},
    proxy,
  } = value;
  const publicUrl = value['public-url'];
  return {
    diagnostics: [
      ...unknown,
      ...diagnostics,
      ...askingIssues(people, value.mail !== undefined, find),
      ...loginIssues(people, find),
      ...ownerIssues(people, find),
    ],
    settings: {
      workers,
      queues,
      endpoints,
      people,
      ...(publicUrl !== undefined && { publicUrl: new URL(publicUrl).origin }),
      ...(library !== undefined && { library: toLibrary(library) }),
      ...(proxy && { proxy: { header: proxy.header.toLowerCase(), from: proxy.from } }),
      ...(value.oidc && { oidc: toProvider(value.oidc) }),
      ...(value.mail && { mail: toMailSender(value.mail) }),
      ...(value.slack && { slack: toSlackPlace(value.slack) }),
    },
  };
}

function unknownPeopleKeys(file: unknown, find: FindPlace): readonly Diagnostic[] {
  const written: { readonly people?: unknown; readonly proxy?: unknown } = Object(file);
  const known = Object.keys(personEntries);
  return [
    ...Object.entries(Object(written.people)).flatMap(([name, one]) =>
      unknownConfigurationKeys(one, known, 'a person', find, ['people', name]),
    ),
    ...unknownConfigurationKeys(written.proxy, Object.keys(proxyEntries), 'the proxy', find, ['proxy']),
  ];
}

/** A proxy's word has to mean one person; whose login is not written has the name for one. */
function loginIssues(people: ServeSettings['people'], find: FindPlace): readonly Diagnostic[] {
  const known = new Map<string, string>();
  return Object.entries(people).flatMap(([name, { login = name }]): Diagnostic[] => {
    const other = known.get(login);
    known.set(login, other ?? name);
    if (other === undefined) return [];
    const isWritten = people[name]?.login !== undefined;
    const span = isWritten ? find(['people', name, 'login'], false) : find(['people', name], true);
    const expected = `another login than that of \`${other}\`, \`${login}\`: who signs in is one person`;
    return [wrongConfigurationValue(`people.${name}.login`, expected, span)];
  });
}

/** Whoever holds the owner's token would be that person at gates. */
function ownerIssues(people: ServeSettings['people'], find: FindPlace): readonly Diagnostic[] {
  if (!Object.hasOwn(people, 'owner')) return [];
  const expected = 'another name: `owner` is who has started the server, with the token that it has printed';
  return [wrongConfigurationValue('people.owner', expected, find(['people', 'owner'], true))];
}

/** A folder stays what is written: it is found from the file. */
function toLibrary(written: v.InferOutput<typeof library>): string | GitLibrarySettings {
  const { git, every: everyMs = usualEveryMs } =
    typeof written === 'string' ? { git: written, every: undefined } : written;
  const read = parseLibraryAddress(git);
  return isModule(git) && read.ok ? { address: read.value, everyMs } : git;
}
