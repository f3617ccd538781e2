// Owns the ways to tell an endpoint what its sender did not, made from one good delivery.
import type { Delivery, Endpoint } from '../../../src/surfaces/sources/source.ts';

/** A delivery that its endpoint takes, and how its sender proves it. */
export interface GoodDelivery {
  readonly type: string;
  readonly delivery: Delivery;
  readonly endpoint: Endpoint;
  /** The headers without each of which there is no proof. */
  readonly proof: readonly string[];
  /** The header that may hold several signatures, one of them right. */
  readonly several?: string;
  /** Whether the proof is over the body. */
  readonly signsBody: boolean;
  /** Whether it holds for five minutes only. */
  readonly expires: boolean;
}

/** Each forgery with what it is, and the endpoint that it is told. */
export function forgeriesOf(good: GoodDelivery): readonly (readonly [string, Delivery, Endpoint])[] {
  const { delivery, endpoint } = good;
  const withHeader = (name: string, value: string | undefined): Delivery => {
    const { [name]: _old, ...rest } = delivery.headers;
    return { ...delivery, headers: value === undefined ? rest : { ...rest, [name]: value } };
  };
  const headers = good.proof.flatMap((name) => {
    const value = delivery.headers[name] ?? '';
    return [
      [`no ${name}`, withHeader(name, undefined)],
      [`an empty ${name}`, withHeader(name, '')],
      [`a blank ${name}`, withHeader(name, ' ')],
      ...(name === good.several
        ? []
        : [[`${name} twice, the first wrong`, withHeader(name, `x, ${value}`)] as const]),
      [`${name} cut by one`, withHeader(name, value.slice(0, -1))],
      [`${name} of one letter`, withHeader(name, 'x')],
      [`${name} with a letter that is no byte`, withHeader(name, `${value}\u0141`)],
      [`${name} with its last letter 256 higher`, withHeader(name, raised(value))],
      [`a very long ${name}`, withHeader(name, value.padEnd(100_000, 'a'))],
    ] as const;
  });
  const others: (readonly [string, Delivery])[] = [
    ['a GET', { ...delivery, method: 'GET' }],
    ['no headers at all', { ...delivery, headers: {} }],
    ...(good.signsBody ? ofBody(delivery) : []),
    ...(good.expires
      ? ([
          ['five minutes and a second late', { ...delivery, receivedAt: delivery.receivedAt + 301_000 }],
          ['five minutes and a second early', { ...delivery, receivedAt: delivery.receivedAt - 301_000 }],
        ] as const)
      : []),
  ];
  return [
    ...[...headers, ...others].map(([what, forged]) => [what, forged, endpoint] as const),
    ...otherEndpoints(endpoint).map(([what, other]) => [what, delivery, other] as const),
  ];
}

function ofBody(delivery: Delivery): readonly (readonly [string, Delivery])[] {
  const changed = Buffer.from(delivery.body);
  changed[changed.length - 3] = (changed.at(-3) ?? 0) ^ 1;
  return [
    ['one bit of the body changed', { ...delivery, body: changed }],
    ['a blank behind the body', { ...delivery, body: Buffer.concat([delivery.body, Buffer.from(' ')]) }],
    ['another body', { ...delivery, body: Buffer.from('{}') }],
    ['no body', { ...delivery, body: new Uint8Array() }],
    ['2 MiB', { ...delivery, body: Buffer.alloc(2_097_152, ' ') }],
    ['a depth of 100,000', { ...delivery, body: Buffer.from('['.repeat(100_000)) }],
  ];
}

function otherEndpoints(endpoint: Endpoint): readonly (readonly [string, Endpoint])[] {
  if (endpoint.secrets.length === 0) return [];
  return [
    ['another secret', { ...endpoint, secrets: ['another-secret', 'ünlike'] }],
    ['a secret longer by one', { ...endpoint, secrets: endpoint.secrets.map((one) => `${one}a`) }],
    ['no secret', { ...endpoint, secrets: [] }],
    ['an empty secret', { ...endpoint, secrets: [''] }],
  ];
}

function raised(value: string): string {
  return value.slice(0, -1) + String.fromCharCode(value.charCodeAt(value.length - 1) + 0x100);
}
