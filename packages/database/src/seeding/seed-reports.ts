import type { Prisma } from '../../generated/mysql/client.ts';
import { reportSearchText } from '../search.ts';
import type { Locale, SeedReport } from '../seed-data.ts';
import { chunks, type Ids, idOf, idsBySlug, missingTranslations } from './lookups.ts';

/** A report's regions are created with the report only: an editor may have taken one away since. */
export async function seedReports(
  tx: Prisma.TransactionClient,
  reports: readonly SeedReport[],
  categoryIds: Ids,
  regionIds: Ids,
): Promise<{ created: number; translations: number }> {
  const slugs = reports.map(({ slug }) => slug);
  const find = async () =>
    idsBySlug(await tx.report.findMany({ where: { slug: { in: slugs } }, select: { id: true, slug: true } }));
  const before = await find();
  const missing = reports.filter(({ slug }) => !before.has(slug));
  for (const chunk of chunks(missing)) {
    await tx.report.createMany({ data: chunk.map((report) => reportRow(report, categoryIds)) });
  }
  const ids = await find();

  const regions = missing.flatMap((report) =>
    report.regions.map((region) => ({ reportId: idOf(ids, report.slug), regionId: idOf(regionIds, region) })),
  );
  for (const chunk of chunks(regions)) await tx.reportRegion.createMany({ data: chunk });

  const present = await tx.reportTranslation.findMany({
    where: { report: { slug: { in: slugs } } },
    select: { reportId: true, locale: true },
  });
  const translations = missingTranslations(
    reports,
    ids,
    present.map(({ reportId, locale }) => ({ ownerId: reportId, locale })),
  );
  for (const chunk of chunks(translations)) {
    await tx.reportTranslation.createMany({
      data: chunk.map(({ item, ownerId, locale }) => translationRow(item, ownerId, locale)),
    });
  }
  return { created: missing.length, translations: translations.length };
}

function reportRow(report: SeedReport, categoryIds: Ids): Prisma.ReportCreateManyInput {
  const { category, regions: _regions, translations: _translations, keyPlayers, ...columns } = report;
  const publishedAt = publicationTime(report);
  return {
    ...columns,
    categoryId: idOf(categoryIds, category),
    keyPlayers: [...keyPlayers],
    publishedAt,
    createdAt: publishedAt,
    updatedAt: publishedAt,
  };
}

function translationRow(
  report: SeedReport,
  reportId: number,
  locale: Locale,
): Prisma.ReportTranslationCreateManyInput {
  const { code, keyPlayers } = report;
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
    searchText: reportSearchText({ code, title, summary, keyPlayers }),
    updatedAt: publicationTime(report),
  };
}

/** Also the time of the seeded rows, so that they are the same in every database. */
function publicationTime({ publishedAt }: SeedReport): Date {
  return new Date(`${publishedAt}T00:00:00Z`);
}
