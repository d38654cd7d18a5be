import { appendFile, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownIdentity } from '../src/process-identity.ts';
import { createSpool } from '../src/spool.ts';

const DAY_MS = 24 * 3_600_000;
const [PID = '', START = '', REALM = ''] = ownIdentity().split('-');

let folder: string;
const errors: unknown[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tbi-spool-'));
  errors.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

const open = () => createSpool(folder, (error) => errors.push(error));
const inFolder = (name: string) => join(folder, `${name}.invalidations`);
const files = () => readdir(folder);
const leave = (name: string, ...tags: string[]) =>
  writeFile(inFolder(name), tags.map((tag) => `\n["${tag}"]`).join(''));

describe('the spool', () => {
  it('gives what a process has left behind to one of the others, which removes it when it was sent', async () => {
    const [first, second, third] = [open(), open(), open()];
    first.add(['a', 'b']);
    first.add(['c']);
    first.close();
    expect(second.takeOver()).toEqual({ invalidations: [['a', 'b'], ['c']], unreadable: false });
    expect(third.takeOver().invalidations).toEqual([]);
    expect(second.takeOver().invalidations).toEqual([]);
    expect(await files()).toHaveLength(1);
    second.clear();
    expect(await files()).toEqual([]);
  });

  it('gives it to another one if the first ends before it was sent', () => {
    const [first, second, third] = [open(), open(), open()];
    first.add(['a']);
    first.close();
    expect(second.takeOver().invalidations).toEqual([['a']]);
    second.close();
    expect(third.takeOver().invalidations).toEqual([['a']]);
  });

  it('leaves alone what a process wrote that lives', () => {
    const [living, other] = [open(), open()];
    living.add(['a']);
    expect(other.takeOver().invalidations).toEqual([]);
    living.close();
    expect(other.takeOver().invalidations).toEqual([['a']]);
  });

  it.each([
    ['whose number nobody has', '4194304'],
    ['whose number another process has now', String(process.ppid)],
    ['whose number this process has now', PID],
  ])('takes over from a process %s', async (_whose, pid) => {
    await leave(`${pid}-1-${REALM}-aa`, 't');
    expect(open().takeOver().invalidations).toEqual([['t']]);
  });

  it('reads, and leaves where it is, what a process wrote that may live elsewhere', async () => {
    const name = `${PID}-${START}-0123456789ab-aa`;
    const spool = open();
    await leave(name, 'a');
    expect(spool.takeOver().invalidations).toEqual([['a']]);
    spool.clear();
    await appendFile(inFolder(name), '\n["b"]');
    expect(spool.takeOver().invalidations).toEqual([['b']]);
    expect(spool.takeOver().invalidations).toEqual([]);
    expect(open().takeOver().invalidations).toEqual([['a'], ['b']]);
    spool.clear();
    expect(await files()).toEqual([`${name}.invalidations`]);
  });

  it('removes it a day after it was last added to', async () => {
    await leave('of-another', 'a');
    const yesterday = new Date(Date.now() - DAY_MS - 1_000);
    await utimes(inFolder('of-another'), yesterday, yesterday);
    const spool = open();
    expect(spool.takeOver().invalidations).toEqual([['a']]);
    spool.clear();
    expect(await files()).toEqual([]);
  });

  it('says once that something cannot be read, and removes it when everything has counted as invalidated', async () => {
    await mkdir(inFolder(`4194304-1-${REALM}-aa`));
    await mkdir(inFolder('of-another'));
    const spool = open();
    expect(spool.takeOver()).toEqual({ invalidations: [], unreadable: true });
    expect(errors).toMatchObject([{ code: 'EISDIR' }, { code: 'EISDIR' }]);
    expect(spool.takeOver().unreadable).toBe(false);
    spool.clear();
    expect(await files()).toEqual(['of-another.invalidations']);
  });

  it('loses no line for one before it that was cut off', async () => {
    const spool = open();
    spool.add(['a']);
    const [file = ''] = await files();
    await appendFile(join(folder, file), '\n["cut');
    spool.add(['b']);
    spool.close();
    expect(open().takeOver().invalidations).toEqual([['a'], ['b']]);
  });
});
