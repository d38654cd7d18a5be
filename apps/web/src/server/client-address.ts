import { headers } from 'next/headers';

/**
 * The visitor's network address, as far as it is known. The last entry of the list is what the nearest proxy
 * saw (Next itself, when there is none before it); earlier ones are whatever the visitor claims.
 */
export async function clientAddress(): Promise<string> {
  return addressOf((await headers()).get('x-forwarded-for'));
}

export function addressOf(forwardedFor: string | null | undefined): string {
  return forwardedFor?.split(',').at(-1)?.trim() || 'unknown';
}
