import type { Locale } from '../../i18n/locales.ts';
import { paths } from '../../i18n/paths.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { ReportDetail } from '../../server/catalogue.ts';

/** A report as schema.org describes a product with its offers, and where it stands in the catalogue. */
export function reportFacts(report: ReportDetail, locale: Locale, t: Translate, site: string) {
  const url = site + paths.report(locale, report.slug);
  const offer = (name: string, price: number) => ({
    '@type': 'Offer',
    name,
    price: price.toFixed(2),
    priceCurrency: 'USD',
    availability: 'https://schema.org/InStock',
    url: `${url}#licences`,
  });
  const trail = [
    { name: t('nav.home'), path: paths.home(locale) },
    { name: report.category.name, path: paths.category(locale, report.category.slug) },
    { name: report.title, path: paths.report(locale, report.slug) },
  ];
  return {
    '@graph': [
      {
        '@type': 'Product',
        '@id': `${url}#report`,
        url,
        name: report.title,
        description: report.summary,
        sku: report.code,
        category: report.category.name,
        releaseDate: report.publishedAt,
        inLanguage: locale,
        brand: { '@type': 'Organization', name: t('site.name'), url: site },
        offers: [
          offer(t('report.single'), report.prices.single),
          offer(t('report.multi'), report.prices.multi),
          offer(t('report.enterprise'), report.prices.enterprise),
        ],
      },
      {
        '@type': 'BreadcrumbList',
        itemListElement: trail.map(({ name, path }, index) => ({
          '@type': 'ListItem',
          position: index + 1,
          name,
          item: site + path,
        })),
      },
    ],
  };
}
