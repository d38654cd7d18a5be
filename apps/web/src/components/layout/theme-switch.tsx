'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { type Theme, themeStorageKey, themes } from './theme.ts';

const icons = { system: Monitor, light: Sun, dark: Moon };
const changed = 'theme-changed';

/** The choice between the system's scheme, light and dark. Remembered by the browser, unknown to the server. */
export function ThemeSwitch({ labels }: { labels: Readonly<Record<Theme, string>> }) {
  const current = useSyncExternalStore(subscribe, readTheme, () => null);
  return (
    <ul>
      {themes.map((theme) => {
        const Icon = icons[theme];
        return (
          <li key={theme}>
            <button
              type="button"
              className="menu-item"
              aria-pressed={current === theme}
              onClick={() => chooseTheme(theme)}
            >
              <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
              {labels[theme]}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function readTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function chooseTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(themeStorageKey);
    else localStorage.setItem(themeStorageKey, theme);
  } catch {
    // Storage is switched off: the choice lasts until the next page.
  }
  window.dispatchEvent(new Event(changed));
}

/** Follows the choice here and in other tabs. */
function subscribe(notify: () => void): () => void {
  const followOtherTab = (event: StorageEvent) => {
    if (event.key !== themeStorageKey) return;
    if (event.newValue === null) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = event.newValue;
    notify();
  };
  window.addEventListener(changed, notify);
  window.addEventListener('storage', followOtherTab);
  return () => {
    window.removeEventListener(changed, notify);
    window.removeEventListener('storage', followOtherTab);
  };
}
