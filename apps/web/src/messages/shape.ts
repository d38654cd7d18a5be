import type { en } from './en.ts';

type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> };

/** What every language provides: the keys of the English texts. */
export type Messages = Texts<typeof en>;
