import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administratorFrom, describeAdministrator } from '../src/administrator.ts';
import { createDatabase, type Database } from '../src/database.ts';
import { fingerprint } from '../src/fingerprint.ts';
import { migrate } from '../src/migrate.ts';
import { developmentPassword, hashPassword, verifyPassword } from '../src/password.ts';
import { seed } from '../src/seed.ts';
import { makeCatalogue } from './support/catalogue.ts';
import { newDatabases } from './support/databases.ts';

const catalogue = makeCatalogue(252);
const administrator = { email: 'Admin@Example.com', password: 'a password' };
const nothing = { categories: 0, regions: 0, reports: 0, translations: 0, administrators: 0 };

describe.each(['mysql', 'sqlite'] as const)('on %s', (provider) => {
  let url: string;
  let database: Database;

  beforeAll(async () => {
    url = (await newDatabases())[provider];
    await migrate(url);
    database = createDatabase(url);
  });
  afterAll(() => database.close());

  test('a whole catalogue is seeded within 10 s', async () => {
    const begin = performance.now();
    const { created } = await seed(url, catalogue, { administrator });
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect(created).toEqual({
      categories: 3,
      regions: 3,
      reports: 252,
      translations: (3 + 3 + 252) * 7,
      administrators: 1,
    });
  });

  test('seeding twice changes nothing', async () => {
    const before = await readAll(database);
    expect((await seed(url, catalogue, { administrator })).created).toEqual(nothing);
    expect(await readAll(database)).toEqual(before);
  });

  test('an editor’s changes survive seeding', async () => {
    const { id } = await database.client.report.findFirstOrThrow();
    await database.client.report.update({
      where: { id },
      data: {
        priceSingleUser: '1.25',
        regions: { deleteMany: {} },
        translations: { updateMany: { where: { locale: 'de' }, data: { title: 'Geändert' } } },
      },
    });
    const before = await readAll(database);
    await seed(url, catalogue, { administrator: { ...administrator, password: 'another password' } });
    expect(await readAll(database)).toEqual(before);
  });

  test('what is missing comes back, the rest stays', async () => {
    const report = await database.client.report.findFirstOrThrow({ where: { slug: 'theme-7-market' } });
    await database.client.report.delete({ where: { id: report.id } });
    await database.client.reportTranslation.deleteMany({ where: { locale: 'fr' } });
    const { created } = await seed(url, catalogue);
    expect(created).toEqual({ ...nothing, reports: 1, translations: 251 + 7 });
    expect(await database.client.reportTranslation.count()).toBe(252 * 7);
    expect(await database.client.reportRegion.count({ where: { report: { slug: report.slug } } })).toBe(1);
  });

  test('the administrator can sign in and is an administrator', async () => {
    const user = await database.client.user.findUniqueOrThrow({ where: { email: 'admin@example.com' } });
    expect(user.role).toBe('admin');
    expect(await verifyPassword(user.passwordHash, administrator.password)).toBe(true);
  });

  describe('the password that everybody knows', () => {
    const email = 'first@example.com';
    const known = { email, password: developmentPassword };
    const own = { email, password: 'a password of their own' };
    const find = () => database.client.user.findUniqueOrThrow({ where: { email } });

    test('gives way to one that is given later, and what began with it ends', async () => {
      expect((await seed(url, catalogue, { administrator: known })).administrator).toBe('created');
      expect((await seed(url, catalogue, { administrator: known })).administrator).toBe('kept');
      const before = await find();
      expect(await seed(url, catalogue, { administrator: own })).toEqual({
        created: nothing,
        administrator: 'secured',
      });
      const after = await find();
      expect(await verifyPassword(after.passwordHash, own.password)).toBe(true);
      expect(after).toMatchObject({ id: before.id, role: 'admin', authVersion: before.authVersion + 1 });
    });

    test('gives way once: no other password is replaced, nor a missing one', async () => {
      for (const passwordHash of [await hashPassword('chosen by its owner'), null]) {
        await database.client.user.update({ where: { email }, data: { passwordHash } });
        const before = await find();
        for (const administrator of [own, known]) {
          expect((await seed(url, catalogue, { administrator })).administrator).toBe('kept');
        }
        expect(await find()).toEqual(before);
      }
    });
  });

  test('content that refers to nothing is refused as a whole', async () => {
    const before = await database.client.report.count();
    const [report] = makeCatalogue(1).reports;
    const broken = {
      ...catalogue,
      reports: report ? [{ ...report, slug: 'new', code: 'N', regions: ['atlantis'] }] : [],
    };
    await expect(seed(url, broken)).rejects.toMatchObject({ code: 'ERR_SEED' });
    expect(await database.client.report.count()).toBe(before);
  });
});

