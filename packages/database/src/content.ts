import type { Chapter } from './seed-data.ts';

/** `Report.keyPlayers` as what it holds. Anything else in the column reads as no key players. */
export function readKeyPlayers(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

/** `ReportTranslation.tableOfContents` as what it holds. What is not a chapter is left out. */
export function readTableOfContents(value: unknown): Chapter[] {
  return Array.isArray(value) ? value.filter(isChapter) : [];
}

function isChapter(value: unknown): value is Chapter {
  if (typeof value !== 'object' || value === null) return false;
  const { title, sections } = value as Partial<Record<keyof Chapter, unknown>>;
  return (
    typeof title === 'string' &&
    Array.isArray(sections) &&
    sections.every((section) => typeof section === 'string')
  );
}
