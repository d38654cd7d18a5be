import { expect, it } from 'vitest';
import { createQuietLog } from '../src/quiet-log.ts';
import { collectLog } from './collect-log.ts';

function quietLogAt() {
  const clock = { ms: 0 };
  const { log, lines } = collectLog();
  return { clock, lines, quiet: createQuietLog(log, 'redis test', () => clock.ms) };
}

it('writes one line per cause in 30 seconds, and then how many it left out', () => {
  const { clock, lines, quiet } = quietLogAt();
  for (let i = 0; i < 5; i++) quiet.warn('down', 'It is down.');
  quiet.warn('slow', 'It is slow.');
  clock.ms = 30_000;
  quiet.warn('down', 'It is down.');
  expect(lines).toEqual([
    'warn redis test: It is down.',
    'warn redis test: It is slow.',
    'warn redis test: It is down. (4 more like this since then)',
  ]);
});

it('writes that all is well at first, and only after trouble was written', () => {
  const { lines, quiet } = quietLogAt();
  quiet.recovered('connected.');
  quiet.recovered('connected.');
  quiet.warn('down', 'It is down.');
  quiet.recovered('connected.');
  quiet.warn('down', 'It is down.');
  quiet.recovered('connected.');
  expect(lines).toEqual([
    'info redis test: connected.',
    'warn redis test: It is down.',
    'info redis test: connected.',
  ]);
});
