'use client';

import { usePathname } from 'next/navigation';
import type { MouseEvent } from 'react';
import { languageNames } from '../../i18n/languages.ts';
import { type Locale, localeCookie, locales } from '../../i18n/locales.ts';

const yearSeconds = 365 * 24 * 3600;

interface LanguageLinksProps {
  locale: Locale;
  className: string;
}

/**
 * Links to this page in every language. They are plain links, so that the document's language changes with
 * its content; a script only adds the query, which pages from the cache do not know, and remembers the choice.
 */
export function LanguageLinks({ locale, className }: LanguageLinksProps) {
  const [, , ...rest] = usePathname().split('/');
  return (
    <ul>
      {locales.map((language) => (
        <li key={language}>
          <a
            href={['', language, ...rest].join('/')}
            lang={language}
            hrefLang={language}
            aria-current={language === locale ? 'true' : undefined}
            className={className}
            onClick={(event) => follow(event, language)}
          >
            {languageNames[language]}
          </a>
        </li>
      ))}
    </ul>
  );
}

function follow(event: MouseEvent<HTMLAnchorElement>, language: Locale) {
  event.currentTarget.search = window.location.search;
  // The Cookie Store API is not in every browser that the site supports.
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `${localeCookie}=${language}; path=/; max-age=${yearSeconds}; samesite=lax`;
}
