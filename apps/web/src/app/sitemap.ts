import type { MetadataRoute } from 'next';
import { defaultLocale, locales } from '../i18n/locales.ts';
import { listSitemapEntries } from '../server/catalogue.ts';
import { siteUrl } from '../server/site.ts';

/** Every page for visitors in every language, each with its alternates. As fresh as the lists it is made of. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const { categories, reports } = await listSitemapEntries();
  const site = siteUrl();
  const inEveryLanguage = (path: string, lastModified?: string): MetadataRoute.Sitemap => {
    const languages = Object.fromEntries(locales.map((locale) => [locale, `${site}/${locale}${path}`]));
    const alternates = { languages: { ...languages, 'x-default': `${site}/${defaultLocale}${path}` } };
    return locales.map((locale) => ({
      url: `${site}/${locale}${path}`,
      ...(lastModified !== undefined && { lastModified }),
      alternates,
    }));
  };
  return [
    ...['', '/categories', '/reports'].flatMap((path) => inEveryLanguage(path)),
    ...categories.flatMap(({ slug, updatedAt }) => inEveryLanguage(`/categories/${slug}`, updatedAt)),
    ...reports.flatMap(({ slug, updatedAt }) => inEveryLanguage(`/reports/${slug}`, updatedAt)),
  ];
}
