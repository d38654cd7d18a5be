import { expect, it } from 'vitest';
import { ownOrigin } from '../../src/serve/own-origin.ts';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['localhost', 'http://localhost:3000'],
  ['10.0.0.7', 'http://10.0.0.7:3000'],
  ['::1', 'http://[::1]:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://[::1]:3000'],
  ['0:0::0', 'http://[::1]:3000'],
  ['fe80::1%eth0', 'http://[fe80::1]:3000'],
])('a server that listens on %s is reached at %s', (bindAddress, origin) => {
  expect(ownOrigin(bindAddress, 3000)).toBe(origin);
});
