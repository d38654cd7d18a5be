import { hash } from 'node:crypto';
import type { Process, Server, World } from './world.ts';

/** A short text that is equal for equal worlds only. */
export function fingerprint(world: World): string {
  const { servers, processes, disk, lateSets, orphans, budget, snapshot, ...rest } = world;
  const parts = [
    ...Object.values(rest),
    ...Object.values(budget),
    ...orphans,
    number(snapshot),
    list(disk),
    list(lateSets),
    ...servers.map(printServer),
    ...processes.map(printProcess),
  ];
  return hash('sha1', parts.join('|'), 'base64');
}

function printServer(server: Server): string {
  const { tags, marks, log, headKey, entry, past, ...rest } = server;
  const numbered = [dictionary(tags), list(marks), list(log), list(past), number(headKey), number(entry)];
  return [...Object.values(rest), ...numbered].join();
}

function printProcess(process: Process): string {
  const { data, log, view, l1, reload, computation, write, outbox, recent, inherited, ...rest } = process;
  const { tags, marks, ...seen } = view;
  const whole = [l1, reload, computation, write].map(number);
  const lists = [marks, outbox, recent].map(list);
  const plain = [rest, data, log, seen].flatMap((each) => Object.values(each));
  return [...plain, dictionary(tags), ...whole, ...lists, ...inherited].join();
}

const list = (values: readonly object[]) => values.map(number).join(' ');

const dictionary = (values: Record<string, object>) =>
  Object.keys(values)
    .sort()
    .map((name) => name + number(values[name] ?? null))
    .join(' ');

const numbers = new Map<string, number>();
const known = new WeakMap<object, number>();

/** Parts that steps replace but never change are numbered: equal parts have equal numbers. */
function number(value: object | null): number {
  if (value === null) return -1;
  const found = known.get(value);
  if (found !== undefined) return found;
  const text = spell(value);
  const given = numbers.get(text) ?? numbers.size;
  numbers.set(text, given);
  known.set(value, given);
  return given;
}

function spell(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Uint8Array) return value.join();
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}:${spell(field)}`).join()}}`;
}
