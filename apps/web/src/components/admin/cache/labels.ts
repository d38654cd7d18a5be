import type { Messages } from '../../../messages/shape.ts';

/** The texts of this page, in the language of its reader. */
export type Labels = Messages['cacheDesk'];

/** Puts figures into a text: browsers get no more of the translation machinery than this. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
