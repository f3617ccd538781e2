// Owns the description of the interface for programs, as OpenAPI 3.1 has it.

const text = { type: 'string' } as const;
const list = (items: object) => ({ type: 'array', items }) as const;
const object = (properties: Readonly<Record<string, object>>, required: readonly string[]) =>
  ({ type: 'object', properties, required }) as const;
const json = (schema: object) => ({ 'application/json': { schema } }) as const;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` }) as const;

const refusals = (...codes: readonly number[]) =>
  Object.fromEntries(
    codes.map((code) => [
      code,
      { description: 'why not', content: { 'application/problem+json': { schema: ref('Problem') } } },
    ]),
  );

const run = object(
  {
    id: text,
    title: text,
    status: text,
    startedBy: text,
    startedAt: { type: 'string', format: 'date-time' },
    cause: text,
    canGoOn: {
      type: 'boolean',
      description: 'it is paused, and an answer of the type `resume` has it go on when what runs has ended',
    },
    stuck: { type: 'string', description: 'why it could not go on when it was taken up last' },
    questions: { ...list(ref('Question')), description: 'what one run waits with; lists of runs have none' },
  },
  ['id', 'title', 'status', 'startedBy', 'startedAt'],
);

const shown = {
  ...text,
  description: 'Markdown of all that is approved, or asked about: code, values, risk, what would undo it',
} as const;

const question = {
  oneOf: [
    object(
      {
        ...{ type: { const: 'approval' }, address: text, asked: text, shown },
        digest: { ...text, description: 'of what was looked at: an answer names it' },
        expiresAt: { type: 'string', format: 'date-time' },
        whyNot: { ...text, description: 'why whoever looks cannot answer it' },
      },
      ['type', 'address', 'digest', 'asked', 'shown'],
    ),
    object(
      {
        ...{ type: { const: 'question' }, id: text, place: text, asked: text, shown },
        words: { ...list(text), description: 'the answers that there are' },
        boxes: list(object({ text, ticked: { type: 'boolean' } }, ['text', 'ticked'])),
        value: object({ label: text, choices: list(text) }, ['label']),
      },
      ['type', 'id', 'place', 'asked', 'words'],
    ),
  ],
};

const answer = {
  oneOf: [
    object({ type: { enum: ['approve', 'deny'] }, address: text, digest: text, comment: text }, [
      'type',
      'address',
      'digest',
    ]),
    object(
      {
        type: { const: 'answer' },
        question: text,
        word: text,
        note: text,
        value: text,
        items: list({ type: 'integer', minimum: 0 }),
      },
      ['type', 'question', 'word'],
    ),
    object({ type: { enum: ['pause', 'resume', 'stop'] } }, ['type']),
  ],
};

const idParameter = { name: 'id', in: 'path', required: true, schema: text } as const;

/** What `/api/v1/openapi.json` holds. */
export const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'runsheet',
    version: '1',
    description: 'Runs of runbooks: listing them, starting them, answering what they wait with.',
  },
  security: [{ token: [] }],
  paths: {
    '/api/v1/runs': {
      get: {
        summary: 'runs, newest first',
        parameters: [
          { name: 'status', in: 'query', schema: { enum: ['open', 'ended'] } },
          { name: 'runbook', in: 'query', schema: text },
          { name: 'before', in: 'query', description: 'the id of a run: only older ones', schema: text },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 500 } },
        ],
        responses: {
          200: { description: 'runs', content: json(object({ runs: list(ref('Run')) }, ['runs'])) },
          ...refusals(400, 401, 429),
        },
      },
      post: {
        summary: 'start a run',
        parameters: [
          {
            ...{ name: 'Idempotency-Key', in: 'header', schema: text },
            description:
              'the same key with the same body is the same start, told again: it is answered as before',
          },
        ],
        requestBody: {
          required: true,
          content: json(
            object({ path: text, inputs: { type: 'object', additionalProperties: text } }, ['path']),
          ),
        },
        responses: {
          202: {
            description: 'the id of the run; `joined` where it was there already, and no other was started',
            content: json(object({ run: text, joined: { const: true } }, ['run'])),
          },
          ...refusals(400, 401, 403, 404, 409, 422, 503),
        },
      },
    },
    '/api/v1/runs/{id}': {
      get: {
        summary: 'one run, and what it waits with',
        parameters: [idParameter],
        responses: {
          200: { description: 'the run', content: json(ref('Run')) },
          ...refusals(401, 404),
        },
      },
    },
    '/api/v1/runs/{id}/answers': {
      post: {
        summary: 'answer what a run waits with',
        parameters: [idParameter],
        requestBody: { required: true, content: json(answer) },
        responses: {
          200: { description: 'what was taken', content: json(object({ message: text }, ['message'])) },
          ...refusals(400, 401, 403, 404, 409, 503),
        },
      },
    },
    '/api/v1/library': {
      get: {
        summary: 'the runbooks of the server',
        responses: {
          200: {
            description: 'runbooks',
            content: json(object({ runbooks: list({ type: 'object' }) }, ['runbooks'])),
          },
          ...refusals(401),
        },
      },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Run: run,
      Question: question,
      Problem: object({ status: { type: 'integer' }, detail: text }, ['status', 'detail']),
    },
  },
} as const;
