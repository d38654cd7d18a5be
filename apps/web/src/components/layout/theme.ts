/** Where a browser remembers the choice; nothing is stored for `system`. */
export const themeStorageKey = 'theme';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
