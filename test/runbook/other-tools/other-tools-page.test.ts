import { expect, test } from 'vitest';
import { renderOtherTools } from './render-other-tools.ts';

test('docs/other-tools.md says what the tables say; `vitest -u` writes it', async () => {
  await expect(renderOtherTools()).toMatchFileSnapshot('../../../docs/other-tools.md');
});
