import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { LookupToolbar } from '../../components/development/lookup-toolbar.tsx';
import { ErrorBoundary } from '../../components/layout/error-boundary.tsx';
import { SiteFooter } from '../../components/layout/site-footer.tsx';
import { SiteHeader } from '../../components/layout/site-header.tsx';
import { ThemeScript } from '../../components/layout/theme-script.tsx';
import { currentLanguage } from '../../i18n/current.ts';
import { locales } from '../../i18n/locales.ts';
import { messages } from '../../messages/messages.ts';
import { sans, serif } from '../../styles/fonts.ts';
import '../../styles/globals.css';

export function generateStaticParams() {
  return locales.map((locale) => ({ locale }));
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfdfb' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1412' },
  ],
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  const name = t('site.name');
  return {
    title: { default: name, template: `%s · ${name}` },
    description: t('site.description'),
    applicationName: name,
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { locale, t } = await currentLanguage();
  return (
    // The theme script sets an attribute before React takes over.
    <html
      lang={locale}
      className={`${serif.variable} ${sans.variable}`}
      data-scroll-behavior="smooth"
      suppressHydrationWarning
    >
      <head>
        <ThemeScript />
      </head>
      <body>
        <a
          href="#content"
          className="button button-primary fixed start-4 top-3 z-10 -translate-y-24 focus:translate-y-0"
        >
          {t('nav.skip')}
        </a>
        <SiteHeader />
        <main id="content" tabIndex={-1} className="outline-none">
          <ErrorBoundary texts={{ ...messages[locale].error }}>{children}</ErrorBoundary>
        </main>
        <SiteFooter />
        {process.env.NODE_ENV === 'development' && <LookupToolbar />}
      </body>
    </html>
  );
}
