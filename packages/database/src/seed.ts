import type { Prisma } from '../generated/mysql/client.ts';
import { type Administrator, seedAdministrator } from './administrator.ts';
import { createDatabase } from './database.ts';
import { databaseError } from './errors.ts';
import { reportSearchText } from './search.ts';
import { locales, type SeedData, type SeedReport } from './seed-data.ts';

export interface SeedOptions {
  /** Who may administer the site. Default: nobody is created. */
  readonly administrator?: Administrator | undefined;
}

export interface Seeded {
  /** How many rows this call created. All 0: everything was there. */
  readonly created: {
    readonly categories: number;
    readonly regions: number;
    readonly reports: number;
    readonly translations: number;
    readonly administrators: number;
  };
}

/** Content that came with the product has the same times in every database, which `fingerprint` relies on. */
const catalogueFounded = new Date('2024-01-01T00:00:00Z');
const rowsPerInsert = 100;
const seedTimeoutMs = 120_000;

/**
 * Creates what is missing of the content, in one transaction: rows that exist keep their ids, times and every
 * edit, so that seeding twice changes nothing. Rows are found by slug (translations by locale, users by e-mail
 * address). An empty database gets the same ids everywhere.
 *
 * @param url see `parseDatabaseUrl`; the database must have been migrated.
 * @throws `ERR_DATABASE_URL`, `ERR_DATABASE_MISSING`, `ERR_SEED` when the content refers to a category or region
 *   that it does not have; Prisma's errors.
 */
export async function seed(
  url: string | undefined,
  data: SeedData,
  options: SeedOptions = {},
): Promise<Seeded> {
  const database = createDatabase(url);
  try {
    return await database.client.$transaction(
      async (tx) => {
        const categories = await seedCategories(tx, data);
        const regions = await seedRegions(tx, data);
        const reports = await seedReports(tx, data, categories.ids, regions.ids);
        return {
          created: {
            categories: categories.created,
            regions: regions.created,
            reports: reports.created,
            translations: categories.translations + regions.translations + reports.translations,
            administrators: options.administrator ? await seedAdministrator(tx, options.administrator) : 0,
          },
        };
      },
      { maxWait: 10_000, timeout: seedTimeoutMs },
    );
  } finally {
    await database.close();
  }
}

type Transaction = Prisma.TransactionClient;
type Ids = ReadonlyMap<string, number>;

async function seedCategories(tx: Transaction, { categories }: SeedData) {
  const find = async () => idsBySlug(await tx.category.findMany({ select: { id: true, slug: true } }));
  const before = await find();
  const missing = categories.filter(({ slug }) => !before.has(slug));
  await tx.category.createMany({
    data: missing.map(({ slug, icon, sortOrder }) => ({ slug, icon, sortOrder, ...times(catalogueFounded) })),
  });
  const ids = missing.length > 0 ? await find() : before;

  const translated = keysOf(
    await tx.categoryTranslation.findMany({ select: { categoryId: true, locale: true } }),
    ({ categoryId, locale }) => translationKey(categoryId, locale),
  );
  const translations = categories.flatMap((category) =>
    locales.map((locale) => ({
      categoryId: idOf(ids, category.slug),
      locale,
      name: category.translations[locale].name,
      description: category.translations[locale].description,
      updatedAt: catalogueFounded,
    })),
  );
  const missingTranslations = translations.filter(
    ({ categoryId, locale }) => !translated.has(translationKey(categoryId, locale)),
  );
  await tx.categoryTranslation.createMany({ data: missingTranslations });
  return { ids, created: missing.length, translations: missingTranslations.length };
}

