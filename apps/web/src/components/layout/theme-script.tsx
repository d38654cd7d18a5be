'use client';

import { themeStorageKey } from './theme.ts';

/*
 * Runs before the first paint, so that a page from the cache, which is the same for everybody, shows in the
 * scheme that this visitor chose. Without a choice the system decides, in CSS alone.
 */
const script = `try{var t=localStorage.getItem(${JSON.stringify(themeStorageKey)});if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

/** To be rendered in the head. React does not run scripts that it renders in a browser and warns of them: there it is text. */
export function ThemeScript() {
  return (
    <script
      type={typeof window === 'undefined' ? 'text/javascript' : 'text/plain'}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}