test('two databases that were seeded alike have one fingerprint, and an edit changes it', async () => {
  const urls = await newDatabases();
  const databases = [createDatabase(urls.mysql), createDatabase(urls.sqlite)];
  for (const url of Object.values(urls)) {
    await migrate(url);
    await seed(url, makeCatalogue(30));
  }
  const [before, ...others] = await Promise.all(databases.map(fingerprint));
  expect(before).toMatch(/^[0-9a-f]{16}$/);
  expect(others).toEqual([before]);

  for (const database of databases) {
    const seen = new Set([before]);
    for (const edit of edits(database)) {
      await edit();
      const after = await fingerprint(database);
      expect(seen).not.toContain(after);
      seen.add(after);
    }
    await database.close();
  }
});

test('production gets an administrator only with a password of its own', () => {
  const email = 'a@example.com';
  expect(administratorFrom({ email, password: undefined, production: true })).toBeUndefined();
  expect(administratorFrom({ email, password: 'secret', production: true })).toEqual({
    email,
    password: 'secret',
  });
  expect(administratorFrom({ email, password: undefined, production: false })).toEqual({
    email,
    password: developmentPassword,
  });
});

test('whoever seeds is told what became of the administrator, and no password of theirs', () => {
  const own = { email: 'a@example.com', password: 'secret' };
  const known = { ...own, password: developmentPassword };
  const lines = [
    describeAdministrator(undefined, null),
    describeAdministrator(known, 'created'),
    describeAdministrator(known, 'kept'),
    describeAdministrator(own, 'created'),
    describeAdministrator(own, 'secured'),
    describeAdministrator(own, 'kept'),
  ].map((said) => said.join('\n'));
  expect(lines).toEqual([
    'No administrator was created: production needs ADMIN_PASSWORD for that.',
    'Administrator: a@example.com, password: development-only, which production refuses',
    '',
    'Administrator: a@example.com, password: ADMIN_PASSWORD',
    'Administrator: a@example.com, password: ADMIN_PASSWORD in place of development-only',
    'Administrator: a@example.com has an account already; its password stays as it is',
  ]);
});

function edits({ client }: Database): (() => Promise<unknown>)[] {
  const where = { slug: 'theme-3-market' };
  return [
    () => client.report.update({ where, data: { priceSingleUser: '1.00' } }),
    // A clock that runs behind: only the version tells.
    () => client.report.update({ where, data: { version: { increment: 1 }, updatedAt: new Date(0) } }),
    () => client.reportTranslation.updateMany({ where: { locale: 'ja' }, data: { title: '新しい' } }),
    () => client.category.update({ where: { slug: 'food' }, data: { sortOrder: 9 } }),
    () => client.reportRegion.deleteMany({ where: { report: where } }),
    () => client.report.delete({ where }),
  ];
}

async function readAll({ client }: Database) {
  const orderBy = { id: 'asc' } as const;
  return {
    categories: await client.category.findMany({ orderBy, include: { translations: { orderBy } } }),
    regions: await client.region.findMany({ orderBy, include: { translations: { orderBy } } }),
    reports: await client.report.findMany({
      orderBy,
      include: { translations: { orderBy }, regions: { orderBy: { regionId: 'asc' } } },
    }),
    users: await client.user.findMany({ orderBy }),
  };
}
