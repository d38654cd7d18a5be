import { type NextRequest, NextResponse } from 'next/server';
import { isLocale, localeCookie } from './i18n/locales.ts';
import { localizedPath, negotiateLocale } from './server/locale-negotiation.ts';

/** Everything but the API, Next's own files, and files: those have a dot in their name, pages do not. */
export const config = { matcher: '/((?!api(?:/|$)|_next(?:/|$)|.*\\.).*)' };

/**
 * Sends paths without a language to the visitor's. Pages themselves pass untouched and are the same for
 * everybody, so that they can be cached. Nothing is authorised here.
 */
export function proxy(request: NextRequest): NextResponse {
  const url = request.nextUrl.clone();
  if (isLocale(url.pathname.split('/')[1])) return NextResponse.next();
  const locale = negotiateLocale(
    request.headers.get('accept-language'),
    request.cookies.get(localeCookie)?.value,
  );
  url.pathname = localizedPath(url.pathname, locale);
  return NextResponse.redirect(url, {
    status: 307,
    headers: { 'cache-control': 'private, no-store', vary: 'accept-language, cookie' },
  });
}
