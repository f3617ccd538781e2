// Tests what is on the screen before the inputs of a run can be drawn.
import { PassThrough } from 'node:stream';
import { renderToString } from 'ink';
import { expect, test } from 'vitest';
import type { OfferedInput } from '../../../src/run/inputs/offered-input.ts';
import { askForm } from '../../../src/surfaces/tui/ask-form.ts';
import type { TuiSurfaceOptions } from '../../../src/surfaces/tui/create-tui-surface.ts';
import { inputForm } from '../../../src/surfaces/tui/keys/input-form.ts';
import { formScreen } from '../../../src/surfaces/tui/screen/form-screen.tsx';
import { makePalette } from '../../../src/view/layout/palette.ts';
import { parse } from '../../runbook/runbook-of.ts';
import { CollectingStream } from '../collecting-stream.ts';

test('the terminal is taken with the title and what is asked, so that no empty screen is seen', async () => {
  const { runbook } = parse('---\ninputs: { ZONE: { default: eu-1 } }\n---\n# Page\n\n```sh\na\n```\n');
  const inputs: readonly OfferedInput[] = (runbook.frontMatter.inputs ?? []).map((declaration) => ({
    declaration,
    origin: 'default',
  }));
  expect(inputs.map(({ declaration }) => declaration.name)).toEqual(['ZONE']);
  const output = Object.assign(new CollectingStream(), { isTTY: true, columns: 80, rows: 24, fd: 1 });
  const input = new PassThrough();
  const options: unknown = { input, output, env: { LANG: 'C.UTF-8' } };
  const given = askForm('Page', inputs, options as TuiSurfaceOptions);
  expect(output.text).toMatch(
    /^\u001b\[\?1049h.*Page.*Change what you need; Enter takes the rest as it is\..*\u001b\[\?2026l$/s,
  );
  input.write('\r');
  expect(await given).toEqual({});
});

test('a description that is wider than the screen can be read where it is answered', () => {
  const words =
    'the zone that all of it is moved to, which has to have twice the room of the one it is in now';
  const { runbook } = parse(
    `---\ninputs: { ZONE: { description: '${words}' } }\n---\n# P\n\n\`\`\`sh\na\n\`\`\`\n`,
  );
  const form = inputForm(
    (runbook.frontMatter.inputs ?? []).map((declaration) => ({ declaration, origin: 'open' as const })),
  );
  const drawn = renderToString(
    formScreen({ form, title: 'P', size: { columns: 40, rows: 12 }, palette: makePalette(0) }),
    { columns: 40 },
  );
  expect(drawn.replace(/\s+/g, ' ')).toContain(words);
});
