import { cacheLife } from 'next/cache';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { NotFoundNotice } from './not-found-notice.tsx';

/**
 * The page of an address that is nobody's: status 404 and the notice. Next leaves a page that throws to the
 * browser; as the placeholder of what throws, the notice is also there for readers without scripts.
 *
 * Visitors make up as many addresses as they like, so that what is stored for one lives for minutes only.
 */
export async function UnknownAddress() {
  await liveShortly();
  return (
    <Suspense fallback={<NotFoundNotice />}>
      <Refuse />
    </Suspense>
  );
}

function Refuse(): never {
  notFound();
}

async function liveShortly(): Promise<void> {
  'use cache';
  cacheLife('search');
}
