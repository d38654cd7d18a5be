/** A value in a statement: the argument with this index, or written out. */
export type Operand = { readonly argument: number } | { readonly literal: string | bigint };

/** Conditions that all have to hold, as far as they say which values a column may have. By column, in lower case. */
export type RowFilter = ReadonlyMap<string, readonly Operand[]>;

/** What a statement writes to one table. Names are in lower case and without schema. */
export interface Effect {
  readonly table: string;
  /** `replace` deletes and inserts; `merge` inserts or, where there is a row, updates it. */
  readonly verb: 'insert' | 'update' | 'delete' | 'replace' | 'merge';
  /** The columns that an `update` or a `merge` assigns. Null: not known. */
  readonly columns: readonly string[] | null;
  /** Null: any row. */
  readonly rows: RowFilter | null;
}

/**
 * Where a write is not done as a whole or not at all, until its transaction ends. `commits`: MySQL commits with it, and
 * counts no rows. `in-parts`: if it fails, a part of it may stay, or the whole transaction be gone.
 */
export type Manner = 'commits' | 'in-parts';

export type Statement =
  | { readonly kind: 'read'; readonly tables: readonly string[] | null }
  | { readonly kind: 'write'; readonly effects: readonly Effect[]; readonly manner?: Manner }
  /** Neither reads nor writes tables, such as SET or SAVEPOINT. */
  | { readonly kind: 'none' }
  /** Ends the transaction that it is in. */
  | { readonly kind: 'transaction-end' }
  /** Changes what tables there are. MySQL commits the transaction that it is in. */
  | { readonly kind: 'schema' }
  | { readonly kind: 'unknown' };
