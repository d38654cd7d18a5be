'use client';

import { useLinkStatus } from 'next/link';

/**
 * Inside a link: a line along the top of the window while its page is on its way. It appears after a moment,
 * so that a page that comes from the cache does not make it flash.
 */
export function LinkProgress() {
  const { pending } = useLinkStatus();
  return pending ? <span aria-hidden="true" className="link-progress" /> : null;
}
