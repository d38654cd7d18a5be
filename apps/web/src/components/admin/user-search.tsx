import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { FilterForm } from '../catalogue/filter-form.tsx';

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
      <div>
        <label htmlFor="user-words" className="mb-1 block text-sm font-semibold">
          {t('users.search')}
        </label>
        <input
          id="user-words"
          type="search"
          name="q"
          maxLength={80}
          autoComplete="off"
          defaultValue={q}
          className="field"
        />
      </div>
      <button type="submit" className="button button-quiet">
        {t('admin.apply')}
      </button>
    </FilterForm>
  );
}
