/** Where a browser remembers the choice; nothing is stored for `system`. */
export const themeStorageKey = 'theme';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/**
 * Runs before the first paint, so that a page from the cache, which is the same for everybody, shows in the
 * scheme that this visitor chose. Without a choice the system decides, in CSS alone.
 */
export const themeScript = `try{var t=localStorage.getItem(${JSON.stringify(themeStorageKey)});if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;
