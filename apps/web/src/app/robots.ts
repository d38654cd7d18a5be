import type { MetadataRoute } from 'next';
import { locales } from '../i18n/locales.ts';
import { siteUrl } from '../server/site.ts';

export default function robots(): MetadataRoute.Robots {
  const personal = locales.flatMap((locale) => [`/${locale}/admin`, `/${locale}/account`]);
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', ...personal] },
    sitemap: `${siteUrl()}/sitemap.xml`,
  };
}
