/** Seconds after which a client may ask again. */
const retryAfter = '5';

/** The answer while nobody can tell who is signed in. @param html A page for people. Default: none. */
export function unavailable(html = ''): Response {
  return new Response(html, {
    status: 503,
    headers: {
      'retry-after': retryAfter,
      'cache-control': 'no-store',
      'content-type': html === '' ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8',
    },
  });
}
