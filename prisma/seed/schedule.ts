const dayMs = 24 * 60 * 60 * 1000;
const firstDay = Date.UTC(2024, 0, 8);
const lastDay = Date.UTC(2026, 9, 28);

/**
 * When each report appeared: every category publishes in turn, so that a list by date mixes the categories and
 * each category spans the whole time.
 */
export interface Slot {
  /** 0 is the oldest report. Neighbours by date, and neighbours within one category, differ modulo 6, 7, 8 and 9. */
  readonly rank: number;
  /** Midnight UTC of a weekday. */
  readonly publishedAt: Date;
}

/**
 * @param category index of the category, of `categories`
 * @param report index of the report in its category, of `reports`
 */
export function publicationSlot(
  category: number,
  report: number,
  { categories, reports }: { readonly categories: number; readonly reports: number },
): Slot {
  // Eight and five have no divisor in common with 21 reports and 12 categories, so every slot is taken once.
  const round = (report * 8 + category * 5) % reports;
  const rank = round * categories + ((category + round * 5) % categories);
  const time =
    firstDay + Math.round(((lastDay - firstDay) * rank) / (categories * reports - 1) / dayMs) * dayMs;
  return { rank, publishedAt: new Date(time + weekendDays(new Date(time).getUTCDay()) * dayMs) };
}

function weekendDays(weekday: number): number {
  if (weekday === 6) return 2;
  return weekday === 0 ? 1 : 0;
}
