import { type Administrator, type SeededAdministrator, seedAdministrator } from './administrator.ts';
import { createDatabase } from './database.ts';
import type { SeedData } from './seed-data.ts';
import { seedCategories } from './seeding/seed-categories.ts';
import { seedRegions } from './seeding/seed-regions.ts';
import { seedReports } from './seeding/seed-reports.ts';

export interface SeedOptions {
  /** Who may administer the site; `administratorFrom` decides. Default: nobody is created. */
  readonly administrator?: Administrator | undefined;
}

export interface Seeded {
  /** How many rows this call created. */
  readonly created: {
    readonly categories: number;
    readonly regions: number;
    readonly reports: number;
    readonly translations: number;
    readonly administrators: number;
  };
  /** What became of the administrator. Null: none was asked for. */
  readonly administrator: SeededAdministrator | null;
}

const seedTimeoutMs = 120_000;

/**
 * Creates what is missing of the content, in one transaction: rows that exist keep their ids, times and every
 * edit, so that seeding twice changes nothing. (Only an administrator's development password gives way to another
 * one.) Rows are found by slug (translations by locale, users by e-mail address). An empty database gets the same
 * ids everywhere.
 *
 * @param url see `parseDatabaseUrl`; the database must have been migrated.
 * @throws `ERR_DATABASE_URL`, `ERR_DATABASE_MISSING`, `ERR_DATABASE_UNAVAILABLE`, `ERR_SEED` when the content
 *   refers to a category or region that it does not have; Prisma's errors.
 */
export async function seed(
  url: string | undefined,
  data: SeedData,
  options: SeedOptions = {},
): Promise<Seeded> {
  const { administrator } = options;
  const database = createDatabase(url);
  try {
    return await database.client.$transaction(
      async (tx) => {
        const categories = await seedCategories(tx, data.categories);
        const regions = await seedRegions(tx, data.regions);
        const reports = await seedReports(tx, data.reports, categories.ids, regions.ids);
        const seeded = administrator ? await seedAdministrator(tx, administrator) : null;
        return {
          created: {
            categories: categories.created,
            regions: regions.created,
            reports: reports.created,
            translations: categories.translations + regions.translations + reports.translations,
            administrators: seeded === 'created' ? 1 : 0,
          },
          administrator: seeded,
        };
      },
      { maxWait: 10_000, timeout: seedTimeoutMs },
    );
  } finally {
    await database.close();
  }
}
