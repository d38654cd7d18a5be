import type { Prisma } from '../../generated/mysql/client.ts';
import type { SeedRegion } from '../seed-data.ts';
import { catalogueFounded, type Ids, idsBySlug, missingTranslations } from './lookups.ts';

export async function seedRegions(
  tx: Prisma.TransactionClient,
  regions: readonly SeedRegion[],
): Promise<{ ids: Ids; created: number; translations: number }> {
  const find = async () => idsBySlug(await tx.region.findMany({ select: { id: true, slug: true } }));
  const before = await find();
  const missing = regions.filter(({ slug }) => !before.has(slug));
  await tx.region.createMany({
    data: missing.map(({ slug, sortOrder }) => ({
      slug,
      sortOrder,
      createdAt: catalogueFounded,
      updatedAt: catalogueFounded,
    })),
  });
  const ids = await find();

  const present = await tx.regionTranslation.findMany({ select: { regionId: true, locale: true } });
  const translations = missingTranslations(
    regions,
    ids,
    present.map(({ regionId, locale }) => ({ ownerId: regionId, locale })),
  );
  await tx.regionTranslation.createMany({
    data: translations.map(({ item, ownerId, locale }) => ({
      regionId: ownerId,
      locale,
      ...item.translations[locale],
      updatedAt: catalogueFounded,
    })),
  });
  return { ids, created: missing.length, translations: translations.length };
}
