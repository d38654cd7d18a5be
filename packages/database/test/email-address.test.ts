import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type Database } from '../src/database.ts';
import { findUserByEmail, normaliseEmail } from '../src/email-address.ts';
import { migrate } from '../src/migrate.ts';
import { migrationFolders, readMigrations } from '../src/migrations/migration-files.ts';
import { hashPassword } from '../src/password.ts';
import { seed } from '../src/seed.ts';
import { makeCatalogue } from './support/catalogue.ts';
import { newDatabases, temporaryFolder } from './support/databases.ts';

const email = 'victim@gmail.com';
/** MariaDB's and MySQL's `utf8mb4_unicode_ci` take each for `email`. */
const lookAlikes = ['victim@gmaíl.com', 'víctim@gmail.com', 'ｖictim@gmail.com', 'victim\u200d@gmail.com'];

const find = ({ client }: Pick<Database, 'client'>, address: string) =>
  findUserByEmail(address, (where) => client.user.findUnique({ where }));

const emailAsItWas =
  'ALTER TABLE `User` MODIFY `email` VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL';

describe.each([
  { on: 'MariaDB', provider: 'mysql', before: false },
  { on: 'MariaDB with the collation that it had', provider: 'mysql', before: true },
  { on: 'SQLite', provider: 'sqlite', before: false },
] as const)('an address on $on', ({ provider, before }) => {
  let url: string;
  let database: Database;
  beforeAll(async () => {
    url = (await newDatabases())[provider];
    await migrate(url);
    database = createDatabase(url);
    if (before) await database.client.$executeRawUnsafe(emailAsItWas);
    await database.client.user.create({ data: { email } });
  });
  afterAll(() => database.close());

  test('finds its user, in either case and with spaces around it', async () => {
    for (const same of [email, ' Victim@GMAIL.com ']) {
      expect((await find(database, same))?.email).toBe(email);
    }
  });

  test.each(lookAlikes)('is not the look-alike %s', async (lookAlike) => {
    expect(await find(database, lookAlike)).toBeNull();
  });

  test('that looks like an administrator’s is not taken for it by the seed', async () => {
    const lookAlike = { email: 'víctim@gmail.com', password: 'a password of their own' };
    const passwordHash = await hashPassword('known');
    await database.client.user.update({ where: { email }, data: { passwordHash } });
    const seeding = seed(url, makeCatalogue(1), { administrator: lookAlike });
    if (before) await expect(seeding).rejects.toMatchObject({ code: 'P2002' });
    else expect((await seeding).administrator).toBe('created');
    expect(await find(database, email)).toMatchObject({ role: 'user', passwordHash });
  });
});

test('on MariaDB look-alikes are two users, and two receivers of links', async () => {
  const { mysql: url } = await newDatabases();
  await migrate(url);
  const { client, close } = createDatabase(url);
  try {
    for (const address of [email, lookAlikes[0] ?? '']) {
      await client.user.create({ data: { email: address } });
      await client.verificationToken.create({
        data: { identifier: address, token: 'the same', expires: new Date() },
      });
    }
    const found = await client.verificationToken.findMany({ where: { identifier: email } });
    expect(found.map(({ identifier }) => identifier)).toEqual([email]);
  } finally {
    await close();
  }
});

test('on MariaDB an account that was written by hand in capitals is found after the migration too', async () => {
  const [{ mysql: url }, folder] = [await newDatabases(), await temporaryFolder()];
  for (const { name } of await readMigrations(migrationFolders.mysql)) {
    if (name.endsWith('_exact_addresses')) break;
    await cp(join(migrationFolders.mysql, name), join(folder, name), { recursive: true });
  }
  await migrate(url, { folder });
  const { client, close } = createDatabase(url);
  try {
    const { id } = await client.user.create({ data: { email: 'Owner@Example.com' } });
    expect((await migrate(url)).applied).toContainEqual(expect.stringMatching(/_exact_addresses$/));
    expect(await find({ client }, 'owner@example.com')).toMatchObject({ id });
  } finally {
    await close();
  }
});

test('only ASCII letters have two cases: the Kelvin sign does not become a k', () => {
  expect(normaliseEmail(' Kate@Example.COM')).toBe('kate@example.com');
  expect(normaliseEmail('\u212aate@example.com')).toBe('\u212aate@example.com');
});
