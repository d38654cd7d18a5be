import { currentLanguage } from '../../i18n/current.ts';
import { locales } from '../../i18n/locales.ts';
import { getCatalogueFigures, listCategories, listRegions } from '../../server/catalogue.ts';

/** How large the catalogue is today. */
export async function CatalogueNumbers() {
  const { locale, t, format } = await currentLanguage();
  const [figures, categories, regions] = await Promise.all([
    getCatalogueFigures(),
    listCategories(locale),
    listRegions(locale),
  ]);
  const numbers = [
    { count: figures.reports, label: t('home.countReports', { count: figures.reports }) },
    { count: categories.length, label: t('home.countCategories', { count: categories.length }) },
    { count: regions.length, label: t('home.countRegions', { count: regions.length }) },
    { count: locales.length, label: t('home.countLanguages', { count: locales.length }) },
  ];
  return (
    <dl
      aria-label={t('home.inNumbers')}
      className="mt-12 grid max-w-xl grid-cols-2 gap-y-6 border-t border-rule pt-6 sm:grid-cols-4"
    >
      {numbers.map(({ count, label }) => (
        <div key={label} className="flex flex-col-reverse justify-end">
          <dt className="kicker">{label}</dt>
          <dd className="figures font-serif text-2xl">{format.number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
