import { Search } from 'lucide-react';
import Form from 'next/form';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';

/** The search of the home page. Without scripts it is a plain form that asks for the list of reports. */
export async function SearchBox() {
  const { locale, t } = await currentLanguage();
  return (
    <search>
      <Form action={paths.reports(locale)} className="flex max-w-xl flex-col gap-2 sm:flex-row sm:items-end">
        <div className="grow">
          <label htmlFor="home-search" className="mb-1.5 block text-sm font-semibold">
            {t('home.searchLabel')}
          </label>
          <input
            id="home-search"
            type="search"
            name="q"
            maxLength={80}
            autoComplete="off"
            placeholder={t('home.searchPlaceholder')}
            className="field h-13"
          />
        </div>
        <button type="submit" className="button button-primary h-13 px-6">
          <Search size={17} strokeWidth={2} aria-hidden="true" />
          {t('home.searchSubmit')}
        </button>
      </Form>
    </search>
  );
}
