import { updateTag } from 'next/cache';
import { logError } from '../log.ts';
import type { WriteOutcome } from '../report-writes.ts';

/** Carried by nothing: what the database's own tags cannot reach is the memory of the browser that sent the form. */
const browserTag = 'browser';

/**
 * Writes to a report. Every process hears from the database's side what has changed; here the sender's browser is told
 * to forget the pages that it has kept.
 */
export async function writeAndRefresh(
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
  if (outcome === 'saved' || outcome === 'unavailable') updateTag(browserTag);
  return outcome;
}
