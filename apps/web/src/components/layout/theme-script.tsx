'use client';

import { themeScript } from './theme.ts';

/** To be rendered in the head. React does not run scripts that it renders in a browser and warns of them: there it is text. */
export function ThemeScript() {
  return (
    <script
      type={typeof window === 'undefined' ? 'text/javascript' : 'text/plain'}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: themeScript }}
    />
  );
}
