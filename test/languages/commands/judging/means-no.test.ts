import { describe, expect, it } from 'vitest';
import { meansNo } from '../../../../src/languages/commands/judging/means-no.ts';

describe('a condition says no', () => {
  it.each([
    ['test -e a', 1],
    ['a && b || c', 1],
    ['systemctl is-active --quiet nginx', 3],
    ['sudo systemctl --quiet is-enabled "app@$N"', 3],
    ['/usr/bin/systemctl status app >/dev/null 2>&1', 3],
    ['service nginx status', 3],
    ['getent passwd app >/dev/null', 2],
    ['mountpoint -q /srv', 32],
  ])('%s, with exit %i', (condition, exitCode) => expect(meansNo(condition, exitCode)).toBe(true));
});

describe('a condition has not answered', () => {
  it.each([
    ['test -e a', 2],
    ['systemctl is-active --quiet nginx', 4],
    ['systemctl is-active --quiet nginx', null],
    ['systemctl start nginx', 3],
    ['check-it; systemctl is-active nginx', 3],
    ['systemctl is-active nginx | check-it', 3],
    ['if systemctl is-active nginx; then check-it; fi', 3],
    ['echo systemctl is-active', 3],
    ['(exit 3); systemctl is-active nginx', 3],
    ['systemctl is-active "$(exit 3)"', 3],
    ['getent passwd app', 3],
  ])('%s, with exit %s', (condition, exitCode) => expect(meansNo(condition, exitCode)).toBe(false));
});
