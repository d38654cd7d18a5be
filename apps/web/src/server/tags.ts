/**
 * The one vocabulary of cache tags. A read carries the tags of everything that it shows; a write invalidates
 * the tags of everything that it changed.
 */
export const tags = {
  /** Every list, count and search of reports. Changes with any report. */
  reports: 'reports',
  /** One report, in all languages. */
  report: (id: number) => `report:${id}`,
  /** The list of categories and their names. */
  categories: 'categories',
  /** One category, in all languages. */
  category: (id: number) => `category:${id}`,
  /** The list of regions and their names. */
  regions: 'regions',
} as const;

/** What a saved or (un)published report makes obsolete: its own pages, and every list that it may be in. */
export function tagsOfReportChange(reportId: number): string[] {
  return [tags.report(reportId), tags.reports];
}