async function seedRegions(tx: Transaction, { regions }: SeedData) {
  const find = async () => idsBySlug(await tx.region.findMany({ select: { id: true, slug: true } }));
  const before = await find();
  const missing = regions.filter(({ slug }) => !before.has(slug));
  await tx.region.createMany({
    data: missing.map(({ slug, sortOrder }) => ({ slug, sortOrder, ...times(catalogueFounded) })),
  });
  const ids = missing.length > 0 ? await find() : before;

  const translated = keysOf(
    await tx.regionTranslation.findMany({ select: { regionId: true, locale: true } }),
    ({ regionId, locale }) => translationKey(regionId, locale),
  );
  const translations = regions.flatMap((region) =>
    locales.map((locale) => ({
      regionId: idOf(ids, region.slug),
      locale,
      name: region.translations[locale].name,
      updatedAt: catalogueFounded,
    })),
  );
  const missingTranslations = translations.filter(
    ({ regionId, locale }) => !translated.has(translationKey(regionId, locale)),
  );
  await tx.regionTranslation.createMany({ data: missingTranslations });
  return { ids, created: missing.length, translations: missingTranslations.length };
}

async function seedReports(tx: Transaction, { reports }: SeedData, categoryIds: Ids, regionIds: Ids) {
  const slugs = reports.map(({ slug }) => slug);
  const find = async () =>
    idsBySlug(await tx.report.findMany({ where: { slug: { in: slugs } }, select: { id: true, slug: true } }));
  const before = await find();
  const missing = reports.filter(({ slug }) => !before.has(slug));
  for (const chunk of chunks(missing)) {
    await tx.report.createMany({ data: chunk.map((report) => reportRow(report, categoryIds)) });
  }
  const ids = missing.length > 0 ? await find() : before;

  const links = missing.flatMap((report) =>
    report.regions.map((region) => ({ reportId: idOf(ids, report.slug), regionId: idOf(regionIds, region) })),
  );
  for (const chunk of chunks(links)) await tx.reportRegion.createMany({ data: chunk });

  const translated = keysOf(
    await tx.reportTranslation.findMany({
      where: { reportId: { in: [...ids.values()] } },
      select: { reportId: true, locale: true },
    }),
    ({ reportId, locale }) => translationKey(reportId, locale),
  );
  const missingTranslations = reports.flatMap((report) => {
    const reportId = idOf(ids, report.slug);
    return locales
      .filter((locale) => !translated.has(translationKey(reportId, locale)))
      .map((locale) => {
        const { title, summary, tableOfContents } = report.translations[locale];
        return {
          reportId,
          locale,
          title,
          summary,
          tableOfContents: tableOfContents.map((chapter) => ({
            title: chapter.title,
            sections: [...chapter.sections],
          })),
          searchText: reportSearchText({ code: report.code, title, summary, keyPlayers: report.keyPlayers }),
          updatedAt: publicationTime(report),
        };
      });
  });
  for (const chunk of chunks(missingTranslations)) await tx.reportTranslation.createMany({ data: chunk });
  return { created: missing.length, translations: missingTranslations.length };
}

function reportRow(report: SeedReport, categoryIds: Ids): Prisma.ReportCreateManyInput {
  const { category, regions: _regions, translations: _translations, keyPlayers, ...row } = report;
  return {
    ...row,
    categoryId: idOf(categoryIds, category),
    keyPlayers: [...keyPlayers],
    ...times(publicationTime(report)),
    publishedAt: publicationTime(report),
  };
}

function publicationTime({ publishedAt }: SeedReport): Date {
  return new Date(`${publishedAt}T00:00:00Z`);
}

function times(at: Date) {
  return { createdAt: at, updatedAt: at };
}

function idsBySlug(rows: readonly { id: number; slug: string }[]): Ids {
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

function idOf(ids: Ids, slug: string): number {
  const id = ids.get(slug);
  if (id === undefined)
    throw databaseError('ERR_SEED', `The content refers to "${slug}", which it does not have.`);
  return id;
}

function translationKey(id: number, locale: string): string {
  return `${id} ${locale}`;
}

function keysOf<T>(rows: readonly T[], key: (row: T) => string): ReadonlySet<string> {
  return new Set(rows.map(key));
}

/** Keeps statements below the databases' limits of parameters and packet size. */
function chunks<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / rowsPerInsert);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * rowsPerInsert, (index + 1) * rowsPerInsert),
  );
}
