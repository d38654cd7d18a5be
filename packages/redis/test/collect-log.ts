import type { Log } from '../src/index.ts';

/** A log whose lines a test can read. */
export function collectLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (message: string) => {
    lines.push(`${level} ${message}`);
  };
  return { log: { info: write('info'), warn: write('warn') }, lines };
}
