import { themeStorageKey } from './theme.ts';

/*
 * Runs before the first paint, so that a page from the cache, which is the same for everybody, shows in the
 * scheme that this visitor chose. Without a choice the system decides, in CSS alone.
 */
const script = `try{var t=localStorage.getItem(${JSON.stringify(themeStorageKey)});if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

export function ThemeScript() {
  return <script dangerouslySetInnerHTML={{ __html: script }} />;
}
