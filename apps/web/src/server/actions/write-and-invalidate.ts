import { updateTag } from 'next/cache';
import { logError } from '../log.ts';
import type { WriteOutcome } from '../report-writes.ts';
import { tagsOfReportChange } from '../tags.ts';

/** Writes to a report and makes everything obsolete that shows it, in this process and all others. */
export async function writeAndInvalidate(
  reportId: number,
  write: () => Promise<WriteOutcome>,
): Promise<WriteOutcome | 'unavailable'> {
  let outcome: WriteOutcome | 'unavailable';
  try {
    outcome = await write();
  } catch (error) {
    logError('A report could not be saved', error);
    outcome = 'unavailable';
  }
  // A write that failed may have been committed all the same, only its answer lost.
  if (outcome === 'saved' || outcome === 'unavailable') tagsOfReportChange(reportId).forEach(updateTag);
  return outcome;
}
