import { Search, SlidersHorizontal, X } from 'lucide-react';
import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { getCatalogueFigures, listCategories, listRegions } from '../../server/catalogue.ts';
import {
  defaultReportQuery,
  priceStepUsd,
  type ReportQuery,
  type ReportSort,
  reportQueryToSearchParams,
  reportSorts,
} from '../../server/report-query.ts';
import { FilterForm } from './filter-form.tsx';
import { SelectField } from './select-field.tsx';

const sortLabels = {
  newest: 'reports.sortNewest',
  oldest: 'reports.sortOldest',
  'price-asc': 'reports.sortPriceAsc',
  'price-desc': 'reports.sortPriceDesc',
  growth: 'reports.sortGrowth',
} as const satisfies Record<ReportSort, string>;

/** The prices that the filter offers, in US dollars; one from the address is added where it is another. */
const priceRangeUsd = { from: 2_000, to: 6_000 };

/** Search and filters of the list of reports. On narrow screens the filters are a sheet of their own. */
export async function ReportFilters({ query }: { query: ReportQuery }) {
  const { locale, t, format } = await currentLanguage();
  const [categories, regions, figures] = await Promise.all([
    listCategories(locale),
    listRegions(locale),
    getCatalogueFigures(),
  ]);
  const priceOptions = (chosen: number | null) => [
    { value: '', label: t('reports.anyPrice') },
    ...pricesWith(chosen).map((price) => ({ value: String(price), label: format.usd(price) })),
  ];
  return (
    <FilterForm
      action={paths.reports(locale)}
      values={{
        sort: defaultReportQuery.sort,
        ...Object.fromEntries(reportQueryToSearchParams({ ...query, page: 1 })),
      }}
      defaults={{ sort: defaultReportQuery.sort }}
      className="group/filters space-y-5 lg:space-y-7"
    >
      <search>
        <label htmlFor="words" className="mb-1 block text-sm font-semibold">
          {t('reports.words')}
        </label>
        <div className="flex gap-2">
          <input
            id="words"
            type="search"
            name="q"
            maxLength={80}
            autoComplete="off"
            defaultValue={query.q}
            placeholder={t('reports.wordsPlaceholder')}
            className="field min-w-0"
          />
          <button type="submit" className="button button-primary px-3.5" aria-label={t('home.searchSubmit')}>
            <Search size={18} strokeWidth={2} aria-hidden="true" />
          </button>
        </div>
      </search>
      <button type="button" popoverTarget="filters" className="button button-quiet w-full lg:hidden">
        <SlidersHorizontal size={17} strokeWidth={1.75} aria-hidden="true" />
        {t('reports.filters')}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a sheet in every browser */}
      <div
        id="filters"
        popover="auto"
        role="group"
        aria-labelledby="filters-heading"
        className="sheet-below-lg"
      >
        <div className="mb-5 flex items-center justify-between lg:hidden">
          <h2 id="filters-heading" className="text-2xl">
            {t('reports.filters')}
          </h2>
          <button
            type="button"
            popoverTarget="filters"
            popoverTargetAction="hide"
            className="inline-flex size-11 items-center justify-center rounded-sm hover:bg-panel"
            aria-label={t('nav.close')}
          >
            <X size={22} strokeWidth={1.75} aria-hidden="true" />
          </button>
        </div>
        <div className="space-y-5">
          <SelectField
            id="filter-category"
            name="category"
            label={t('reports.category')}
            value={query.category ?? ''}
            options={[
              { value: '', label: t('reports.anyCategory') },
              ...categories.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
          />
          <SelectField
            id="filter-region"
            name="region"
            label={t('reports.region')}
            value={query.region ?? ''}
            options={[
              { value: '', label: t('reports.anyRegion') },
              ...regions.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
          />
          <fieldset>
            <legend className="mb-1 text-sm font-semibold">{t('reports.price')}</legend>
            <div className="grid grid-cols-2 gap-2 [&_label]:font-normal">
              <SelectField
                id="filter-min"
                name="min"
                label={t('reports.minPrice')}
                value={query.minPrice === null ? '' : String(query.minPrice)}
                options={priceOptions(query.minPrice)}
              />
              <SelectField
                id="filter-max"
                name="max"
                label={t('reports.maxPrice')}
                value={query.maxPrice === null ? '' : String(query.maxPrice)}
                options={priceOptions(query.maxPrice)}
              />
            </div>
          </fieldset>
          <SelectField
            id="filter-year"
            name="year"
            label={t('reports.year')}
            value={query.year === null ? '' : String(query.year)}
            options={[
              { value: '', label: t('reports.anyYear') },
              ...yearsWith(figures.years, query.year).map((year) => ({
                value: String(year),
                label: String(year),
              })),
            ]}
          />
          <SelectField
            id="filter-sort"
            name="sort"
            label={t('reports.sort')}
            value={query.sort}
            options={reportSorts.map((sort) => ({ value: sort, label: t(sortLabels[sort]) }))}
          />
          <button type="submit" className="button button-primary w-full">
            {t('reports.apply')}
          </button>
          <Link href={paths.reports(locale)} className="text-link inline-block py-1 text-sm">
            {t('reports.clear')}
          </Link>
        </div>
      </div>
    </FilterForm>
  );
}

function pricesWith(chosen: number | null): number[] {
  const { from, to } = priceRangeUsd;
  const offered = Array.from(
    { length: (to - from) / priceStepUsd + 1 },
    (_, index) => from + index * priceStepUsd,
  );
  return withValue(offered, chosen).sort((a, b) => a - b);
}

function yearsWith(years: readonly number[], chosen: number | null): number[] {
  return withValue(years, chosen).sort((a, b) => b - a);
}

function withValue(values: readonly number[], value: number | null): number[] {
  return value === null || values.includes(value) ? [...values] : [...values, value];
}
