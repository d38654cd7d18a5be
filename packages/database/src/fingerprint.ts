import { createHash } from 'node:crypto';
import type { Database } from './database.ts';

const rows = { _count: { _all: true }, _sum: { id: true }, _max: { updatedAt: true } } as const;

/**
 * 16 hex digits that say which catalogue this is: equal on two databases that were seeded alike, different
 * after any edit through the product. It reads counts, ids, versions and times of change, not the content, so
 * that it stays cheap; ids count because pages carry them in their cache tags.
 */
export async function fingerprint({ client }: Database): Promise<string> {
  const parts = await Promise.all([
    client.category.aggregate(rows),
    client.categoryTranslation.aggregate(rows),
    client.region.aggregate(rows),
    client.regionTranslation.aggregate(rows),
    client.report.aggregate({ ...rows, _sum: { id: true, version: true } }),
    client.reportTranslation.aggregate(rows),
    client.reportRegion.count(),
  ]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
