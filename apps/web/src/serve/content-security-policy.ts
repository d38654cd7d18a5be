import { createHash } from 'node:crypto';
import { themeScript } from '../components/layout/theme.ts';

/** The one script that is the same on every page, and rendered where no nonce is known. */
const themeHash = `'sha256-${createHash('sha256').update(themeScript).digest('base64')}'`;

/**
 * The policy of one page. Inline scripts run that carry this response's nonce, and files of this site. (Next gives the
 * script that starts a prerendered page no nonce, so `strict-dynamic`, which ignores where a file comes from, is out.)
 * Styles come from files; attributes are allowed, because charts and covers are drawn with them.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' ${themeHash}`,
    "script-src-attr 'none'",
    "style-src-elem 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
