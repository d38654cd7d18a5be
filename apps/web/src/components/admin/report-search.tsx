import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { type AdminReportQuery, adminReportQueryToSearchParams } from '../../server/report-query.ts';
import { FilterForm } from '../catalogue/filter-form.tsx';
import { SelectField } from '../catalogue/select-field.tsx';
import { SearchField } from './search-field.tsx';

/** Search and status filter of the table of reports. */
export async function ReportSearch({ query }: { query: AdminReportQuery }) {
  const { locale, t } = await currentLanguage();
  return (
    <FilterForm
      action={paths.admin(locale)}
      values={{
        status: 'all',
        ...Object.fromEntries(adminReportQueryToSearchParams({ ...query, page: 1 })),
      }}
      defaults={{ status: 'all' }}
      className="mb-8 grid max-w-3xl items-end gap-3 sm:grid-cols-[1fr_12rem_auto]"
    >
      <SearchField
        id="admin-words"
        label={t('admin.search')}
        value={query.q}
        placeholder={t('admin.searchPlaceholder')}
      />
      <SelectField
        id="admin-status"
        name="status"
        label={t('admin.status')}
        value={query.status}
        options={[
          { value: 'all', label: t('admin.anyStatus') },
          { value: 'published', label: t('admin.published') },
          { value: 'draft', label: t('admin.draft') },
        ]}
      />
      <button type="submit" className="button button-quiet">
        {t('admin.apply')}
      </button>
    </FilterForm>
  );
}
