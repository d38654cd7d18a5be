import { createHash } from 'node:crypto';
import { type Database, fingerprint } from '@tbi/database';

/**
 * What prerendered pages were made of, in 16 hex digits: the catalogue's data and the address in canonical
 * links. Pages of a build are used at run time only where both are the same.
 */
export async function pageFingerprint(database: Database, siteUrl: string): Promise<string> {
  const data = await fingerprint(database);
  return createHash('sha256').update(`${data} ${siteUrl}`).digest('hex').slice(0, 16);
}
