import type { Locale } from '../i18n/locales.ts';
import { translate } from '../i18n/translate.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter);

const rootStyle = 'color-scheme:light dark';
const bodyStyle = 'font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;margin:20vh auto;padding:0 1.25rem';

/**
 * What a protected page shows while the sessions are away. Made by the proxy, which renders no components, and styled by
 * attributes: the site's policy takes no style elements (src/serve/content-security-policy.ts).
 */
export function outagePage(locale: Locale): string {
  const t = translate(locale);
  const heading = escapeHtml(t('outage.heading'));
  return `<!doctype html>
<html lang="${locale}" style="${rootStyle}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${heading}</title>
<body style="${bodyStyle}">
<h1>${heading}</h1>
<p>${escapeHtml(t('outage.text'))}</p>
<p><a href="">${escapeHtml(t('error.retry'))}</a></p>
</html>
`;
}
