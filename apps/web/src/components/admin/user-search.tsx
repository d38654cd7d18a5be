import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { FilterForm } from '../catalogue/filter-form.tsx';
import { SearchField } from './search-field.tsx';

/** Search in the list of users. */
export async function UserSearch({ q }: { q: string }) {
  const { locale, t } = await currentLanguage();
  return (
    <FilterForm
      action={paths.adminUsers(locale)}
      values={q === '' ? {} : { q }}
      defaults={{}}
      className="mb-8 grid max-w-2xl items-end gap-3 sm:grid-cols-[1fr_auto]"
    >
      <SearchField id="user-words" label={t('users.search')} value={q} />
      <button type="submit" className="button button-quiet">
        {t('admin.apply')}
      </button>
    </FilterForm>
  );
}
