import type { Prisma } from '../../generated/mysql/client.ts';
import type { SeedCategory } from '../seed-data.ts';
import { catalogueFounded, type Ids, idsBySlug, missingTranslations } from './lookups.ts';

export async function seedCategories(
  tx: Prisma.TransactionClient,
  categories: readonly SeedCategory[],
): Promise<{ ids: Ids; created: number; translations: number }> {
  const find = async () => idsBySlug(await tx.category.findMany({ select: { id: true, slug: true } }));
  const before = await find();
  const missing = categories.filter(({ slug }) => !before.has(slug));
  await tx.category.createMany({
    data: missing.map(({ slug, icon, sortOrder }) => ({
      slug,
      icon,
      sortOrder,
      createdAt: catalogueFounded,
      updatedAt: catalogueFounded,
    })),
  });
  const ids = await find();

  const present = await tx.categoryTranslation.findMany({ select: { categoryId: true, locale: true } });
  const translations = missingTranslations(
    categories,
    ids,
    present.map(({ categoryId, locale }) => ({ ownerId: categoryId, locale })),
  );
  await tx.categoryTranslation.createMany({
    data: translations.map(({ item, ownerId, locale }) => ({
      categoryId: ownerId,
      locale,
      ...item.translations[locale],
      updatedAt: catalogueFounded,
    })),
  });
  return { ids, created: missing.length, translations: translations.length };
}
