import { expect, it } from 'vitest';
import { outagePage } from '../src/components/outage-page.ts';
import { locales } from '../src/i18n/locales.ts';
import { contentSecurityPolicy } from '../src/serve/content-security-policy.ts';

it.each(locales)(
  'the page of an outage has only what the policy for scripts and styles lets in: %s',
  (locale) => {
    const policy = contentSecurityPolicy('nonce');
    expect(policy).toContain("style-src-elem 'self'; style-src-attr 'unsafe-inline'");
    const html = outagePage(locale);
    expect(html).not.toMatch(/<style|<script|<link|\son\w+=/);
    expect(html).toMatch(/<body style="font:[^"]+">/);
    expect(html).toMatch(/<html lang="[^"]+" style="color-scheme:light dark">/);
  },
);
